// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IShareVault} from "./IShareVault.sol";

/**
 * @notice The immutable terms under which a training run is funded. Their hash is the campaign's id.
 * @param model The model's `Shares`, of which contributors receive some. Its owner creates the campaign and announces
 * releases.
 * @param paymentToken What is contributed: the payment token of the model. Every transfer must move exactly the amount
 * asked for.
 * @param beneficiary Who is paid the milestones.
 * @param treasury Who receives the shares that no contributor gets.
 * @param goal Base units of the payment token to raise: all or nothing.
 * @param allocation Shares, in units, for the contributors of the whole goal. Above 0.
 * @param deadline Last second, in Unix time, at which contributions are taken. At most 365 days ahead.
 * @param vetoThresholdBps Part of the goal, in 1/10,000, whose contributors end the campaign. 1 to 5,000.
 * @param vetoWindow Seconds in which a release can be vetoed. 1 to 30 days.
 * @param timeout Seconds in which the next release must be announced, and an announced one executed. 7 to 365 days.
 * @param milestones Base units that are released one after the other, each above 0. 1 to 32 of them add up to the goal.
 */
struct Campaign {
    address model;
    address paymentToken;
    address beneficiary;
    address treasury;
    uint128 goal;
    uint64 allocation;
    uint64 deadline;
    uint16 vetoThresholdBps;
    uint32 vetoWindow;
    uint32 timeout;
    uint128[] milestones;
}

/**
 * @notice Where a campaign stands. From `Funding` it goes to `Failed` or `Funded`, from there to `Completed` or
 * `Ended`.
 * @dev `Unknown`: never created. `Funding`: contributions are taken. `Failed`: the goal was missed. `Funded`:
 * milestones are open. `Completed`: all were released. `Ended`: it was vetoed, or overdue, before.
 */
enum CampaignStatus {
    Unknown,
    Funding,
    Failed,
    Funded,
    Completed,
    Ended
}

/**
 * @title Crowdfund
 * @notice Funds training runs of models: contributions are paid out by milestones, each of which contributors can veto,
 * against shares of the model.
 * @dev Units: amounts of money are base units of the campaign's payment token, shares are units of the model's
 * `Shares`; times are Unix seconds.
 *
 * Every function takes the whole `Campaign`; the contract hashes it and keeps state by that hash, so that nobody can
 * change a term. Contributed = released + refunded + held, in every campaign for itself. Roundings: a contributor's
 * shares, the shares it keeps and its refund are each rounded down. The treasury receives the rest of the shares; of
 * the money, less than one base unit for each contributor stays in the contract for ever.
 *
 * Trust: the contract has no owner, no pause and no upgrade. Contributors trust the model's owner with every milestone
 * that they do not veto in its window. Whoever contributes the veto threshold can end a campaign; whoever contributes
 * so much that the others stay below it, half the goal at least, takes their veto away: an owner who did that could
 * pay itself the money of all others, a veto window for each milestone. A contribution that fills the goal can come
 * before another that was sent earlier, which then reverts. Until shares are locked for contributors, the lock of the
 * allocation votes and earns for the treasury. Contributors check that `model` is a genuine `Shares`: if it is not,
 * their shares are worth nothing, but still no exit of money calls the model or the vault, so that neither can hold a
 * refund back.
 */
interface ICrowdfund {
    /* ------------------------------------------------ EVENTS ------------------------------------------------ */

    /// @notice A campaign takes contributions from now on.
    event CampaignCreated(bytes32 indexed campaign, address indexed model, Campaign terms);

    /// @notice `contributor` contributed `amount`; everybody together has contributed `total`.
    event Contributed(bytes32 indexed campaign, address indexed contributor, uint256 amount, uint256 total);

    /// @notice The release of a milestone, counted from 0, can be vetoed until `vetoUntil` and executed from then on.
    event ReleaseAnnounced(bytes32 indexed campaign, uint256 milestone, uint256 vetoUntil);

    /// @notice `contributor` vetoed the release of a milestone with its `weight`; `total` have.
    event ReleaseVetoed(
        bytes32 indexed campaign, uint256 milestone, address indexed contributor, uint256 weight, uint256 total
    );

    /// @notice `amount` was paid to the beneficiary for a milestone.
    event MilestoneReleased(bytes32 indexed campaign, uint256 milestone, address indexed beneficiary, uint256 amount);

    /// @notice The campaign was vetoed, or overdue, when `spent` of the goal had been released.
    event CampaignEnded(bytes32 indexed campaign, uint256 spent);

