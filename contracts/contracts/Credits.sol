// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ERC1155} from "@openzeppelin/contracts/token/ERC1155/ERC1155.sol";
import {ERC1155Utils} from "@openzeppelin/contracts/token/ERC1155/utils/ERC1155Utils.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {ICredits, Offering, Order, Payment} from "./interfaces/ICredits.sol";
import {IShares} from "./interfaces/IShares.sol";
import {CreditMath} from "./libraries/CreditMath.sol";
import {Offerings} from "./libraries/Offerings.sol";
import {Payments} from "./libraries/Payments.sol";
import {SessionSlot, SessionSlots} from "./libraries/SessionSlots.sol";
import {Settlement} from "./libraries/Settlement.sol";
import {Signatures} from "./libraries/Signatures.sol";

/**
 * @title Credits
 * @notice Prepaid inference credits of every offering on this chain. `ICredits` says what each function promises.
 * @dev Every function that changes state is guarded against reentrancy, does its own bookkeeping first, moves money next
 * and calls a receiver back last.
 */
contract Credits is ICredits, ERC1155, EIP712, ReentrancyGuardTransient {
    using SafeERC20 for IERC20;
    using Offerings for Offering;

    /* ----------------------------------------------- CONSTANTS ----------------------------------------------- */

    bytes32 private constant COOPERATIVE_CLOSE_TYPEHASH =
        keccak256("CooperativeClose(bytes32 session,uint48 used)");
    bytes32 private constant OPEN_TYPEHASH =
        keccak256("Open(bytes32 offering,address signer,bytes32 salt,uint48 credits,uint256 deadline)");

    uint256 private constant MIN_EXIT_DELAY = 1 hours;
    uint256 private constant MAX_EXIT_DELAY = 30 days;
    uint256 private constant LAST_TIER = 2;

    uint8 private constant OPERATOR = 0;
    uint8 private constant TREASURY = 1;

    /* ------------------------------------------------ STORAGE ------------------------------------------------ */

    /// @dev The bounds of `outstanding + consumed` and of its value are checked at each purchase, so that nothing
    /// downstream can overflow and leave credits that cannot be consumed.
    struct OfferingState {
        uint80 outstanding;
        uint80 consumed;
        uint88 released;
        bool registered;
    }

    struct Claimed {
        uint128 operator;
        uint128 treasury;
    }

    mapping(bytes32 offering => OfferingState) private _states;
    mapping(bytes32 offering => Claimed) private _claimed;
    /// @dev Accounts that took over a role. Zero: the account that the offering names.
    mapping(bytes32 offering => mapping(uint8 role => address)) private _successors;
    /// @dev The offering is part of the key, so that a voucher row cannot spend a session under another offering.
    mapping(bytes32 offering => mapping(bytes32 session => SessionSlot)) private _sessions;
    /// @dev Written only by a unilateral exit.
    mapping(bytes32 session => uint64) private _closableAt;

    constructor() ERC1155("") EIP712("Joulemint Credits", "1") {}

    /* --------------------------------------------- REGISTRATION ---------------------------------------------- */

    /// @inheritdoc ICredits
    function register(Offering calldata o, bytes calldata operatorSignature)
        external
        nonReentrant
        returns (bytes32 offering)
    {
        offering = o.id();
        _checkTerms(o);
        address owner = Ownable(o.model).owner();
        if (msg.sender != owner) revert Credits_NotModelOwner(owner, msg.sender);
        address token = address(IShares(o.model).paymentToken());
        if (o.paymentToken != token) revert Credits_PaymentTokenMismatch(token, o.paymentToken);
        if (_states[offering].registered) revert Credits_AlreadyRegistered(offering);
        _checkSignature(o.operator, offering, operatorSignature);

        _states[offering].registered = true;
        emit OfferingRegistered(offering, o.model, o);
    }

    /* ------------------------------------------------ BUYING ------------------------------------------------- */

    /// @inheritdoc ICredits
    function buy(Offering calldata o, uint48 credits, address to) external nonReentrant returns (uint256 cost) {
        bytes32 offering = _registered(o);
        if (to == address(0)) revert ERC1155InvalidReceiver(to);
        cost = _issue(o, offering, credits);
        _updateWallets(address(0), to, offering, credits);
        _collect(o, offering, to, credits, cost);
        // The callback comes when all is done. This contract is no receiver, so it cannot be `to`.
        ERC1155Utils.checkOnERC1155Received(msg.sender, address(0), to, uint256(offering), credits, "");
    }

    /// @inheritdoc ICredits
    function buyAndOpen(Offering calldata o, address signer, bytes32 salt, uint48 credits)
        external
        nonReentrant
        returns (bytes32)
    {
        bytes32 offering = _registered(o);
        uint256 cost = _issue(o, offering, credits);
        bytes32 id = _open(offering, msg.sender, signer, salt, credits);
        _collect(o, offering, msg.sender, credits, cost);
        return id;
    }

    /// @inheritdoc ICredits
    function purchase(Offering calldata o, Order calldata order, Payment calldata payment)
        external
        nonReentrant
        returns (uint256 cost)
    {
        bytes32 offering = _registered(o);
        (address owner, uint48 credits) = (order.owner, order.credits);
        // Before anything is done: it calls what the payer wants to be called.
        bytes memory signature = Signatures.unwrapped(payment.payer, payment.signature);
        cost = _issue(o, offering, credits);
        if (order.signer == address(0)) {
            if (owner == address(0)) revert ERC1155InvalidReceiver(owner);
            _updateWallets(address(0), owner, offering, credits);
        } else if (_sessions[offering][_sessionId(offering, owner, order.signer, order.salt)].cap() != 0) {
            _raiseCap(offering, owner, order.signer, order.salt, credits, payment.payer);
        } else {
            if (owner != payment.payer) revert Credits_NotPayer(payment.payer, owner);
            _open(offering, owner, order.signer, order.salt, credits);
        }

        uint256 before = IERC20(o.paymentToken).balanceOf(address(this));
        Payments.collect(o.paymentToken, cost, offering, order, payment, signature);
        _bought(o, offering, payment.payer, owner, credits, cost, before);
        if (order.signer == address(0)) {
            ERC1155Utils.checkOnERC1155Received(msg.sender, address(0), owner, uint256(offering), credits, "");
        }
    }

    /// @inheritdoc ICredits
    function open(Offering calldata o, address signer, bytes32 salt, uint48 credits)
        external
        nonReentrant
        returns (bytes32)
    {
        return _openFromWallet(o.id(), msg.sender, signer, salt, credits);
    }

    /// @inheritdoc ICredits
    function openFor(Offering calldata o, Order calldata order, uint256 deadline, bytes calldata signature)
        external
        nonReentrant
        returns (bytes32)
    {
        bytes32 offering = o.id();
        address owner = order.owner;
        bytes memory inner = Signatures.unwrapped(owner, signature);
        bytes32 structHash =
            keccak256(abi.encode(OPEN_TYPEHASH, offering, order.signer, order.salt, order.credits, deadline));
        if (block.timestamp > deadline || !Signatures.isValid(owner, _hashTypedDataV4(structHash), inner)) {
            revert Credits_InvalidOwnerSignature(owner, deadline);
        }
        return _openFromWallet(offering, owner, order.signer, order.salt, order.credits);
    }

    /// @inheritdoc ICredits
    function topUp(Offering calldata o, address owner, address signer, bytes32 salt, uint48 credits)
        external
        nonReentrant
    {
        bytes32 offering = _registered(o);
        uint256 cost = _issue(o, offering, credits);
        _raiseCap(offering, owner, signer, salt, credits, msg.sender);
        _collect(o, offering, owner, credits, cost);
    }

    /* ------------------------------------------------ SETTLING ----------------------------------------------- */

    /// @inheritdoc ICredits
    function settle(Offering calldata o, bytes calldata rows, bytes32 receiptsRoot)
        external
        nonReentrant
        returns (uint256 consumed)
    {
        return _settle(_registered(o), rows, receiptsRoot);
    }

    /// @inheritdoc ICredits
    function release(Offering calldata o) external nonReentrant returns (uint256 amount) {
        return _release(o, _registered(o));
    }

    /// @inheritdoc ICredits
    function settleAndRelease(Offering calldata o, bytes calldata rows, bytes32 receiptsRoot) external nonReentrant {
        bytes32 offering = _registered(o);
        _settle(offering, rows, receiptsRoot);
        _release(o, offering);
    }

    /* ------------------------------------------------ LEAVING ------------------------------------------------ */

    /// @inheritdoc ICredits
    function requestClose(Offering calldata o, address signer, bytes32 salt) external nonReentrant {
        bytes32 offering = o.id();
        (bytes32 id,) = _openSession(offering, msg.sender, signer, salt);
        uint64 closableAt = _closableAt[id];
        if (closableAt != 0) revert Credits_SessionClosing(id, closableAt);

        closableAt = uint64(block.timestamp) + o.exitDelay;
        _closableAt[id] = closableAt;
        emit CloseRequested(offering, id, closableAt);
    }

    /// @inheritdoc ICredits
    function close(Offering calldata o, address signer, bytes32 salt, address to, bytes calldata operatorSignature)
        external
        nonReentrant
        returns (uint256 amount)
    {
        _checkAccount(to);
        bytes32 offering = o.id();
        (bytes32 id, SessionSlot slot) = _openSession(offering, msg.sender, signer, salt);
        uint256 used = slot.used();
        if (operatorSignature.length == 0) {
            uint256 closableAt = _closableAt[id];
            if (closableAt == 0) revert Credits_CloseNotRequested(id);
            if (block.timestamp < closableAt) revert Credits_NotYetClosable(closableAt, block.timestamp);
        } else {
            bytes32 consent = keccak256(abi.encode(COOPERATIVE_CLOSE_TYPEHASH, id, used));
            _checkSignature(_account(o, offering, OPERATOR), consent, operatorSignature);
        }

        uint256 unused = slot.cap() - used;
        _sessions[offering][id] = slot.closed();
        amount = _retire(o, offering, unused);
        emit SessionClosed(offering, id, to, unused, amount);
        IERC20(o.paymentToken).safeTransfer(to, amount);
    }

    /// @inheritdoc ICredits
    function redeem(Offering calldata o, uint256 credits, address to) external nonReentrant returns (uint256 amount) {
        _checkAccount(to);
        if (credits == 0) revert Credits_ZeroCredits();
        // Only a registered offering has credits in wallets.
        bytes32 offering = o.id();
        _updateWallets(msg.sender, address(0), offering, credits);
        amount = _retire(o, offering, credits);
        emit Redeemed(offering, msg.sender, to, credits, amount);
        IERC20(o.paymentToken).safeTransfer(to, amount);
    }

    /* ----------------------------------------------- THE SPLIT ----------------------------------------------- */

    /// @inheritdoc ICredits
    function claim(Offering calldata o, uint8 role) external nonReentrant returns (uint256 amount) {
        bytes32 offering = o.id();
        amount = _claimable(o, offering, role);
        if (amount == 0) return 0;

        Claimed storage claimed = _claimed[offering];
        // Both stay below what was released, which fits in 88 bits.
        if (role == OPERATOR) claimed.operator += uint128(amount);
        else claimed.treasury += uint128(amount);
        address to = _account(o, offering, role);
        emit SplitClaimed(offering, role, to, amount);
        IERC20(o.paymentToken).safeTransfer(to, amount);
    }

    /// @inheritdoc ICredits
    function handOver(Offering calldata o, uint8 role, address to) external nonReentrant {
        bytes32 offering = _registered(o);
        address from = _account(o, offering, role);
        if (msg.sender != from) revert Credits_NotAccount(from, msg.sender);
        _checkAccount(to);

        _successors[offering][role] = to;
        emit AccountHandedOver(offering, role, from, to);
    }

    /* ------------------------------------------------- VIEWS ------------------------------------------------- */

    /// @inheritdoc ICredits
    function offeringId(Offering calldata o) external pure returns (bytes32 offering) {
        return o.id();
    }

    /// @inheritdoc ICredits
    function sessionId(bytes32 offering, address owner, address signer, bytes32 salt)
        external
        pure
        returns (bytes32)
    {
        return _sessionId(offering, owner, signer, salt);
    }

    /// @inheritdoc ICredits
    function session(bytes32 offering, bytes32 id)
        external
        view
        returns (address signer, uint48 cap, uint48 used, uint64 closableAt)
    {
        SessionSlot slot = _sessions[offering][id];
        return (slot.signer(), uint48(slot.cap()), uint48(slot.used()), _closableAt[id]);
    }

    /// @inheritdoc ICredits
    function offeringState(bytes32 offering)
        external
        view
        returns (
            uint256 outstanding,
            uint256 consumed,
            uint256 released,
            uint256 operatorClaimed,
            uint256 treasuryClaimed
        )
    {
        OfferingState storage state = _states[offering];
        Claimed storage claimed = _claimed[offering];
        return (state.outstanding, state.consumed, state.released, claimed.operator, claimed.treasury);
    }

    /// @inheritdoc ICredits
    function account(Offering calldata o, uint8 role) external view returns (address) {
        return _account(o, o.id(), role);
    }

    /// @inheritdoc ICredits
    function escrow(Offering calldata o) external view returns (uint256) {
        return CreditMath.redemptionValue(_states[o.id()].outstanding, o.pricePerMillion);
    }

    /// @inheritdoc ICredits
    function claimable(Offering calldata o, uint8 role) external view returns (uint256) {
        return _claimable(o, o.id(), role);
    }

    /// @inheritdoc ICredits
    function voucherDigest(bytes32 id, uint48 cumulative, bytes32 receiptsHead) external view returns (bytes32) {
        return _hashTypedDataV4(Settlement.voucherHash(id, cumulative, receiptsHead));
    }

    /**
     * @notice ERC-1155 metadata, the same for every offering: wallets fill in `{id}` and show three decimals.
     * @inheritdoc ERC1155
     */
    function uri(uint256) public pure override returns (string memory) {
        return 'data:application/json;utf8,{"name":"Joulemint credits {id}","decimals":3}';
    }

    /* ------------------------------------------ INTERNAL: OFFERINGS ------------------------------------------ */

    function _registered(Offering calldata o) private view returns (bytes32 offering) {
        offering = o.id();
        if (!_states[offering].registered) revert Credits_UnknownOffering(offering);
    }

    function _checkTerms(Offering calldata o) private view {
        if (o.tier > LAST_TIER) revert Credits_UnknownTier(o.tier);
        if (o.pricePerMillion == 0) revert Credits_ZeroPrice();
        uint256 bps = uint256(o.holdersBps) + o.treasuryBps;
        if (bps > CreditMath.WHOLE_BPS) revert Credits_SplitTooLarge(bps, CreditMath.WHOLE_BPS);
        if (o.exitDelay < MIN_EXIT_DELAY || o.exitDelay > MAX_EXIT_DELAY) {
            revert Credits_ExitDelayOutOfBounds(o.exitDelay, MIN_EXIT_DELAY, MAX_EXIT_DELAY);
        }
        if (o.model.code.length == 0) revert Credits_InvalidAccount(o.model);
        _checkAccount(o.operator);
        if (o.treasuryBps != 0) _checkAccount(o.treasury);
    }

    /// @dev Money sent to zero or to this contract would be lost.
    function _checkAccount(address a) private view {
        if (a == address(0) || a == address(this)) revert Credits_InvalidAccount(a);
    }

    function _checkSignature(address operator, bytes32 structHash, bytes calldata signature) private view {
        if (!Signatures.isValid(operator, _hashTypedDataV4(structHash), signature)) {
            revert Credits_InvalidOperatorSignature(operator);
        }
    }

    function _account(Offering calldata o, bytes32 offering, uint8 role) private view returns (address) {
        if (role > TREASURY) revert Credits_UnknownRole(role);
        address successor = _successors[offering][role];
        if (successor != address(0)) return successor;
        return role == OPERATOR ? o.operator : o.treasury;
    }

    /* ------------------------------------------- INTERNAL: CREDITS ------------------------------------------- */

    /// @dev Counts new credits as outstanding. The caller puts them where they belong, then collects the cost.
    function _issue(Offering calldata o, bytes32 offering, uint256 credits) private returns (uint256 cost) {
        if (block.timestamp > o.sellUntil) revert Credits_SaleEnded(o.sellUntil, block.timestamp);
        if (credits == 0) revert Credits_ZeroCredits();
        OfferingState storage state = _states[offering];
        uint256 outstanding = state.outstanding;
        uint256 sold = outstanding + state.consumed;
        // The most credits whose value still fits into `released`, and whose number fits into the counters.
        uint256 limit = ((1 << 88) * CreditMath.MILLICREDITS_PER_MILLION - 1) / o.pricePerMillion;
        if (limit > type(uint80).max) limit = type(uint80).max;
        if (credits > limit - sold) revert Credits_OfferingLimitExceeded(credits, limit - sold);

        state.outstanding = uint80(outstanding + credits);
        return CreditMath.purchaseCost(credits, o.pricePerMillion);
    }

    /// @dev Takes credits that were redeemed out of what is outstanding, and says what they are worth.
    function _retire(Offering calldata o, bytes32 offering, uint256 credits) private returns (uint256 amount) {
        // Wallets and sessions never hold more than what is outstanding.
        _states[offering].outstanding -= uint80(credits);
        return CreditMath.redemptionValue(credits, o.pricePerMillion);
    }

    /// @dev Collects `cost` by the caller's allowance.
    function _collect(Offering calldata o, bytes32 offering, address to, uint256 credits, uint256 cost) private {
        IERC20 token = IERC20(o.paymentToken);
        uint256 before = token.balanceOf(address(this));
        token.safeTransferFrom(msg.sender, address(this), cost);
        _bought(o, offering, msg.sender, to, credits, cost, before);
    }

    /// @dev A token that keeps a fee, or moves more than `cost`, is refused.
    function _bought(
        Offering calldata o,
        bytes32 offering,
        address buyer,
        address to,
        uint256 credits,
        uint256 cost,
        uint256 before
    ) private {
        uint256 received = IERC20(o.paymentToken).balanceOf(address(this)) - before;
        if (received != cost) revert Credits_InexactPayment(cost, received);
        emit Bought(offering, buyer, to, credits, cost);
    }

    /// @dev Mints (`from` zero) or burns (`to` zero) without a callback.
    function _updateWallets(address from, address to, bytes32 offering, uint256 credits) private {
        uint256[] memory ids = new uint256[](1);
        uint256[] memory values = new uint256[](1);
        ids[0] = uint256(offering);
        values[0] = credits;
        _update(from, to, ids, values);
    }

    /* ------------------------------------------- INTERNAL: SESSIONS ------------------------------------------ */

    function _sessionId(bytes32 offering, address owner, address signer, bytes32 salt) private pure returns (bytes32) {
        return keccak256(abi.encode(offering, owner, signer, salt));
    }

    function _openSession(bytes32 offering, address owner, address signer, bytes32 salt)
        private
        view
        returns (bytes32 id, SessionSlot slot)
    {
        id = _sessionId(offering, owner, signer, salt);
        slot = _sessions[offering][id];
        if (slot.cap() == 0) revert Credits_SessionNotOpen(id);
    }

    /// @dev Locks `credits`, more than 0, of `owner` under `signer`. The owner must have authorised that.
    function _open(bytes32 offering, address owner, address signer, bytes32 salt, uint48 credits)
        private
        returns (bytes32 id)
    {
        if (signer == address(0)) revert Credits_InvalidSigner(signer);
        id = _sessionId(offering, owner, signer, salt);
        if (_sessions[offering][id].signer() != address(0)) revert Credits_SessionExists(id);

        _sessions[offering][id] = SessionSlots.opened(signer, credits);
        emit SessionOpened(offering, id, owner, signer, salt, credits);
    }

    /// @dev Only a registered offering has credits in wallets.
    function _openFromWallet(bytes32 offering, address owner, address signer, bytes32 salt, uint48 credits)
        private
        returns (bytes32)
    {
        if (credits == 0) revert Credits_ZeroCredits();
        _updateWallets(owner, address(0), offering, credits);
        return _open(offering, owner, signer, salt, credits);
    }

    /// @dev Locks `credits` more in an open session; `payer` is for the event.
    function _raiseCap(
        bytes32 offering,
        address owner,
        address signer,
        bytes32 salt,
        uint48 credits,
        address payer
    ) private {
        (bytes32 id, SessionSlot slot) = _openSession(offering, owner, signer, salt);
        uint64 closableAt = _closableAt[id];
        if (closableAt != 0) revert Credits_SessionClosing(id, closableAt);
        uint256 cap = slot.cap();
        uint256 available = type(uint48).max - cap;
        if (credits > available) revert Credits_SessionLimitExceeded(credits, available);

        _sessions[offering][id] = slot.withCap(cap + credits);
        emit SessionToppedUp(offering, id, payer, credits);
    }

    /* ------------------------------------------- INTERNAL: SETTLING ------------------------------------------ */

    function _settle(bytes32 offering, bytes calldata rows, bytes32 receiptsRoot) private returns (uint256 consumed) {
        if (rows.length == 0 || rows.length % Settlement.ROW_BYTES != 0) {
            revert Credits_MalformedRows(rows.length, Settlement.ROW_BYTES);
        }
        bytes memory outcomes;
        (consumed, outcomes) = Settlement.settleRows(_sessions[offering], rows, _domainSeparatorV4());

        OfferingState storage state = _states[offering];
        state.outstanding -= uint80(consumed);
        state.consumed += uint80(consumed);
        emit Settled(offering, msg.sender, receiptsRoot, consumed, outcomes);
    }

    function _release(Offering calldata o, bytes32 offering) private returns (uint256 amount) {
        OfferingState storage state = _states[offering];
        uint256 before = state.released;
        uint256 released = CreditMath.redemptionValue(state.consumed, o.pricePerMillion);
        amount = released - before;
        if (amount == 0) return 0;

        state.released = uint88(released);
        (uint256 holders, uint256 treasury, uint256 operator) = _split(o, released);
        (uint256 oldHolders, uint256 oldTreasury, uint256 oldOperator) = _split(o, before);
        holders -= oldHolders;
        emit Released(offering, amount, holders, treasury - oldTreasury, operator - oldOperator);
        if (holders != 0) {
            IERC20(o.paymentToken).safeTransfer(o.model, holders);
            IShares(o.model).accrue();
        }
    }

    function _split(Offering calldata o, uint256 revenue)
        private
        pure
        returns (uint256 holders, uint256 treasury, uint256 operator)
    {
        return CreditMath.split(revenue, o.holdersBps, o.treasuryBps);
    }

    function _claimable(Offering calldata o, bytes32 offering, uint8 role) private view returns (uint256) {
        if (role > TREASURY) revert Credits_UnknownRole(role);
        (, uint256 treasury, uint256 operator) = _split(o, _states[offering].released);
        Claimed storage claimed = _claimed[offering];
        return role == OPERATOR ? operator - claimed.operator : treasury - claimed.treasury;
    }
}
