// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

/**
 * @notice A session in one word: `{address signer, uint48 cap, uint48 used}`, from the highest bit down.
 * @dev Never opened: all zero. Closed: `cap` is zero and `signer` is not, for ever. Hence a cap of zero is the one test
 * for "not open", and an empty slot is never a valid signer.
 */
type SessionSlot is uint256;

using SessionSlots for SessionSlot global;

/**
 * @title SessionSlots
 * @notice Packs sessions by hand, so that settling reads and writes each of them exactly once.
 */
library SessionSlots {
    uint256 private constant MASK = type(uint48).max;

    /// @notice A session that was just opened under the signer `key`.
    function opened(address key, uint48 credits) internal pure returns (SessionSlot) {
        return SessionSlot.wrap(uint256(uint160(key)) << 96 | uint256(credits) << 48);
    }

    /// @notice Whose vouchers spend the session; zero if it was never opened.
    function signer(SessionSlot slot) internal pure returns (address) {
        return address(uint160(SessionSlot.unwrap(slot) >> 96));
    }

    /// @notice Millicredits ever locked in the session; zero if it is not open.
    function cap(SessionSlot slot) internal pure returns (uint256) {
        return SessionSlot.unwrap(slot) >> 48 & MASK;
    }

    /// @notice Millicredits consumed so far.
    function used(SessionSlot slot) internal pure returns (uint256) {
        return SessionSlot.unwrap(slot) & MASK;
    }

    /// @notice The session with `credits`, below 2^48, locked in it.
    function withCap(SessionSlot slot, uint256 credits) internal pure returns (SessionSlot) {
        return SessionSlot.wrap(SessionSlot.unwrap(slot) & ~(MASK << 48) | credits << 48);
    }

    /// @notice The session closed for ever.
    function closed(SessionSlot slot) internal pure returns (SessionSlot) {
        return withCap(slot, 0);
    }
}
