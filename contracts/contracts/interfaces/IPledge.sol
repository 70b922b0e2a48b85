// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IShareVault} from "./IShareVault.sol";
import {IShares} from "./IShares.sol";

/**
 * @notice What a borrower offers, and a lender agrees to. Nothing of it ever changes.
 * @param model Whose shares are pledged.
 * @param shares How many.
 * @param term Seconds from the loan to its due date. Above 0.
 * @param paymentToken The model's payment token, in which everything below counts.
 * @param principal What the lender pays the borrower. Above 0.
 * @param debt What the borrower owes for it, interest included. At least the principal.
 * @param startPrice What the shares cost together when their auction starts. At least the debt.
 */
struct Terms {
    IShares model;
    uint64 shares;
    uint32 term;
    IERC20 paymentToken;
    uint96 principal;
    uint96 debt;
    uint96 startPrice;
}

/// @notice `Offered` ends `Withdrawn` or becomes `Lent`, which ends `Sold` or becomes `Repaid`, which ends `Withdrawn`.
enum PledgeStatus {
    None,
    Offered,
    Withdrawn,
    Lent,
    Repaid,
    Sold
}

/**
 * @notice A pledge as it stands.
 * @param terms What was agreed.
 * @param lock Id of the vault's lock that holds the shares.
 * @param borrower Who pledged them.
 * @param dueAt Unix time from which the shares are for sale if debt is left; zero until somebody lends.
 * @param status Where the pledge stands.
 * @param lender Who lent; zero until somebody does.
 * @param paid How much of the debt has been paid. Never above it.
 */
struct PledgeState {
    Terms terms;
    uint256 lock;
    address borrower;
    uint64 dueAt;
    PledgeStatus status;
    address lender;
    uint96 paid;
}

/**
 * @title Pledge
 * @notice Fixed-term loans against shares, without an oracle: revenue serves the debt first, and an auction that falls
 * to one base unit finds the price of shares whose loan was not repaid in time.
 * @dev Units: shares with 6 decimals; amounts and prices in base units of the payment token. Times are Unix seconds.
 *
 * The shares wait in a lock of the vault under this contract. They cannot be moved, sold or pledged again, but they
 * earn, and they vote as the borrower says by `ShareVault.delegate`. The id of a pledge is the hash of the lock, the
 * borrower and the terms: who lends, repays or buys by it gets what they saw, or a revert.
 *
 * The lender is owed the debt and never receives more: not by repayment, revenue and auction together. What is above
 * is the borrower's, as are revenue before the loan and revenue that the debt no longer needs.
 *
 * Money is sent where it belongs at once. What the payment token refuses to send is kept for its owner, who has
 * `collect`, so that no party can hold up the other.
 *
 * Trust: the contract has no owner, no pause and no upgrade. A lender judges the model and its payment token: shares
 * of a model that lies are worth nothing as collateral. Nobody trusts anybody for a price.
 */
interface IPledge {
    /* ------------------------------------------------ EVENTS ------------------------------------------------ */

    /// @notice `borrower` offers to pledge shares on `terms`; they are in the lock.
    event PledgeOffered(bytes32 indexed id, address indexed borrower, uint256 lock, Terms terms);

    /// @notice The borrower took the shares back.
    event PledgeWithdrawn(bytes32 indexed id);

    /// @notice `lender` paid the principal. The debt is due at `dueAt`.
    event PledgeLent(bytes32 indexed id, address indexed lender, uint64 dueAt);

    /// @notice `revenue` of the shares came in, of which `toLender` paid debt. The rest was the borrower's.
    event PledgeServed(bytes32 indexed id, uint256 revenue, uint256 toLender);

    /// @notice `payer` paid `amount` of the debt.
    event PledgeRepaid(bytes32 indexed id, address indexed payer, uint256 amount);

    /// @notice Nothing is left of the debt, and the shares are the borrower's to withdraw.
    event PledgeEnded(bytes32 indexed id);

    /// @notice `buyer` paid `price` for the shares, of which `toLender` paid debt. The rest was the borrower's.
    event PledgeSold(bytes32 indexed id, address indexed buyer, uint256 price, uint256 toLender);

    /// @notice The payment token refused to send `amount` to `account`, who may collect it.
    event PaymentKept(IERC20 indexed paymentToken, address indexed account, uint256 amount);

    /// @notice `amount` that was kept for `account` was sent to `to`.
    event PaymentCollected(
        IERC20 indexed paymentToken, address indexed account, address indexed to, uint256 amount
    );

    /* ------------------------------------------------ ERRORS ------------------------------------------------ */

    /// @notice The pledge is not, or no longer, in the state that this needs.
    error Pledge_WrongStatus(bytes32 id, PledgeStatus actual);

    /// @notice Only the borrower may do this.
    error Pledge_NotBorrower(address borrower, address caller);

    /// @notice The borrower cannot lend to itself.
    error Pledge_LenderIsBorrower(address account);

    /// @notice The model takes another payment token than the terms.
    error Pledge_PaymentTokenMismatch(address expected, address actual);

    /// @notice Terms with a principal of 0.
    error Pledge_ZeroPrincipal();

    /// @notice Terms of 0 seconds.
    error Pledge_ZeroTerm();

    /// @notice A debt below the principal.
    error Pledge_DebtTooLow(uint256 debt, uint256 min);

    /// @notice An auction that starts below the debt.
    error Pledge_StartPriceTooLow(uint256 startPrice, uint256 min);

    /// @notice The debt is not due before `dueAt`.
    error Pledge_NotDue(uint256 dueAt, uint256 time);

    /// @notice The revenue of the shares pays the rest of the debt, once somebody calls `serve`.
    error Pledge_CoveredByRevenue(bytes32 id);

