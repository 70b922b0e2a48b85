// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ERC1155Utils} from "@openzeppelin/contracts/token/ERC1155/utils/ERC1155Utils.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {CreditWallets} from "./credits/CreditWallets.sol";
import {RevenueSplit} from "./credits/RevenueSplit.sol";
import {Sessions} from "./credits/Sessions.sol";
import {ICredits, Offering, Order, Payment} from "./interfaces/ICredits.sol";
import {IShares} from "./interfaces/IShares.sol";
import {Consumptions} from "./libraries/Consumptions.sol";
import {CreditMath} from "./libraries/CreditMath.sol";
import {Offerings} from "./libraries/Offerings.sol";
import {Payments} from "./libraries/Payments.sol";
import {SessionSlot} from "./libraries/SessionSlots.sol";
import {Settlement} from "./libraries/Settlement.sol";
import {Signatures} from "./libraries/Signatures.sol";
import {Terms} from "./libraries/Terms.sol";
import {Transfers} from "./libraries/Transfers.sol";

/**
 * @title Credits
 * @notice Prepaid credits of every offering on this chain. `ICredits` says what each function promises.
 * @dev Every function that changes state is guarded against reentrancy, but for the transfers of ERC-1155, which move
 * no money. Each does its own bookkeeping first, moves money next and calls a receiver back last. `OfferingBooks`
 * counts the credits, which are in `CreditWallets` or in `Sessions`; the revenue of those that are consumed goes
 * through `RevenueSplit`.
 */
