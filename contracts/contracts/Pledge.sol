// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {LowLevelCall} from "@openzeppelin/contracts/utils/LowLevelCall.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {IPledge, PledgeState, PledgeStatus, Terms} from "./interfaces/IPledge.sol";
import {IShareVault} from "./interfaces/IShareVault.sol";
import {Accounts} from "./libraries/Accounts.sol";
import {Transfers} from "./libraries/Transfers.sol";

/**
 * @title Pledge
 * @notice Fixed-term loans against shares in the vault. `IPledge` says what each function promises.
 * @dev Every function that changes state is guarded against reentrancy, because each calls a model or a payment token
 * that may be hostile. What came in is measured by this contract's own balance, never taken from what a model says.
 */
contract Pledge is IPledge, ReentrancyGuardTransient {
    using SafeERC20 for IERC20;

    uint256 private constant AUCTION_DURATION = 7 days;

    IShareVault public immutable override vault;

    mapping(bytes32 id => PledgeState pledge) private _pledges;
    mapping(IERC20 paymentToken => mapping(address account => uint256)) public override kept;

    /// @param vault_ Where the shares wait.
    constructor(IShareVault vault_) {
        vault = vault_;
    }

    /* ------------------------------------------------ THE LOAN ----------------------------------------------- */

    /// @inheritdoc IPledge
    function offer(Terms calldata terms) external nonReentrant returns (bytes32 id) {
        if (terms.principal == 0) revert Pledge_ZeroPrincipal();
        if (terms.term == 0) revert Pledge_ZeroTerm();
        if (terms.debt < terms.principal) revert Pledge_DebtTooLow(terms.debt, terms.principal);
        if (terms.startPrice < terms.debt) revert Pledge_StartPriceTooLow(terms.startPrice, terms.debt);

        uint256 lock = _lock(terms);
        address token = address(terms.model.paymentToken());
        if (address(terms.paymentToken) != token) {
            revert Pledge_PaymentTokenMismatch(token, address(terms.paymentToken));
        }

        id = keccak256(abi.encode(lock, msg.sender, terms));
        PledgeState storage pledge = _pledges[id];
        pledge.terms = terms;
        (pledge.lock, pledge.borrower, pledge.status) = (lock, msg.sender, PledgeStatus.Offered);
        emit PledgeOffered(id, msg.sender, lock, terms);
    }

    /// @inheritdoc IPledge
    function withdraw(bytes32 id) external nonReentrant {
        PledgeState storage pledge = _in(id, PledgeStatus.Offered, PledgeStatus.Repaid);
        if (msg.sender != pledge.borrower) revert Pledge_NotBorrower(pledge.borrower, msg.sender);

        pledge.status = PledgeStatus.Withdrawn;
        emit PledgeWithdrawn(id);
        _release(pledge, msg.sender);
    }

    /// @inheritdoc IPledge
    function lend(bytes32 id) external nonReentrant {
        PledgeState storage pledge = _in(id, PledgeStatus.Offered);
        if (msg.sender == pledge.borrower) revert Pledge_LenderIsBorrower(msg.sender);

        uint64 dueAt = uint64(block.timestamp) + pledge.terms.term;
        (pledge.status, pledge.dueAt, pledge.lender) = (PledgeStatus.Lent, dueAt, msg.sender);
        emit PledgeLent(id, msg.sender, dueAt);
        vault.setPayee(pledge.lock, address(this));
        _move(pledge, pledge.borrower, pledge.terms.principal);
    }

    /// @inheritdoc IPledge
    function repay(bytes32 id, uint96 amount) external nonReentrant returns (uint256 paid) {
        PledgeState storage pledge = _in(id, PledgeStatus.Lent);
        paid = _payDebt(pledge, amount);
        emit PledgeRepaid(id, msg.sender, paid);
        _move(pledge, address(this), paid);
        _endIfPaid(id, pledge);
        _send(pledge, pledge.lender, paid);
    }

    /// @inheritdoc IPledge
    function serve(bytes32 id) external nonReentrant returns (uint256 revenue) {
        PledgeState storage pledge = _pledges[id];
        if (pledge.lender == address(0)) revert Pledge_WrongStatus(id, pledge.status);
        uint256 before = pledge.terms.paymentToken.balanceOf(address(this));
        vault.claim(pledge.lock);
        return _serve(id, pledge, before);
    }

    /* ----------------------------------------------- THE AUCTION --------------------------------------------- */

    /// @inheritdoc IPledge
    function buy(bytes32 id) external nonReentrant returns (uint256 price) {
        PledgeState storage pledge = _in(id, PledgeStatus.Lent);
        price = _priceAt(pledge, block.timestamp);
        uint256 before = pledge.terms.paymentToken.balanceOf(address(this));
        // A token that freezes the lock must not hold up the lender: what the lock earned is served when it can be. A
        // buyer who gives too little gas for the claim has too little for the sale, which gets a 64th of it.
        // solhint-disable-next-line no-empty-blocks
        try vault.claim(pledge.lock) {}
        catch (bytes memory reason) {
            // Somebody buys in the middle of a payment of revenue, so that it comes too late for the debt.
            if (bytes4(reason) == ReentrancyGuardReentrantCall.selector) LowLevelCall.bubbleRevert(reason);
            // What cannot be claimed is accrued all the same, before the shares are the buyer's.
            // solhint-disable-next-line no-empty-blocks
            try pledge.terms.model.accrue() {} catch {}
        }
        _serve(id, pledge, before);
        if (pledge.status != PledgeStatus.Lent) revert Pledge_CoveredByRevenue(id);

        pledge.status = PledgeStatus.Sold;
        uint256 toLender = _payDebt(pledge, price);
        emit PledgeSold(id, msg.sender, price, toLender);
        _move(pledge, address(this), price);
        _release(pledge, msg.sender);
        _send(pledge, pledge.lender, toLender);
        _send(pledge, pledge.borrower, price - toLender);
    }

    /* ----------------------------------------------- KEPT MONEY ---------------------------------------------- */

    /// @inheritdoc IPledge
    function collect(IERC20 paymentToken, address to) external nonReentrant returns (uint256 amount) {
        if (Accounts.isDeadEnd(to)) revert Pledge_InvalidAccount(to);
        amount = kept[paymentToken][msg.sender];
        if (amount == 0) return 0;

        delete kept[paymentToken][msg.sender];
        emit PaymentCollected(paymentToken, msg.sender, to, amount);
        paymentToken.safeTransfer(to, amount);
    }

    /* ------------------------------------------------- VIEWS ------------------------------------------------- */

    /// @inheritdoc IPledge
    function pledgeOf(bytes32 id) external view returns (PledgeState memory) {
        return _pledges[id];
    }

    /// @inheritdoc IPledge
    function priceAt(bytes32 id, uint256 time) external view returns (uint256) {
        return _priceAt(_in(id, PledgeStatus.Lent), time);
    }

    /* ------------------------------------------------ INTERNAL ----------------------------------------------- */

    function _in(bytes32 id, PledgeStatus needed) private view returns (PledgeState storage) {
        return _in(id, needed, needed);
    }

    /// @dev A pledge that stands at `one` or at `other`.
    function _in(bytes32 id, PledgeStatus one, PledgeStatus other) private view returns (PledgeState storage pledge) {
        pledge = _pledges[id];
        PledgeStatus actual = pledge.status;
        if (actual != one && actual != other) revert Pledge_WrongStatus(id, actual);
    }

    /// @dev By way of this contract, because the vault takes shares from its caller.
    function _lock(Terms calldata terms) private returns (uint256) {
        IERC20 shares = IERC20(address(terms.model));
        shares.safeTransferFrom(msg.sender, address(this), terms.shares);
        shares.forceApprove(address(vault), terms.shares);
        return vault.lockUnder(terms.model, msg.sender, terms.shares, address(this));
    }

    function _release(PledgeState storage pledge, address to) private {
        vault.release(pledge.lock, to, pledge.terms.shares);
    }

    /// @dev Counts as much of `amount` as the lender is still owed. Only here does `paid` grow, never above the debt.
    function _payDebt(PledgeState storage pledge, uint256 amount) private returns (uint256 toLender) {
        toLender = Math.min(amount, pledge.terms.debt - pledge.paid);
        pledge.paid += uint96(toLender);
    }

    function _endIfPaid(bytes32 id, PledgeState storage pledge) private {
        if (pledge.status != PledgeStatus.Lent || pledge.paid != pledge.terms.debt) return;
        pledge.status = PledgeStatus.Repaid;
        emit PledgeEnded(id);
    }

    /// @dev Serves what came in since this contract held `before`.
    function _serve(bytes32 id, PledgeState storage pledge, uint256 before) private returns (uint256 revenue) {
        revenue = pledge.terms.paymentToken.balanceOf(address(this)) - before;
        if (revenue == 0) return 0;

        uint256 toLender = _payDebt(pledge, revenue);
        emit PledgeServed(id, revenue, toLender);
        _endIfPaid(id, pledge);
        _send(pledge, pledge.lender, toLender);
        _send(pledge, pledge.borrower, revenue - toLender);
    }

    /// @dev Rounds up. The start price fits in 96 bits, so that the product cannot overflow. Never nothing: while the
    /// token is stuck, so that nobody can repay, nobody can buy either.
    function _priceAt(PledgeState storage pledge, uint256 time) private view returns (uint256) {
        uint256 dueAt = pledge.dueAt;
        if (time < dueAt) revert Pledge_NotDue(dueAt, time);
        uint256 left = Math.saturatingSub(AUCTION_DURATION, time - dueAt);
        return Math.max(1, Math.ceilDiv(pledge.terms.startPrice * left, AUCTION_DURATION));
    }

    /// @dev Some tokens refuse to move nothing.
    function _move(PledgeState storage pledge, address to, uint256 amount) private {
        if (amount != 0) Transfers.pull(pledge.terms.paymentToken, to, amount);
    }

    /// @dev Sends `amount`, or keeps it for `account` if the token refuses: neither party may hold up the other.
    function _send(PledgeState storage pledge, address account, uint256 amount) private {
        if (amount == 0) return;
        IERC20 token = pledge.terms.paymentToken;
        if (token.trySafeTransfer(account, amount)) return;
        kept[token][account] += amount;
        emit PaymentKept(token, account, amount);
    }
}
