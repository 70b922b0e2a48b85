// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {ICredits, Offering} from "../interfaces/ICredits.sol";
import {IShares} from "../interfaces/IShares.sol";
import {CreditMath} from "../libraries/CreditMath.sol";
import {Offerings} from "../libraries/Offerings.sol";
import {Terms} from "../libraries/Terms.sol";
import {OfferingBooks} from "./OfferingBooks.sol";

/**
 * @title RevenueSplit
 * @notice The revenue of consumed credits: it is released from escrow to shareholders, treasury and operator, of whom
 * the last two claim it.
 */
abstract contract RevenueSplit is OfferingBooks, ReentrancyGuardTransient {
    using SafeERC20 for IERC20;
    using Offerings for Offering;

    uint8 internal constant OPERATOR = 0;
    uint8 private constant TREASURY = 1;

    struct Claimed {
        uint128 operator;
        uint128 treasury;
    }

    mapping(bytes32 offering => Claimed claimed) private _claimed;
    /// @dev Accounts that took over a role. Zero: the account that the offering names.
    mapping(bytes32 offering => mapping(uint8 role => address account)) private _successors;

    /// @inheritdoc ICredits
    function release(Offering calldata o) external nonReentrant returns (uint256 amount) {
        return _release(o, _registered(o));
    }

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
        Terms.checkAccount(to);

        _successors[offering][role] = to;
        emit AccountHandedOver(offering, role, from, to);
    }

    /// @inheritdoc ICredits
    function account(Offering calldata o, uint8 role) external view returns (address) {
        return _account(o, o.id(), role);
    }

    /// @inheritdoc ICredits
    function claimable(Offering calldata o, uint8 role) external view returns (uint256) {
        return _claimable(o, o.id(), role);
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

    function _account(Offering calldata o, bytes32 offering, uint8 role) internal view returns (address) {
        if (role > TREASURY) revert Credits_UnknownRole(role);
        address successor = _successors[offering][role];
        if (successor != address(0)) return successor;
        return role == OPERATOR ? o.operator : o.treasury;
    }

    function _release(Offering calldata o, bytes32 offering) internal returns (uint256 amount) {
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

    function _claimable(Offering calldata o, bytes32 offering, uint8 role) private view returns (uint256) {
        if (role > TREASURY) revert Credits_UnknownRole(role);
        (, uint256 treasury, uint256 operator) = _split(o, _states[offering].released);
        Claimed storage claimed = _claimed[offering];
        return role == OPERATOR ? operator - claimed.operator : treasury - claimed.treasury;
    }

    function _split(Offering calldata o, uint256 revenue)
        private
        pure
        returns (uint256 holders, uint256 treasury, uint256 operator)
    {
        return CreditMath.split(revenue, o.holdersBps, o.treasuryBps);
    }
}