    /// @notice `contributor` got `amount` back, paid to `to`.
    event Refunded(bytes32 indexed campaign, address indexed contributor, address to, uint256 amount);

    /// @notice `shares` of `contributor` earn for it from now on, in a lock of the vault if there are any.
    event SharesLocked(bytes32 indexed campaign, address indexed contributor, uint256 lock, uint256 shares);

    /// @notice The treasury received `shares` of `contributor`, who was refunded for them or can be.
    event SharesSurrendered(bytes32 indexed campaign, address indexed contributor, uint256 shares);

    /// @notice `contributor` took the `shares` that it had paid for, to `to`.
    event SharesTaken(bytes32 indexed campaign, address indexed contributor, address to, uint256 shares);

    /// @notice The treasury received `shares` that no contributor gets.
    event SharesReturned(bytes32 indexed campaign, uint256 shares);

    /* ------------------------------------------------ ERRORS ------------------------------------------------ */

    /// @notice The campaign does not stand where the call needs it to.
    error Crowdfund_WrongStatus(CampaignStatus actual);

    /// @notice Only the owner of the model creates campaigns and announces releases.
    error Crowdfund_NotModelOwner(address expected, address actual);

    /// @notice The model's `Shares` take another payment token than the campaign.
    error Crowdfund_PaymentTokenMismatch(address expected, address actual);

    /// @notice An account that cannot hold this place: zero, this contract, or as treasury the shares themselves.
    error Crowdfund_InvalidAccount(address account);

    /// @notice An amount, a milestone or an allocation of 0.
    error Crowdfund_ZeroAmount();

    /// @notice The deadline is out of bounds.
    error Crowdfund_DeadlineOutOfBounds(uint256 deadline, uint256 min, uint256 max);

    /// @notice The veto threshold, in 1/10,000, is out of bounds.
    error Crowdfund_VetoThresholdOutOfBounds(uint256 bps, uint256 min, uint256 max);

    /// @notice The veto window, in seconds, is out of bounds.
    error Crowdfund_VetoWindowOutOfBounds(uint256 vetoWindow, uint256 min, uint256 max);

    /// @notice The timeout, in seconds, is out of bounds.
    error Crowdfund_TimeoutOutOfBounds(uint256 timeout, uint256 min, uint256 max);

    /// @notice The number of milestones is out of bounds.
    error Crowdfund_MilestonesOutOfBounds(uint256 count, uint256 min, uint256 max);

    /// @notice The milestones do not add up to the goal.
    error Crowdfund_MilestonesMismatch(uint256 goal, uint256 sum);

    /// @notice A contribution beyond the goal.
    error Crowdfund_GoalExceeded(uint256 needed, uint256 available);

    /// @notice The release of the milestone is announced already.
    error Crowdfund_AlreadyAnnounced(uint256 milestone, uint256 vetoUntil);

    /// @notice The release of the milestone is not announced.
    error Crowdfund_NotAnnounced(uint256 milestone);

    /// @notice The release can no longer be vetoed.
    error Crowdfund_VetoWindowClosed(uint256 vetoUntil, uint256 time);

    /// @notice The release can still be vetoed.
    error Crowdfund_VetoWindowOpen(uint256 vetoUntil, uint256 time);

    /// @notice The contributor has vetoed this release.
    error Crowdfund_AlreadyVetoed(address contributor, uint256 milestone);

    /// @notice The time to announce or to execute the next release is not over.
    error Crowdfund_NotOverdue(uint256 overdueAfter, uint256 time);

    /// @notice The time to announce or to execute the next release is over: all that is left is `end`.
    error Crowdfund_Overdue(uint256 overdueAfter, uint256 time);

    /// @notice The account contributed nothing.
    error Crowdfund_NoContribution(address account);

    /// @notice The contributor got its refund.
    error Crowdfund_AlreadyRefunded(address contributor);

    /// @notice The contributor's shares are locked for it already.
    error Crowdfund_AlreadyLocked(address contributor);

    /// @notice The contributor has taken its shares.
    error Crowdfund_AlreadyTaken(address contributor);

    /* ------------------------------------------------ FUNDING ------------------------------------------------ */

