// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {Campaign, ICrowdfund} from "../interfaces/ICrowdfund.sol";
import {IShares} from "../interfaces/IShares.sol";
import {Accounts} from "./Accounts.sol";

/**
 * @title CampaignTerms
 * @notice What the terms of a campaign must keep to, whoever agrees to them.
 */
library CampaignTerms {
    /// @dev Above half of the goal, somebody who fills the rest could take the veto of all others away.
    uint256 private constant MAX_VETO_THRESHOLD_BPS = 5000;
    uint256 private constant MAX_FUNDING_TIME = 365 days;
    uint256 private constant MIN_VETO_WINDOW = 1 days;
    uint256 private constant MAX_VETO_WINDOW = 30 days;
    uint256 private constant MIN_TIMEOUT = 7 days;
    uint256 private constant MAX_TIMEOUT = 365 days;
    uint256 private constant MAX_MILESTONES = 32;

    /// @notice Refuses terms that cannot be kept.
    function check(Campaign calldata c) internal view {
        address token = address(IShares(c.model).paymentToken());
        if (c.paymentToken != token) revert ICrowdfund.Crowdfund_PaymentTokenMismatch(token, c.paymentToken);
        checkAccount(c.beneficiary);
        checkAccount(c.treasury);
        if (c.treasury == c.model) revert ICrowdfund.Crowdfund_InvalidAccount(c.treasury);
        if (c.allocation == 0) revert ICrowdfund.Crowdfund_ZeroAmount();
        uint256 latest = block.timestamp + MAX_FUNDING_TIME;
        if (c.deadline < block.timestamp || c.deadline > latest) {
            revert ICrowdfund.Crowdfund_DeadlineOutOfBounds(c.deadline, block.timestamp, latest);
        }
        if (c.vetoThresholdBps == 0 || c.vetoThresholdBps > MAX_VETO_THRESHOLD_BPS) {
            revert ICrowdfund.Crowdfund_VetoThresholdOutOfBounds(c.vetoThresholdBps, 1, MAX_VETO_THRESHOLD_BPS);
        }
        if (c.vetoWindow < MIN_VETO_WINDOW || c.vetoWindow > MAX_VETO_WINDOW) {
            revert ICrowdfund.Crowdfund_VetoWindowOutOfBounds(c.vetoWindow, MIN_VETO_WINDOW, MAX_VETO_WINDOW);
        }
        if (c.timeout < MIN_TIMEOUT || c.timeout > MAX_TIMEOUT) {
            revert ICrowdfund.Crowdfund_TimeoutOutOfBounds(c.timeout, MIN_TIMEOUT, MAX_TIMEOUT);
        }
        _checkMilestones(c.milestones, c.goal);
    }

    /// @notice Refuses an account that would lose what it is paid.
    function checkAccount(address account) internal view {
        if (Accounts.isDeadEnd(account)) revert ICrowdfund.Crowdfund_InvalidAccount(account);
    }

    function _checkMilestones(uint128[] calldata milestones, uint128 goal) private pure {
        uint256 count = milestones.length;
        if (count == 0 || count > MAX_MILESTONES) {
            revert ICrowdfund.Crowdfund_MilestonesOutOfBounds(count, 1, MAX_MILESTONES);
        }
        uint256 sum;
        for (uint256 i; i < count; ++i) {
            if (milestones[i] == 0) revert ICrowdfund.Crowdfund_ZeroAmount();
            sum += milestones[i];
        }
        if (sum != goal) revert ICrowdfund.Crowdfund_MilestonesMismatch(goal, sum);
    }
}
