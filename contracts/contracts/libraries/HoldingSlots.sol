// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

/// @notice What one account holds of a model, in one word: `{int184 correction, bool delegated, uint64 balance}`, from
/// the highest bit down. See `RevenueMath` for `correction` and its bounds.
type HoldingSlot is uint256;

using HoldingSlots for HoldingSlot global;

/**
 * @title HoldingSlots
 * @notice Packs holdings by hand, so that a claim or a transfer reads and writes each of them exactly once.
 */
library HoldingSlots {
    uint256 private constant BALANCE = type(uint64).max;
    uint256 private constant DELEGATED = 1 << 64;
    uint256 private constant CORRECTION_OFFSET = 72;
    uint256 private constant NOT_CORRECTION = (1 << CORRECTION_OFFSET) - 1;

    /// @notice Shares of the holder.
    function balance(HoldingSlot slot) internal pure returns (uint256) {
        return HoldingSlot.unwrap(slot) & BALANCE;
    }

    /// @notice Whether the holder has a delegate: what lets a transfer between holders without one skip the votes.
    function delegated(HoldingSlot slot) internal pure returns (bool) {
        return HoldingSlot.unwrap(slot) & DELEGATED != 0;
    }

    /// @notice What separates the holder's unclaimed revenue from its balance times the revenue per share.
    function correction(HoldingSlot slot) internal pure returns (int256) {
        return int256(HoldingSlot.unwrap(slot)) >> CORRECTION_OFFSET;
    }

    /// @notice The holding with another balance, below 2^64.
    function withBalance(HoldingSlot slot, uint256 shares) internal pure returns (HoldingSlot) {
        return HoldingSlot.wrap(HoldingSlot.unwrap(slot) & ~BALANCE | shares);
    }

    /// @notice The holding with or without a delegate.
    function withDelegated(HoldingSlot slot, bool value) internal pure returns (HoldingSlot) {
        uint256 others = HoldingSlot.unwrap(slot) & ~DELEGATED;
        return HoldingSlot.wrap(value ? others | DELEGATED : others);
    }

    /// @notice The holding with another correction, within the bounds of int184.
    function withCorrection(HoldingSlot slot, int256 value) internal pure returns (HoldingSlot) {
        return HoldingSlot.wrap(HoldingSlot.unwrap(slot) & NOT_CORRECTION | uint256(value) << CORRECTION_OFFSET);
    }
}
