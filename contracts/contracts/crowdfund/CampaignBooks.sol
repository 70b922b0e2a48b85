// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {Campaign, CampaignStatus, ICrowdfund} from "../interfaces/ICrowdfund.sol";

/**
 * @title CampaignBooks
 * @notice The books of every campaign: what came in, what was spent, and who contributed.
 */
abstract contract CampaignBooks is ICrowdfund {
    /// @dev Whether a campaign failed, was funded or completed follows from its amounts, which never shrink: that is
    /// why no campaign can both succeed and fail.
    struct State {
        uint128 contributed;
        uint128 spent;
        bool created;
        bool ended;
        uint8 milestone;
        uint40 vetoUntil;
        uint40 overdueAfter;
        uint128 vetoes;
    }

    struct Contribution {
        /// @dev The last milestone that was vetoed, counted from 1.
        uint8 vetoed;
        bool locked;
        bool surrendered;
        bool taken;
        bool refunded;
        uint128 amount;
        /// @dev The vault's lock of its shares, once there is one.
        uint64 lock;
    }

    mapping(bytes32 campaign => State state) internal _states;
    mapping(bytes32 campaign => mapping(address contributor => Contribution contribution)) private _contributions;

    /// @inheritdoc ICrowdfund
    function campaignId(Campaign calldata c) external pure returns (bytes32 campaign) {
        return _id(c);
    }

    /// @inheritdoc ICrowdfund
    function status(Campaign calldata c) external view returns (CampaignStatus) {
        return _status(c, _states[_id(c)]);
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

    function _id(Campaign calldata c) internal pure returns (bytes32) {
        return keccak256(abi.encode(c));
    }

    function _at(Campaign calldata c, CampaignStatus expected) internal view returns (bytes32, State storage) {
        return _at(c, expected, expected);
    }

    /// @dev A campaign that stands at `one` or at `other`.
    function _at(Campaign calldata c, CampaignStatus one, CampaignStatus other)
        internal
        view
        returns (bytes32 campaign, State storage state)
    {
        campaign = _id(c);
        state = _states[campaign];
        CampaignStatus actual = _status(c, state);
        if (actual != one && actual != other) revert Crowdfund_WrongStatus(actual);
    }

    function _status(Campaign calldata c, State storage state) internal view returns (CampaignStatus) {
        if (!state.created) return CampaignStatus.Unknown;
        if (state.contributed < c.goal) {
            return block.timestamp > c.deadline ? CampaignStatus.Failed : CampaignStatus.Funding;
        }
        if (state.ended) return CampaignStatus.Ended;
        return state.spent == c.goal ? CampaignStatus.Completed : CampaignStatus.Funded;
    }

    function _addContribution(bytes32 campaign, address contributor, uint128 amount) internal {
        _contributions[campaign][contributor].amount += amount;
    }

    /// @dev The contribution of an account that must have made one.
    function _contribution(bytes32 campaign, address contributor) internal view returns (Contribution storage theirs) {
        theirs = _contributions[campaign][contributor];
        if (theirs.amount == 0) revert Crowdfund_NoContribution(contributor);
    }

    /// @dev Rounds down. Cannot overflow: both factors are below 2^128.
    function _part(uint256 whole, uint256 numerator, uint256 denominator) internal pure returns (uint256) {
        return whole * numerator / denominator;
    }
}
