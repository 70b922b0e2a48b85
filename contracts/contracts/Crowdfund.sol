// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {Campaign, CampaignStatus, ICrowdfund} from "./interfaces/ICrowdfund.sol";
import {IShares} from "./interfaces/IShares.sol";
import {IShareVault} from "./interfaces/IShareVault.sol";
import {Transfers} from "./libraries/Transfers.sol";

/**
 * @title Crowdfund
 * @notice Funds training runs of models against shares. `ICrowdfund` says what each function promises.
 * @dev Every function that changes state is guarded against reentrancy and does its own bookkeeping before it moves
 * anything. Shares lie in the vault; this contract holds them only in the middle of a call.
 */
contract Crowdfund is ICrowdfund, ReentrancyGuardTransient {
    using SafeERC20 for IERC20;

    /* ----------------------------------------------- CONSTANTS ----------------------------------------------- */

    uint256 private constant WHOLE_BPS = 10_000;
    /// @dev Above half of the goal, somebody who fills the rest could take the veto of all others away.
    uint256 private constant MAX_VETO_THRESHOLD_BPS = 5000;
    uint256 private constant MAX_FUNDING_TIME = 365 days;
    uint256 private constant MIN_VETO_WINDOW = 1 days;
    uint256 private constant MAX_VETO_WINDOW = 30 days;
    uint256 private constant MIN_TIMEOUT = 7 days;
    uint256 private constant MAX_TIMEOUT = 365 days;
    uint256 private constant MAX_MILESTONES = 32;

    /* ------------------------------------------------ STORAGE ------------------------------------------------ */

    /// @dev Whether a campaign failed, was funded or completed follows from its amounts, which never shrink: that is
    /// why no campaign can both succeed and fail.
    struct State {
        uint128 contributed;
        uint128 spent;
        uint128 vetoes;
        /// @dev Contributions whose shares were locked, surrendered or taken.
        uint128 assigned;
        uint64 unassigned;
        uint64 vetoUntil;
        uint64 overdueAfter;
        uint8 milestone;
        bool created;
        bool ended;
        /// @dev The vault's lock of the unassigned shares.
        uint256 lock;
    }

    struct Contribution {
        uint128 amount;
        /// @dev The last milestone that was vetoed, counted from 1.
        uint8 vetoed;
        bool locked;
        bool surrendered;
        bool taken;
        bool refunded;
        uint256 lock;
    }

    /// @inheritdoc ICrowdfund
    IShareVault public immutable override vault;

    mapping(bytes32 campaign => State state) private _states;
    mapping(bytes32 campaign => mapping(address contributor => Contribution contribution)) private _contributions;

    /// @param vault_ Where shares are held.
    constructor(IShareVault vault_) {
        vault = vault_;
    }

    /* ------------------------------------------------ FUNDING ------------------------------------------------ */

    /// @inheritdoc ICrowdfund
    function create(Campaign calldata c) external nonReentrant returns (bytes32 campaign) {
        _checkModelOwner(c);
        State storage state;
        (campaign, state) = _at(c, CampaignStatus.Unknown);
        _checkTerms(c);

        state.created = true;
        state.unassigned = c.allocation;
        emit CampaignCreated(campaign, c.model, c);
        IERC20(c.model).safeTransferFrom(msg.sender, address(this), c.allocation);
        state.lock = _lock(c, c.treasury, c.allocation);
    }

    /// @inheritdoc ICrowdfund
    function contribute(Campaign calldata c, uint128 amount) external nonReentrant {
        (bytes32 campaign, State storage state) = _at(c, CampaignStatus.Funding);
        if (amount == 0) revert Crowdfund_ZeroAmount();
        uint128 total = state.contributed;
        uint128 available = c.goal - total;
        if (amount > available) revert Crowdfund_GoalExceeded(amount, available);

        total += amount;
        state.contributed = total;
        if (total == c.goal) state.overdueAfter = _after(block.timestamp, c.timeout);
        _contributions[campaign][msg.sender].amount += amount;
        emit Contributed(campaign, msg.sender, amount, total);
        Transfers.collect(IERC20(c.paymentToken), address(this), amount);
    }

    /* ----------------------------------------------- MILESTONES ---------------------------------------------- */

    /// @inheritdoc ICrowdfund
    function announce(Campaign calldata c) external nonReentrant {
        (bytes32 campaign, State storage state) = _at(c, CampaignStatus.Funded);
        _checkModelOwner(c);
        _checkInTime(state);
        uint64 vetoUntil = state.vetoUntil;
        if (vetoUntil != 0) revert Crowdfund_AlreadyAnnounced(state.milestone, vetoUntil);

        vetoUntil = _after(block.timestamp, c.vetoWindow);
        state.vetoUntil = vetoUntil;
        state.overdueAfter = _after(vetoUntil, c.timeout);
        emit ReleaseAnnounced(campaign, state.milestone, vetoUntil);
    }

    /// @inheritdoc ICrowdfund
    function veto(Campaign calldata c) external nonReentrant {
        (bytes32 campaign, State storage state) = _at(c, CampaignStatus.Funded);
        uint8 milestone = state.milestone;
        uint256 vetoUntil = _announced(state);
        if (block.timestamp > vetoUntil) revert Crowdfund_VetoWindowClosed(vetoUntil, block.timestamp);
        Contribution storage mine = _contribution(campaign, msg.sender);
        if (mine.vetoed > milestone) revert Crowdfund_AlreadyVetoed(msg.sender, milestone);

        uint128 vetoes = state.vetoes + mine.amount;
        mine.vetoed = milestone + 1;
        state.vetoes = vetoes;
        emit ReleaseVetoed(campaign, milestone, msg.sender, mine.amount, vetoes);
        if (vetoes * WHOLE_BPS >= c.goal * uint256(c.vetoThresholdBps)) _end(campaign, state);
    }

    /// @inheritdoc ICrowdfund
    function release(Campaign calldata c) external nonReentrant {
        (bytes32 campaign, State storage state) = _at(c, CampaignStatus.Funded);
        uint8 milestone = state.milestone;
        uint256 vetoUntil = _announced(state);
        if (block.timestamp <= vetoUntil) revert Crowdfund_VetoWindowOpen(vetoUntil, block.timestamp);
        _checkInTime(state);

        uint128 amount = c.milestones[milestone];
        state.milestone = milestone + 1;
        state.spent += amount;
        state.vetoes = 0;
        state.vetoUntil = 0;
        state.overdueAfter = _after(block.timestamp, c.timeout);
        emit MilestoneReleased(campaign, milestone, c.beneficiary, amount);
        IERC20(c.paymentToken).safeTransfer(c.beneficiary, amount);
    }

    /// @inheritdoc ICrowdfund
    function end(Campaign calldata c) external nonReentrant {
        (bytes32 campaign, State storage state) = _at(c, CampaignStatus.Funded);
        uint256 overdueAfter = state.overdueAfter;
        if (block.timestamp <= overdueAfter) revert Crowdfund_NotOverdue(overdueAfter, block.timestamp);
        _end(campaign, state);
    }

    /* ------------------------------------------------ LEAVING ------------------------------------------------ */

    /// @inheritdoc ICrowdfund
    function refund(Campaign calldata c, address to) external nonReentrant returns (uint256 amount) {
        (bytes32 campaign, State storage state) = _at(c, CampaignStatus.Failed, CampaignStatus.Ended);
        _checkAccount(to);
        Contribution storage mine = _contribution(campaign, msg.sender);
        if (mine.refunded) revert Crowdfund_AlreadyRefunded(msg.sender);

        // Nothing was spent of a campaign that failed.
        amount = _part(mine.amount, c.goal - state.spent, c.goal);
        mine.refunded = true;
        emit Refunded(campaign, msg.sender, to, amount);
        // Some tokens refuse to move nothing.
        if (amount != 0) IERC20(c.paymentToken).safeTransfer(to, amount);
    }

    /// @inheritdoc ICrowdfund
    function lockShares(Campaign calldata c, address contributor)
        external
        nonReentrant
        returns (uint256 lock, uint64 shares)
    {
        bytes32 campaign = _id(c);
        State storage state = _states[campaign];
        CampaignStatus current = _status(c, state);
        if (current < CampaignStatus.Funded) revert Crowdfund_WrongStatus(current);
        Contribution storage theirs = _contribution(campaign, contributor);
        if (theirs.locked) revert Crowdfund_AlreadyLocked(contributor);
        if (theirs.taken) revert Crowdfund_AlreadyTaken(contributor);

        theirs.locked = true;
        shares = theirs.surrendered ? _kept(c, state, theirs) : _assign(c, state, theirs.amount);
        // The vault holds no empty locks.
        if (shares != 0) {
            vault.release(state.lock, address(this), shares);
            lock = _lock(c, contributor, shares);
            theirs.lock = lock;
        }
        emit SharesLocked(campaign, contributor, lock, shares);
    }

    /// @inheritdoc ICrowdfund
    function surrenderShares(Campaign calldata c, address contributor)
        external
        nonReentrant
        returns (uint64 surrendered)
    {
        (bytes32 campaign, State storage state) = _at(c, CampaignStatus.Completed, CampaignStatus.Ended);
        return _surrender(c, campaign, state, contributor);
    }

    /// @inheritdoc ICrowdfund
    function takeShares(Campaign calldata c, address to) external nonReentrant returns (uint64 kept) {
        (bytes32 campaign, State storage state) = _at(c, CampaignStatus.Completed, CampaignStatus.Ended);
        _checkAccount(to);
        Contribution storage mine = _contribution(campaign, msg.sender);
        if (mine.taken) revert Crowdfund_AlreadyTaken(msg.sender);

        mine.taken = true;
        _surrender(c, campaign, state, msg.sender);
        kept = _kept(c, state, mine);
        emit SharesTaken(campaign, msg.sender, to, kept);
        // The vault moves no empty parcels.
        if (kept != 0) vault.release(_lockOf(state, mine), to, kept);
    }

    /// @inheritdoc ICrowdfund
    function returnShares(Campaign calldata c) external nonReentrant returns (uint64 shares) {
        bytes32 campaign = _id(c);
        State storage state = _states[campaign];
        if (_status(c, state) != CampaignStatus.Failed && state.assigned != c.goal) return 0;
        shares = state.unassigned;
        if (shares == 0) return 0;

        state.unassigned = 0;
        emit SharesReturned(campaign, shares);
        _returnToTreasury(c, state.lock, shares);
    }

    /* ------------------------------------------------- VIEWS ------------------------------------------------- */

    /// @inheritdoc ICrowdfund
    function campaignId(Campaign calldata c) external pure returns (bytes32 campaign) {
        return _id(c);
    }

    /// @inheritdoc ICrowdfund
    function status(Campaign calldata c) external view returns (CampaignStatus) {
        return _status(c, _states[_id(c)]);
    }

    /// @inheritdoc ICrowdfund
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
        )
    {
        State storage s = _states[campaign];
        return (s.contributed, s.spent, s.milestone, s.vetoUntil, s.vetoes, s.overdueAfter, s.unassigned);
    }

    /// @inheritdoc ICrowdfund
    function contribution(bytes32 campaign, address contributor)
        external
        view
        returns (uint256 amount, bool locked, uint256 lock, bool surrendered, bool taken, bool refunded)
    {
        Contribution storage theirs = _contributions[campaign][contributor];
        return
            (theirs.amount, theirs.locked, theirs.lock, theirs.surrendered, theirs.taken, theirs.refunded);
    }

    /* ------------------------------------------- INTERNAL: CAMPAIGNS ----------------------------------------- */

    function _id(Campaign calldata c) private pure returns (bytes32) {
        return keccak256(abi.encode(c));
    }

    function _at(Campaign calldata c, CampaignStatus expected) private view returns (bytes32, State storage) {
        return _at(c, expected, expected);
    }

    /// @dev A campaign that stands at `one` or at `other`.
    function _at(Campaign calldata c, CampaignStatus one, CampaignStatus other)
        private
        view
        returns (bytes32 campaign, State storage state)
    {
        campaign = _id(c);
        state = _states[campaign];
        CampaignStatus actual = _status(c, state);
        if (actual != one && actual != other) revert Crowdfund_WrongStatus(actual);
    }

    function _status(Campaign calldata c, State storage state) private view returns (CampaignStatus) {
        if (!state.created) return CampaignStatus.Unknown;
        if (state.contributed < c.goal) {
            return block.timestamp > c.deadline ? CampaignStatus.Failed : CampaignStatus.Funding;
        }
        if (state.ended) return CampaignStatus.Ended;
        return state.spent == c.goal ? CampaignStatus.Completed : CampaignStatus.Funded;
    }

    function _checkTerms(Campaign calldata c) private view {
        address token = address(IShares(c.model).paymentToken());
        if (c.paymentToken != token) revert Crowdfund_PaymentTokenMismatch(token, c.paymentToken);
        _checkAccount(c.beneficiary);
        _checkAccount(c.treasury);
        if (c.treasury == c.model) revert Crowdfund_InvalidAccount(c.treasury);
        if (c.allocation == 0) revert Crowdfund_ZeroAmount();
        if (c.deadline < block.timestamp || c.deadline > block.timestamp + MAX_FUNDING_TIME) {
            revert Crowdfund_DeadlineOutOfBounds(c.deadline, block.timestamp, block.timestamp + MAX_FUNDING_TIME);
        }
        if (c.vetoThresholdBps == 0 || c.vetoThresholdBps > MAX_VETO_THRESHOLD_BPS) {
            revert Crowdfund_VetoThresholdOutOfBounds(c.vetoThresholdBps, 1, MAX_VETO_THRESHOLD_BPS);
        }
        if (c.vetoWindow < MIN_VETO_WINDOW || c.vetoWindow > MAX_VETO_WINDOW) {
            revert Crowdfund_VetoWindowOutOfBounds(c.vetoWindow, MIN_VETO_WINDOW, MAX_VETO_WINDOW);
        }
        if (c.timeout < MIN_TIMEOUT || c.timeout > MAX_TIMEOUT) {
            revert Crowdfund_TimeoutOutOfBounds(c.timeout, MIN_TIMEOUT, MAX_TIMEOUT);
        }
        uint256 count = c.milestones.length;
        if (count == 0 || count > MAX_MILESTONES) revert Crowdfund_MilestonesOutOfBounds(count, 1, MAX_MILESTONES);
        uint256 sum;
        for (uint256 i; i < count; ++i) {
            if (c.milestones[i] == 0) revert Crowdfund_ZeroAmount();
            sum += c.milestones[i];
        }
        if (sum != c.goal) revert Crowdfund_MilestonesMismatch(c.goal, sum);
    }

    /// @dev What is sent to zero or to this contract would be lost.
    function _checkAccount(address a) private view {
        if (a == address(0) || a == address(this)) revert Crowdfund_InvalidAccount(a);
    }

    function _checkModelOwner(Campaign calldata c) private view {
        address owner = Ownable(c.model).owner();
        if (msg.sender != owner) revert Crowdfund_NotModelOwner(owner, msg.sender);
    }

    function _announced(State storage state) private view returns (uint256 vetoUntil) {
        vetoUntil = state.vetoUntil;
        if (vetoUntil == 0) revert Crowdfund_NotAnnounced(state.milestone);
    }

    /// @dev What is overdue can be ended by anyone, and by nobody prevented from it.
    function _checkInTime(State storage state) private view {
        uint256 overdueAfter = state.overdueAfter;
        if (block.timestamp > overdueAfter) revert Crowdfund_Overdue(overdueAfter, block.timestamp);
    }

    function _end(bytes32 campaign, State storage state) private {
        state.ended = true;
        emit CampaignEnded(campaign, state.spent);
    }

    /* --------------------------------------- INTERNAL: MONEY AND SHARES -------------------------------------- */

    function _contribution(bytes32 campaign, address contributor)
        private
        view
        returns (Contribution storage theirs)
    {
        theirs = _contributions[campaign][contributor];
        if (theirs.amount == 0) revert Crowdfund_NoContribution(contributor);
    }

    /// @dev Takes a contributor's shares out of what is unassigned.
    function _assign(Campaign calldata c, State storage state, uint128 amount) private returns (uint64 shares) {
        shares = _sharesOf(c, amount);
        state.assigned += amount;
        state.unassigned -= shares;
    }

    function _sharesOf(Campaign calldata c, uint128 amount) private pure returns (uint64) {
        return uint64(_part(c.allocation, amount, c.goal));
    }

    function _lock(Campaign calldata c, address owner, uint64 shares) private returns (uint256) {
        IERC20(c.model).forceApprove(address(vault), shares);
        return vault.lockUnder(IShares(c.model), owner, shares, address(this));
    }

    /// @dev Gives the treasury, once, what a contributor does not keep. What it keeps stays where it is, and votes as before.
    function _surrender(Campaign calldata c, bytes32 campaign, State storage state, address contributor)
        private
        returns (uint64 surrendered)
    {
        Contribution storage theirs = _contribution(campaign, contributor);
        if (theirs.surrendered) return 0;

        theirs.surrendered = true;
        if (!theirs.locked) _assign(c, state, theirs.amount);
        surrendered = _sharesOf(c, theirs.amount) - _kept(c, state, theirs);
        if (surrendered == 0) return 0;
        emit SharesSurrendered(campaign, contributor, surrendered);
        _returnToTreasury(c, _lockOf(state, theirs), surrendered);
    }

    function _kept(Campaign calldata c, State storage state, Contribution storage theirs)
        private
        view
        returns (uint64)
    {
        return uint64(_part(_sharesOf(c, theirs.amount), state.spent, c.goal));
    }

    function _lockOf(State storage state, Contribution storage theirs) private view returns (uint256) {
        return theirs.locked ? theirs.lock : state.lock;
    }

    /// @dev A treasury that is the lock's own box has its shares already, and no choice of treasury holds up a contributor.
    function _returnToTreasury(Campaign calldata c, uint256 lock, uint64 shares) private {
        if (c.treasury != vault.boxOf(lock)) vault.release(lock, c.treasury, shares);
    }

    /// @dev Cannot overflow: both factors are below 2^128.
    function _part(uint256 whole, uint256 numerator, uint256 denominator) private pure returns (uint256) {
        return whole * numerator / denominator;
    }

    /// @dev Both terms are bounded, far below 2^64.
    function _after(uint256 time, uint256 duration) private pure returns (uint64) {
        return uint64(time + duration);
    }
}
