// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {CampaignShares} from "./crowdfund/CampaignShares.sol";
import {Campaign, CampaignStatus, ICrowdfund} from "./interfaces/ICrowdfund.sol";
import {IShareVault} from "./interfaces/IShareVault.sol";
import {CampaignTerms} from "./libraries/CampaignTerms.sol";
import {Transfers} from "./libraries/Transfers.sol";

/**
 * @title Crowdfund
 * @notice Funds training runs of models against shares. `ICrowdfund` says what each function promises.
 * @dev Every function that changes state is guarded against reentrancy and does its own bookkeeping before it moves
 * anything. The money is here; `CampaignBooks` counts it, and `CampaignShares` has the shares that it is given for.
 */
contract Crowdfund is CampaignShares {
    using SafeERC20 for IERC20;

    uint256 private constant WHOLE_BPS = 10_000;

    /// @param vault_ Where shares are held.
    constructor(IShareVault vault_) CampaignShares(vault_) {}

    /* ------------------------------------------------ FUNDING ------------------------------------------------ */

    /// @inheritdoc ICrowdfund
    function create(Campaign calldata c) external nonReentrant returns (bytes32 campaign) {
        _checkModelOwner(c);
        State storage state;
        (campaign, state) = _at(c, CampaignStatus.Unknown);
        CampaignTerms.check(c);

        state.created = true;
        emit CampaignCreated(campaign, c.model, c);
        _allocate(c, campaign);
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
        _addContribution(campaign, msg.sender, amount);
        emit Contributed(campaign, msg.sender, amount, total);
        Transfers.pull(IERC20(c.paymentToken), address(this), amount);
    }

    /* ----------------------------------------------- MILESTONES ---------------------------------------------- */

    /// @inheritdoc ICrowdfund
    function announce(Campaign calldata c) external nonReentrant {
        (bytes32 campaign, State storage state) = _at(c, CampaignStatus.Funded);
        _checkModelOwner(c);
        _checkInTime(state);
        uint40 vetoUntil = state.vetoUntil;
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
        (state.vetoes, state.vetoUntil, state.overdueAfter) = (0, 0, _after(block.timestamp, c.timeout));
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
        CampaignTerms.checkAccount(to);
        Contribution storage mine = _contribution(campaign, msg.sender);
        if (mine.refunded) revert Crowdfund_AlreadyRefunded(msg.sender);

        // Nothing was spent of a campaign that failed.
        amount = _part(mine.amount, c.goal - state.spent, c.goal);
        mine.refunded = true;
        emit Refunded(campaign, msg.sender, to, amount);
        // Some tokens refuse to move nothing.
        if (amount != 0) IERC20(c.paymentToken).safeTransfer(to, amount);
    }

    /* ------------------------------------------------- VIEWS ------------------------------------------------- */

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
        unassigned = _allocations[campaign].unassigned;
        return (s.contributed, s.spent, s.milestone, s.vetoUntil, s.vetoes, s.overdueAfter, unassigned);
    }

    /* ------------------------------------------------ INTERNAL ----------------------------------------------- */

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

    /// @dev Both terms are bounded, far below 2^40.
    function _after(uint256 time, uint256 duration) private pure returns (uint40) {
        return uint40(time + duration);
    }
}