    /**
     * @notice Creates a campaign, and takes the allocation of shares from the caller by its allowance.
     * @dev The caller must be the owner of `c.model`: its DAO, or a founder as long as there is none. Until
     * contributors lock their shares, the treasury earns their revenue. Reverts with `Crowdfund_NotModelOwner`,
     * `Crowdfund_WrongStatus` if the campaign exists, `Crowdfund_PaymentTokenMismatch`, `Crowdfund_InvalidAccount`,
     * `Crowdfund_ZeroAmount`, `Crowdfund_DeadlineOutOfBounds`, `Crowdfund_VetoThresholdOutOfBounds`,
     * `Crowdfund_VetoWindowOutOfBounds`, `Crowdfund_TimeoutOutOfBounds`, `Crowdfund_MilestonesOutOfBounds` or
     * `Crowdfund_MilestonesMismatch`, or as `IShareVault.lockUnder` or the model do: the vault refuses a treasury that
     * is the vault itself or the new lock's own box.
     * @param c Terms of the campaign.
     * @return campaign Id of the campaign.
     */
    function create(Campaign calldata c) external returns (bytes32 campaign);

    /**
     * @notice Contributes to a campaign, from the caller's allowance.
     * @dev Reverts with `Crowdfund_WrongStatus` unless `Funding`, `Crowdfund_ZeroAmount`, `Crowdfund_GoalExceeded` or
     * `Transfers_Inexact`.
     * @param c Terms of the campaign.
     * @param amount Base units. The contribution that reaches the goal makes the campaign `Funded`.
     */
    function contribute(Campaign calldata c, uint128 amount) external;

    /* ----------------------------------------------- MILESTONES ---------------------------------------------- */

    /**
     * @notice Announces the release of the next milestone, which opens its veto window.
     * @dev The caller must be the owner of the model at this time. Reverts with `Crowdfund_WrongStatus` unless
     * `Funded`, `Crowdfund_NotModelOwner`, `Crowdfund_Overdue` or `Crowdfund_AlreadyAnnounced`.
     * @param c Terms of the campaign.
     */
    function announce(Campaign calldata c) external;

    /**
     * @notice Vetoes the announced release with the weight of all that the caller contributed.
     * @dev Vetoes of one release alone are added up. The veto that reaches the threshold makes the campaign `Ended`.
     * Reverts with `Crowdfund_WrongStatus` unless `Funded`, `Crowdfund_NotAnnounced`, `Crowdfund_VetoWindowClosed`,
     * `Crowdfund_NoContribution` or `Crowdfund_AlreadyVetoed`.
     * @param c Terms of the campaign.
     */
    function veto(Campaign calldata c) external;

    /**
     * @notice Pays the announced milestone to the beneficiary, if it was not vetoed. Anyone may call.
     * @dev The last one makes the campaign `Completed`. Reverts with `Crowdfund_WrongStatus` unless `Funded`,
     * `Crowdfund_NotAnnounced`, `Crowdfund_VetoWindowOpen`, `Crowdfund_Overdue`, or if the payment token does.
     * @param c Terms of the campaign.
     */
    function release(Campaign calldata c) external;

    /**
     * @notice Ends a campaign whose next release was not announced, or not executed, in time. Anyone may call: to ask
     * for a contribution would keep nobody away, since one base unit is one.
     * @dev Reverts with `Crowdfund_WrongStatus` unless `Funded`, or with `Crowdfund_NotOverdue`.
     * @param c Terms of the campaign.
     */
    function end(Campaign calldata c) external;

    /* ------------------------------------------------ LEAVING ------------------------------------------------ */

    /**
     * @notice Pays back what the caller contributed to a `Failed` campaign, or the unspent part of it if `Ended`.
     * @dev It calls neither the model nor the vault. The shares that match the refund are surrendered whether it is
     * asked for or not: `surrenderShares` gives them to the treasury, whoever calls it. Reverts with
     * `Crowdfund_WrongStatus` unless `Failed` or `Ended`, `Crowdfund_InvalidAccount`, `Crowdfund_NoContribution` or
     * `Crowdfund_AlreadyRefunded`.
     * @param c Terms of the campaign.
     * @param to Receives the money.
     * @return amount Base units paid: contribution x unspent / goal, rounded down; the whole contribution if `Failed`.
     */
    function refund(Campaign calldata c, address to) external returns (uint256 amount);

    /**
     * @notice Locks a contributor's shares in the vault, so that they earn for it. Anyone may call.
     * @dev Also when the campaign is over, for who has not taken them: until then they earn for the treasury. Reverts
     * with `Crowdfund_WrongStatus` unless `Funded`, `Completed` or `Ended`, `Crowdfund_NoContribution`,
     * `Crowdfund_AlreadyLocked` or `Crowdfund_AlreadyTaken`.
     * @param c Terms of the campaign.
     * @param contributor Whose shares, and who owns the lock.
     * @return lock Id of the lock in the vault; means nothing if `shares` is 0.
     * @return shares Allocation x contribution / goal, rounded down, less what was surrendered.
     */
    function lockShares(Campaign calldata c, address contributor) external returns (uint256 lock, uint64 shares);

