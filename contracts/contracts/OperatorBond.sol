// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {ICredits, Offering} from "./interfaces/ICredits.sol";
import {IOperatorBond, SignedVoucher} from "./interfaces/IOperatorBond.sol";
import {Accounts} from "./libraries/Accounts.sol";
import {Offerings} from "./libraries/Offerings.sol";
import {RateCard, RateCards} from "./libraries/RateCards.sol";
import {Receipt, SignedReceipt} from "./libraries/Receipts.sol";
import {Transfers} from "./libraries/Transfers.sol";

/**
 * @title OperatorBond
 * @notice Stakes of operators, slashed by proofs that need no judge. `IOperatorBond` says what each function promises.
 * @dev Every function that changes state is guarded against reentrancy, does its own bookkeeping first and moves money
 * last.
 */
contract OperatorBond is IOperatorBond, EIP712, ReentrancyGuardTransient {
    using SafeERC20 for IERC20;
    using Offerings for Offering;

    /* ----------------------------------------------- CONSTANTS ----------------------------------------------- */

    bytes32 private constant METERING_KEY_CONSENT_TYPEHASH =
        keccak256("MeteringKeyConsent(address owner,address paymentToken)");
    bytes32 private constant RECEIPT_KEY_CONSENT_TYPEHASH = keccak256("ReceiptKeyConsent(address meteringKey)");

    /// @dev The longest exit delay of `Credits`, in which vouchers settle, and a week to see and prove.
    uint64 private constant UNBONDING_DELAY = 30 days + 1 weeks;

    /// @dev The reporter's part of a stake is one in this many.
    uint256 private constant REWARD_DIVISOR = 10;

    /// @dev Nobody has its key, and payment tokens move to it as to any account.
    address private constant BURN = 0x000000000000000000000000000000000000dEaD;

    /* ------------------------------------------------ STORAGE ------------------------------------------------ */

    struct Bond {
        address owner;
        uint64 withdrawableAt;
        bool slashed;
        IERC20 paymentToken;
        uint256 stake;
        address[] receiptKeys;
    }

    struct ReceiptKey {
        address meteringKey;
        uint64 liableUntil;
    }

    address public immutable override credits;

    mapping(address meteringKey => Bond held) private _bonds;
    /// @dev Written once for each key, so that a fault that one bond paid for can never be held against another.
    mapping(address receiptKey => ReceiptKey key) private _receiptKeys;

    /// @param credits_ The `Credits` whose receipts and vouchers prove faults.
    constructor(address credits_) EIP712("Joulemint OperatorBond", "1") {
        _checkContract(credits_);
        credits = credits_;
    }

    /* ------------------------------------------------ BONDING ------------------------------------------------ */

    /// @inheritdoc IOperatorBond
    function bond(address meteringKey, IERC20 paymentToken, uint256 amount, bytes calldata consent)
        external
        nonReentrant
    {
        _checkContract(address(paymentToken));
        Bond storage b = _bonds[meteringKey];
        if (b.owner != address(0)) revert OperatorBond_BondExists(meteringKey);
        _checkConsent(meteringKey, abi.encode(METERING_KEY_CONSENT_TYPEHASH, msg.sender, paymentToken), consent);

        (b.owner, b.paymentToken) = (msg.sender, paymentToken);
        emit Bonded(meteringKey, msg.sender, paymentToken);
        _addStake(b, meteringKey, amount);
    }

    /// @inheritdoc IOperatorBond
    function topUp(address meteringKey, uint256 amount) external nonReentrant {
        _addStake(_live(meteringKey), meteringKey, amount);
    }

    /// @inheritdoc IOperatorBond
    function addReceiptKey(address meteringKey, address receiptKey, bytes calldata consent) external nonReentrant {
        Bond storage b = _owned(meteringKey);
        address taken = _receiptKeys[receiptKey].meteringKey;
        if (taken != address(0)) revert OperatorBond_ReceiptKeyTaken(receiptKey, taken);
        _checkConsent(receiptKey, abi.encode(RECEIPT_KEY_CONSENT_TYPEHASH, meteringKey), consent);

        _receiptKeys[receiptKey].meteringKey = meteringKey;
        b.receiptKeys.push(receiptKey);
        emit ReceiptKeyAdded(meteringKey, receiptKey);
    }

    /// @inheritdoc IOperatorBond
    function removeReceiptKey(address receiptKey) external nonReentrant {
        ReceiptKey storage key = _receiptKeys[receiptKey];
        (address meteringKey, uint64 liableUntil) = (key.meteringKey, key.liableUntil);
        if (meteringKey == address(0) || liableUntil != 0) {
            revert OperatorBond_NotLiable(receiptKey, liableUntil, block.timestamp);
        }
        _owned(meteringKey);

        liableUntil = uint64(block.timestamp) + UNBONDING_DELAY;
        key.liableUntil = liableUntil;
        emit ReceiptKeyRemoved(meteringKey, receiptKey, liableUntil);
    }

    /// @inheritdoc IOperatorBond
    function unbond(address meteringKey) external nonReentrant {
        Bond storage b = _owned(meteringKey);
        if (b.stake == 0) revert OperatorBond_NothingStaked(meteringKey);
        if (b.withdrawableAt != 0) revert OperatorBond_Unbonding(b.withdrawableAt);

        uint64 withdrawableAt = uint64(block.timestamp) + UNBONDING_DELAY;
        b.withdrawableAt = withdrawableAt;
        emit UnbondingStarted(meteringKey, withdrawableAt);
    }

    /// @inheritdoc IOperatorBond
    function withdraw(address meteringKey, address to) external nonReentrant returns (uint256 amount) {
        _checkRecipient(to);
        Bond storage b = _owned(meteringKey);
        uint64 withdrawableAt = b.withdrawableAt;
        if (withdrawableAt == 0) revert OperatorBond_NotUnbonding(meteringKey);
        if (block.timestamp < withdrawableAt) revert OperatorBond_NotYetWithdrawable(withdrawableAt, block.timestamp);

        amount = b.stake;
        (b.stake, b.withdrawableAt) = (0, 0);
        emit Withdrawn(meteringKey, to, amount);
        b.paymentToken.safeTransfer(to, amount);
    }

    /* ------------------------------------------------ PROOFS ------------------------------------------------- */

    /// @inheritdoc IOperatorBond
    function proveEquivocation(SignedReceipt calldata one, SignedReceipt calldata other, address to)
        external
        nonReentrant
    {
        address meteringKey = _bondOfBoth(one, other);
        bool samePlace =
            one.receipt.session == other.receipt.session && one.receipt.sequence == other.receipt.sequence;
        bool fault = samePlace && one.receipt.hash() != other.receipt.hash();
        _slash(meteringKey, Fault.Equivocation, fault, to);
    }

    /// @inheritdoc IOperatorBond
    function proveBrokenChain(SignedReceipt calldata receipt, SignedReceipt calldata next, address to)
        external
        nonReentrant
    {
        address meteringKey = _bondOfBoth(receipt, next);
        (Receipt calldata a, Receipt calldata b) = (receipt.receipt, next.receipt);
        bool neighbours =
            b.previous == a.hash() || (b.session == a.session && b.sequence == uint256(a.sequence) + 1);
        _slash(meteringKey, Fault.BrokenChain, neighbours && !a.precedes(b), to);
    }

    /// @inheritdoc IOperatorBond
    function proveBrokenStart(SignedReceipt calldata first, address to) external nonReentrant {
        address meteringKey = _bondOf(first);
        bool isFirst = first.receipt.sequence <= 1 || first.receipt.previous == 0;
        _slash(meteringKey, Fault.BrokenChain, isFirst && !first.receipt.begins(), to);
    }

    /// @inheritdoc IOperatorBond
    function proveOvercharge(SignedReceipt calldata signed, RateCard calldata card, address to)
        external
        nonReentrant
    {
        _checkHash(signed.receipt.rateCardHash, RateCards.hash(card));
        address meteringKey = _bondOf(signed);
        _slash(meteringKey, Fault.Overcharge, signed.receipt.charge > signed.receipt.rated(card), to);
    }

    /// @inheritdoc IOperatorBond
    function proveWrongRateCard(SignedReceipt calldata signed, Offering calldata o, address to)
        external
        nonReentrant
    {
        _checkHash(signed.receipt.offering, o.id());
        address meteringKey = _bondOf(signed);
        _slash(meteringKey, Fault.WrongRateCard, signed.receipt.rateCardHash != o.rateCardHash, to);
    }

    /// @inheritdoc IOperatorBond
    function proveWrongOffering(
        SignedReceipt calldata signed,
        bytes32 offering,
        address owner,
        address signer,
        bytes32 salt,
        address to
    ) external nonReentrant {
        _checkHash(signed.receipt.session, ICredits(credits).sessionId(offering, owner, signer, salt));
        _slash(_bondOf(signed), Fault.WrongOffering, signed.receipt.offering != offering, to);
    }

    /// @inheritdoc IOperatorBond
    function proveFalseHead(SignedVoucher calldata voucher, Receipt calldata head, address to) external nonReentrant {
        _checkHash(voucher.receiptsHead, head.hash());
        bool fault = voucher.session != head.session || voucher.cumulative != head.cumulative;
        _slash(_signerOf(voucher), Fault.FalseVoucher, fault, to);
    }

    /// @inheritdoc IOperatorBond
    function proveVoucherBetween(
        SignedVoucher calldata voucher,
        SignedReceipt calldata receipt,
        SignedReceipt calldata next,
        address to
    ) external nonReentrant {
        address meteringKey = _bondOfBoth(receipt, next);
        _checkSame(meteringKey, _signerOf(voucher));
        Receipt calldata a = receipt.receipt;
        bool ordered = a.precedes(next.receipt) && voucher.session == a.session;
        bool between = voucher.cumulative > a.cumulative
            || (voucher.cumulative == a.cumulative && a.charge != 0 && voucher.receiptsHead != a.hash());
        bool fault = ordered && between && voucher.cumulative < next.receipt.cumulative;
        _slash(meteringKey, Fault.FalseVoucher, fault, to);
    }

    /* ------------------------------------------------- VIEWS ------------------------------------------------- */

    /// @inheritdoc IOperatorBond
    function bondOf(address meteringKey)
        external
        view
        returns (address owner, IERC20 paymentToken, uint256 stake, uint64 withdrawableAt, bool slashed)
    {
        Bond storage b = _bonds[meteringKey];
        return (b.owner, b.paymentToken, b.stake, b.withdrawableAt, b.slashed);
    }

    /// @inheritdoc IOperatorBond
    function receiptKeys(address meteringKey) external view returns (address[] memory) {
        return _bonds[meteringKey].receiptKeys;
    }

    /// @inheritdoc IOperatorBond
    function bondOfReceiptKey(address receiptKey) external view returns (address meteringKey, uint64 liableUntil) {
        ReceiptKey storage key = _receiptKeys[receiptKey];
        return (key.meteringKey, key.liableUntil);
    }

    /// @inheritdoc IOperatorBond
    function unbondingDelay() external pure returns (uint256) {
        return UNBONDING_DELAY;
    }

    /* -------------------------------------------- INTERNAL: BONDING ------------------------------------------ */

    /// @dev A bond that exists and was not slashed.
    function _live(address meteringKey) private view returns (Bond storage b) {
        b = _bonds[meteringKey];
        if (b.owner == address(0)) revert OperatorBond_NotBonded(meteringKey);
        if (b.slashed) revert OperatorBond_BondSlashed(meteringKey);
    }

    function _owned(address meteringKey) private view returns (Bond storage b) {
        b = _live(meteringKey);
        if (msg.sender != b.owner) revert OperatorBond_NotOwner(b.owner, msg.sender);
    }

    function _addStake(Bond storage b, address meteringKey, uint256 amount) private {
        if (amount == 0) revert OperatorBond_ZeroAmount();
        uint256 stake = b.stake + amount;
        b.stake = stake;
        emit StakeAdded(meteringKey, msg.sender, amount, stake);
        Transfers.pull(b.paymentToken, address(this), amount);
    }

    function _checkContract(address account) private view {
        if (account.code.length == 0) revert OperatorBond_NotContract(account);
    }

    function _checkConsent(address key, bytes memory encoded, bytes calldata consent) private view {
        _checkSigner(key, ECDSA.recoverCalldata(_hashTypedDataV4(keccak256(encoded)), consent));
    }

    function _checkSigner(address expected, address actual) private pure {
        if (expected != actual) revert OperatorBond_WrongSigner(expected, actual);
    }

    /// @dev Money sent to zero or to this contract would be lost.
    function _checkRecipient(address to) private view {
        if (Accounts.isDeadEnd(to)) revert OperatorBond_InvalidRecipient(to);
    }

    /* -------------------------------------------- INTERNAL: PROOFS ------------------------------------------- */

    /// @dev The metering key of the bond that answers for a receipt, which its key has signed.
    function _bondOf(SignedReceipt calldata signed) private view returns (address meteringKey) {
        address receiptKey = signed.receipt.receiptKey;
        _checkSigner(receiptKey, signed.signer(credits));
        ReceiptKey storage key = _receiptKeys[receiptKey];
        uint64 liableUntil = key.liableUntil;
        meteringKey = key.meteringKey;
        if (meteringKey == address(0) || (liableUntil != 0 && block.timestamp >= liableUntil)) {
            revert OperatorBond_NotLiable(receiptKey, liableUntil, block.timestamp);
        }
    }

    function _bondOfBoth(SignedReceipt calldata one, SignedReceipt calldata other)
        private
        view
        returns (address meteringKey)
    {
        meteringKey = _bondOf(one);
        _checkSame(meteringKey, _bondOf(other));
    }

    function _checkSame(address meteringKey, address other) private pure {
        if (meteringKey != other) revert OperatorBond_DifferentBonds(meteringKey, other);
    }

    function _checkHash(bytes32 expected, bytes32 actual) private pure {
        if (expected != actual) revert OperatorBond_HashMismatch(expected, actual);
    }

    /// @dev Whoever signed a voucher is a metering key if it has a bond.
    function _signerOf(SignedVoucher calldata voucher) private view returns (address) {
        bytes32 digest =
            ICredits(credits).voucherDigest(voucher.session, voucher.cumulative, voucher.receiptsHead);
        return ECDSA.recover(digest, voucher.r, voucher.vs);
    }

    /// @dev Ends the bond if `proven`.
    function _slash(address meteringKey, Fault fault, bool proven, address to) private {
        if (!proven) revert OperatorBond_NoFault(fault);
        _checkRecipient(to);
        Bond storage b = _bonds[meteringKey];
        uint256 stake = b.stake;
        if (stake == 0) revert OperatorBond_NothingStaked(meteringKey);

        uint256 reward = stake / REWARD_DIVISOR;
        (b.stake, b.slashed) = (0, true);
        emit Slashed(meteringKey, msg.sender, fault, to, reward, stake - reward);
        // Some tokens refuse to move nothing, and no stake is too small to be burned.
        if (reward != 0) b.paymentToken.safeTransfer(to, reward);
        b.paymentToken.safeTransfer(BURN, stake - reward);
    }
}
