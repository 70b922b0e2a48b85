// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {HoldingSlot} from "../../contracts/libraries/HoldingSlots.sol";

/// @notice A holding is three values that do not touch each other.
contract HoldingSlotsTest {
    function testFuzz_keepsWhatItIsGiven(uint256 before, uint64 shares, int184 correction, bool delegated)
        public
        pure
    {
        HoldingSlot slot = HoldingSlot.wrap(before);
        HoldingSlot upwards = slot.withBalance(shares).withDelegated(delegated).withCorrection(correction);
        HoldingSlot downwards = slot.withCorrection(correction).withDelegated(delegated).withBalance(shares);
        _check(upwards, shares, correction, delegated);
        _check(downwards, shares, correction, delegated);
    }

    /// @notice Writing one value leaves the others.
    function testFuzz_leavesTheOthers(uint256 before, uint64 shares, int184 correction, bool delegated) public pure {
        HoldingSlot slot = HoldingSlot.wrap(before);
        uint64 oldShares = uint64(slot.balance());
        int184 oldCorrection = int184(slot.correction());
        _check(slot.withBalance(shares), shares, oldCorrection, slot.delegated());
        _check(slot.withDelegated(delegated), oldShares, oldCorrection, delegated);
        _check(slot.withCorrection(correction), oldShares, correction, slot.delegated());
    }

    function _check(HoldingSlot slot, uint64 shares, int184 correction, bool delegated) private pure {
        require(slot.balance() == shares, "balance");
        require(slot.correction() == correction, "correction");
        require(slot.delegated() == delegated, "delegated");
    }
}