    /**
     * @notice Gives the treasury those of a contributor's shares that match the unspent part of its contribution.
     * Anyone may call, whether they were locked before or not. A treasury that is the box of the shares' own lock has
     * them there already.
     * @dev The others stay where they are, earn and vote as before, until the contributor takes them. What goes to the
     * treasury votes there only if the treasury has delegated its own shares. Gives nothing, and
     * does not revert, when there is nothing to give or it was given. Reverts with `Crowdfund_WrongStatus` unless
     * `Completed` or `Ended`, or with `Crowdfund_NoContribution`.
     * @param c Terms of the campaign.
     * @param contributor Whose shares.
     * @return surrendered Its shares less those that it keeps: none if `Completed`.
     */
    function surrenderShares(Campaign calldata c, address contributor) external returns (uint64 surrendered);

    /**
     * @notice Takes out the caller's shares that match what was spent of its contribution; the treasury gets the
     * others, as by `surrenderShares`.
     * @dev For the contributor alone: shares that leave a lock no longer vote as the lock did, and whoever could take
     * them out for others would take their votes away before they count. Reverts with `Crowdfund_WrongStatus` unless
     * `Completed` or `Ended`, `Crowdfund_InvalidAccount`, `Crowdfund_NoContribution`, `Crowdfund_AlreadyTaken`, or as
     * `IShareVault.release` does.
     * @param c Terms of the campaign.
     * @param to Receives the shares.
     * @return shares The caller's shares x spent / goal, rounded down: all of them if `Completed`.
     */
    function takeShares(Campaign calldata c, address to) external returns (uint64 shares);

    /**
     * @notice Gives the treasury what no contributor gets: the allocation of a `Failed` campaign, or what rounding left
     * once every contributor's shares were locked, surrendered or taken. Anyone may call.
     * @dev Gives nothing, and does not revert, when there is nothing to give.
     * @param c Terms of the campaign.
     * @return shares Shares given.
     */
    function returnShares(Campaign calldata c) external returns (uint64 shares);

    /* ------------------------------------------------- VIEWS ------------------------------------------------- */

    /**
     * @notice Id of a campaign with these terms, whether created or not.
     * @param c Terms of the campaign.
     * @return campaign Keccak-256 of the ABI-encoded terms.
     */
    function campaignId(Campaign calldata c) external pure returns (bytes32 campaign);

    /**
     * @notice Where a campaign stands now.
     * @param c Terms of the campaign.
     * @return `Unknown` if it was never created.
     */
    function status(Campaign calldata c) external view returns (CampaignStatus);

    /**
     * @notice The books of a campaign.
     * @param campaign Id of the campaign; all is 0 if it was never created.
     * @return contributed Base units contributed; refunds do not reduce it.
     * @return spent Base units released to the beneficiary.
     * @return milestone Number of milestones released: the index of the next one.
     * @return vetoUntil Last second at which the announced release can be vetoed; 0 if none is announced.
     * @return vetoes Base units whose contributors have vetoed it.
     * @return overdueAfter Last second of the time to announce, or to execute, the next release; 0 before `Funded`.
     * @return unassigned Shares of the allocation that are no contributor's by now, and that the treasury did not
     * receive.
     */
    function campaignState(bytes32 campaign)
        external
        view
        returns (
            uint256 contributed,
            uint256 spent,
            uint256 milestone,
            uint256 vetoUntil,
            uint256 vetoes,
            uint256 overdueAfter,
            uint256 unassigned
        );

    /**
     * @notice A contributor's part in a campaign.
     * @param campaign Id of the campaign.
     * @param contributor Any account.
     * @return amount Base units contributed, refunded or not; 0 if it contributed nothing.
     * @return locked Whether its shares were locked for it, in `lock`.
     * @return lock Id of the lock in the vault; 0 if it has none.
     * @return surrendered Whether the treasury got its part of them.
     * @return taken Whether it has taken the others.
     * @return refunded Whether it got its refund.
     */
    function contribution(bytes32 campaign, address contributor)
        external
        view
        returns (uint256 amount, bool locked, uint256 lock, bool surrendered, bool taken, bool refunded);

    /**
     * @notice Where shares are held.
     * @return The vault, for ever the same. Trust: with the shares of every campaign, and with no money.
     */
    function vault() external view returns (IShareVault);
}