contract Credits is CreditWallets, Sessions, RevenueSplit, EIP712 {
    using SafeERC20 for IERC20;
    using Offerings for Offering;

    /* ----------------------------------------------- CONSTANTS ----------------------------------------------- */

    bytes32 private constant COOPERATIVE_CLOSE_TYPEHASH =
        keccak256("CooperativeClose(bytes32 session,uint48 used)");
    bytes32 private constant OPEN_TYPEHASH = keccak256(
        "Open(bytes32 offering,address owner,address signer,bytes32 salt,uint48 credits,uint256 deadline)"
    );

    constructor() EIP712("Joulemint Credits", "1") {}

    /* --------------------------------------------- REGISTRATION ---------------------------------------------- */

    /// @inheritdoc ICredits
    function register(Offering calldata o, bytes calldata operatorSignature)
        external
        nonReentrant
        returns (bytes32 offering)
    {
        offering = o.id();
        Terms.check(o);
        address owner = Ownable(o.model).owner();
        if (msg.sender != owner) revert Credits_NotModelOwner(owner, msg.sender);
        address token = address(IShares(o.model).paymentToken());
        if (o.paymentToken != token) revert Credits_PaymentTokenMismatch(token, o.paymentToken);
        if (_states[offering].standing != Standing.Unregistered) revert Credits_AlreadyRegistered(offering);
        _checkSignature(o.operator, offering, operatorSignature);

        _states[offering].standing = o.transferable ? Standing.Transferable : Standing.Bound;
        _metadata.record(o);
        emit OfferingRegistered(offering, o.model, o);
    }

    /* ------------------------------------------------ BUYING ------------------------------------------------- */

    /// @inheritdoc ICredits
    function buy(Offering calldata o, uint48 credits, address to) external nonReentrant returns (uint256 cost) {
        bytes32 offering = _registered(o);
        if (to == address(0)) revert ERC1155InvalidReceiver(to);
        cost = _issue(o, offering, credits);
        _updateWallets(address(0), to, offering, credits);
        _pay(o, offering, to, credits, cost);
        // The callback comes when all is done. This contract is no receiver, so it cannot be `to`.
        ERC1155Utils.checkOnERC1155Received(msg.sender, address(0), to, uint256(offering), credits, "");
    }

    /// @inheritdoc ICredits
    function buyAndOpen(Offering calldata o, address signer, bytes32 salt, uint48 credits)
        external
        nonReentrant
        returns (bytes32 id)
    {
        bytes32 offering = _registered(o);
        uint256 cost = _issue(o, offering, credits);
        id = _sessionId(offering, msg.sender, signer, salt);
        _open(offering, id, msg.sender, signer, salt, credits);
        _pay(o, offering, msg.sender, credits, cost);
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
        } else {
            bytes32 id = _sessionId(offering, owner, order.signer, order.salt);
            if (_sessions[offering][id].cap() != 0) {
                _raiseCap(offering, id, credits, payment.payer);
            } else {
                if (owner != payment.payer) revert Credits_NotPayer(payment.payer, owner);
                _open(offering, id, owner, order.signer, order.salt, credits);
            }
        }

        IERC20 token = IERC20(o.paymentToken);
        uint256 before = token.balanceOf(address(this));
        Payments.takeSigned(o.paymentToken, cost, offering, order, payment, signature);
        Transfers.checkReceived(token, address(this), before, cost);
        emit Bought(offering, payment.payer, owner, credits, cost);
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
        return _openFromWallet(o, o.id(), msg.sender, signer, salt, credits);
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
            keccak256(abi.encode(OPEN_TYPEHASH, offering, owner, order.signer, order.salt, order.credits, deadline));
        if (block.timestamp > deadline || !Signatures.isValid(owner, _hashTypedDataV4(structHash), inner)) {
            revert Credits_InvalidOwnerSignature(owner, deadline);
        }
        return _openFromWallet(o, offering, owner, order.signer, order.salt, order.credits);
    }

    /// @inheritdoc ICredits
    function topUp(Offering calldata o, address owner, address signer, bytes32 salt, uint48 credits)
        external
        nonReentrant
    {
        bytes32 offering = _registered(o);
        uint256 cost = _issue(o, offering, credits);
        _raiseCap(offering, _sessionId(offering, owner, signer, salt), credits, msg.sender);
        _pay(o, offering, owner, credits, cost);
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
    function settleAndRelease(Offering calldata o, bytes calldata rows, bytes32 receiptsRoot) external nonReentrant {
        bytes32 offering = _registered(o);
        _settle(offering, rows, receiptsRoot);
        _release(o, offering);
    }

    /// @inheritdoc ICredits
    function consume(Offering calldata o, uint256 credits, bytes32 subject)
        external
        nonReentrant
        returns (bytes32 receipt)
    {
        if (credits == 0) revert Credits_ZeroCredits();
        Terms.checkNotExpired(o);
        // Only a registered offering has credits in wallets.
        bytes32 offering = o.id();
        _updateWallets(msg.sender, address(0), offering, credits);
        uint256 sequence = _consume(offering, credits);
        receipt = Consumptions.hash(offering, msg.sender, subject, credits, sequence);
        emit Consumed(offering, msg.sender, receipt, credits, subject, sequence);
    }

    /* ------------------------------------------------ LEAVING ------------------------------------------------ */

    /// @inheritdoc ICredits
    function requestClose(Offering calldata o, address signer, bytes32 salt) external nonReentrant {
        bytes32 offering = o.id();
        bytes32 id = _sessionId(offering, msg.sender, signer, salt);
        _openSession(offering, id);
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
        Terms.checkAccount(to);
        bytes32 offering = o.id();
        bytes32 id = _sessionId(offering, msg.sender, signer, salt);
        SessionSlot slot = _openSession(offering, id);
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
        _refund(o, to, amount);
    }

    /// @inheritdoc ICredits
    function redeem(Offering calldata o, uint256 credits, address to) external nonReentrant returns (uint256 amount) {
        Terms.checkAccount(to);
        if (credits == 0) revert Credits_ZeroCredits();
        // Only a registered offering has credits in wallets.
        bytes32 offering = o.id();
        _updateWallets(msg.sender, address(0), offering, credits);
        amount = _retire(o, offering, credits);
        emit Redeemed(offering, msg.sender, to, credits, amount);
        _refund(o, to, amount);
    }

    /* ------------------------------------------------- VIEWS ------------------------------------------------- */

    /// @inheritdoc ICredits
    function offeringId(Offering calldata o) external pure returns (bytes32 offering) {
        return o.id();
    }

    /// @inheritdoc ICredits
    function escrow(Offering calldata o) external view returns (uint256) {
        return CreditMath.redemptionValue(_states[o.id()].outstanding, o.pricePerMillion);
    }

    /// @inheritdoc ICredits
    function voucherDigest(bytes32 id, uint48 cumulative, bytes32 receiptsHead) external view returns (bytes32) {
        return _hashTypedDataV4(Settlement.voucherHash(id, cumulative, receiptsHead));
    }

    /// @inheritdoc ICredits
    function consumptionHash(bytes32 offering, address owner, bytes32 subject, uint256 credits, uint256 sequence)
        external
        pure
        returns (bytes32 receipt)
    {
        return Consumptions.hash(offering, owner, subject, credits, sequence);
    }

    /* ------------------------------------------ INTERNAL: PAYMENTS ------------------------------------------- */

    /// @dev Has the caller pay `cost` by its allowance.
    function _pay(Offering calldata o, bytes32 offering, address to, uint256 credits, uint256 cost) private {
        Transfers.pull(IERC20(o.paymentToken), address(this), cost);
        emit Bought(offering, msg.sender, to, credits, cost);
    }

    /// @dev Some tokens refuse to move nothing.
    function _refund(Offering calldata o, address to, uint256 amount) private {
        if (amount != 0) IERC20(o.paymentToken).safeTransfer(to, amount);
    }

    /* ------------------------------------------- INTERNAL: OPENING ------------------------------------------- */

    /// @dev Only a registered offering has credits in wallets.
    function _openFromWallet(
        Offering calldata o,
        bytes32 offering,
        address owner,
        address signer,
        bytes32 salt,
        uint48 credits
    ) private returns (bytes32 id) {
        if (credits == 0) revert Credits_ZeroCredits();
        Terms.checkNotExpired(o);
        _updateWallets(owner, address(0), offering, credits);
        id = _sessionId(offering, owner, signer, salt);
        _open(offering, id, owner, signer, salt, credits);
    }

    /* ------------------------------------------- INTERNAL: SETTLING ------------------------------------------ */

    function _settle(bytes32 offering, bytes calldata rows, bytes32 receiptsRoot) private returns (uint256 consumed) {
        if (rows.length == 0 || rows.length % Settlement.ROW_BYTES != 0) {
            revert Credits_MalformedRows(rows.length, Settlement.ROW_BYTES);
        }
        bytes memory outcomes;
        (consumed, outcomes) = Settlement.settleRows(_sessions[offering], rows, _domainSeparatorV4());

        _consume(offering, consumed);
        emit Settled(offering, msg.sender, receiptsRoot, consumed, outcomes);
    }

    /* ------------------------------------------ INTERNAL: SIGNATURES ----------------------------------------- */

    function _checkSignature(address operator, bytes32 structHash, bytes calldata signature) private view {
        if (!Signatures.isValid(operator, _hashTypedDataV4(structHash), signature)) {
            revert Credits_InvalidOperatorSignature(operator);
        }
    }
}