    /// @notice An account that cannot be paid: zero, or this contract.
    error Pledge_InvalidAccount(address account);

    /* ----------------------------------------------- THE LOAN ----------------------------------------------- */

    /**
     * @notice Offers shares of the caller, by allowance, as a pledge. They go into a lock of the vault at once.
     * @dev Reverts: `Pledge_ZeroPrincipal`, `Pledge_ZeroTerm`, `Pledge_DebtTooLow`, `Pledge_StartPriceTooLow`,
     * `Pledge_PaymentTokenMismatch`, or as `IShareVault.lockUnder` or the model do.
     * @param terms What is pledged, and for what.
     * @return id Hash of the lock, the caller and the terms.
     */
    function offer(Terms calldata terms) external returns (bytes32 id);

    /**
     * @notice Takes the shares back as long as nobody lent, or once the debt is paid. For the borrower alone.
     * @dev Until then they vote through the lock, as the borrower says. Whoever could send them back by paying the last
     * of the debt would take those votes away before they count.
     *
     * Reverts: `Pledge_WrongStatus`, `Pledge_NotBorrower`, or as the model does.
     * @param id Id of the pledge.
     */
    function withdraw(bytes32 id) external;

    /**
     * @notice Lends: pays the principal from the caller to the borrower, by allowance.
     * @dev Revenue that came in before is the borrower's. The debt is owed to the caller, for good.
     *
     * Reverts: `Pledge_WrongStatus`, `Pledge_LenderIsBorrower`, `Transfers_Inexact`, or as the payment token or the
     * model do.
     * @param id Id of the pledge.
     */
    function lend(bytes32 id) external;

    /**
     * @notice Pays up to `amount` of the debt from the caller, by allowance; no more than is left. Anyone may call.
     * @dev With nothing left of the debt, the shares wait for the borrower's `withdraw`. Works after the due date too,
     * until somebody buys. Asks nothing of the model; call `serve` before to let revenue pay first.
     *
     * Reverts: `Pledge_WrongStatus`, `Transfers_Inexact`, or as the payment token does.
     * @param id Id of the pledge.
     * @param amount Base units, at most; more than is left is not taken.
     * @return paid Base units taken from the caller.
     */
    function repay(bytes32 id, uint96 amount) external returns (uint256 paid);

    /**
     * @notice Has the revenue of the shares pay the debt; what the debt does not need goes to the borrower. Anyone may
     * call, also when the pledge is over, for revenue that came in before.
     * @dev With nothing left of the debt, the shares wait for the borrower's `withdraw`. Does nothing when nothing came
     * in. Revenue that `Credits` has not released has not come in: release it before.
     *
     * Reverts: `Pledge_WrongStatus` if nobody ever lent, or as `IShareVault.claim` does.
     * @param id Id of the pledge.
     * @return revenue Base units that came in.
     */
    function serve(bytes32 id) external returns (uint256 revenue);

    /* ---------------------------------------------- THE AUCTION --------------------------------------------- */

    /**
     * @notice Sells all shares of the pledge to the caller at the current price, taken by allowance. Anyone may call
     * once the debt is due and not paid.
     * @dev Revenue serves the debt before, unless it cannot be claimed because the token refuses the lock: then `serve`
     * pays it out when it can be. Revenue that `Credits` has not released is the buyer's: lender and borrower release
     * it before, as anyone can. A model whose revenue fails with the guard's own error is never sold, to the harm of
     * who lent against it. What the price leaves of the debt is otherwise lost to the lender. The price only falls, so
     * nobody pays more than they saw, and it falls for the borrower too: a payment token that stands still after the
     * due date, so that nobody can repay or buy, leaves a low price when it moves again.
     *
     * Reverts: `Pledge_WrongStatus`, `Pledge_NotDue`, `Pledge_CoveredByRevenue`, `Transfers_Inexact`, or with
     * `ReentrancyGuardReentrantCall` in the middle of a payment of revenue.
     * @param id Id of the pledge.
     * @return price Base units taken from the caller.
     */
    function buy(bytes32 id) external returns (uint256 price);

    /* ---------------------------------------------- KEPT MONEY ---------------------------------------------- */

    /**
     * @notice Sends what was kept for the caller to `to`.
     * @dev Sends nothing, and does not revert, when nothing was kept.
     *
     * Reverts: `Pledge_InvalidAccount`, or as the payment token does.
     * @param paymentToken Which token was kept.
     * @param to Receives it.
     * @return amount Base units sent.
     */
    function collect(IERC20 paymentToken, address to) external returns (uint256 amount);

    /* ------------------------------------------------ VIEWS ------------------------------------------------- */

    /**
     * @notice Where the shares wait.
     * @return The vault, for ever the same. Trust: with the shares of every pledge.
     */
    function vault() external view returns (IShareVault);

    /**
     * @notice The pledge as it stands.
     * @param id Id of the pledge.
     * @return Its state; all zero, with the status `None`, if there is none.
     */
    function pledgeOf(bytes32 id) external view returns (PledgeState memory);

    /**
     * @notice What all shares of the pledge cost at `time` if nobody bought, repaid or served before.
     * @dev The start price at the due date, from where it falls evenly within seven days, and to no less than 1. Rounds
     * up.
     *
     * Reverts: `Pledge_WrongStatus`, `Pledge_NotDue`.
     * @param id Id of the pledge.
     * @param time Unix time, not before the due date.
     * @return Base units for all of them, at least 1.
     */
    function priceAt(bytes32 id, uint256 time) external view returns (uint256);

    /**
     * @notice Base units that `account` may collect.
     * @param paymentToken Which token was kept.
     * @param account Any account.
     * @return Base units; 0 if nothing was kept.
     */
    function kept(IERC20 paymentToken, address account) external view returns (uint256);
}
