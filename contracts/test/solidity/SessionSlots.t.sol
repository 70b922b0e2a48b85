// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {SessionSlot, SessionSlots} from "../../contracts/libraries/SessionSlots.sol";

/// @notice A session is three values in the word that plain packing makes of them.
contract SessionSlotsTest {
    function testFuzz_packsLikePlainSolidity(address signer, uint48 cap, uint48 used) public pure {
        _check(_packed(signer, cap, used), signer, cap, used);
        _check(SessionSlots.opened(signer, cap), signer, cap, 0);
    }

    function testFuzz_leavesTheOthers(address signer, uint48 cap, uint48 used, uint48 raised) public pure {
        SessionSlot slot = _packed(signer, cap, used);
        _check(slot.withCap(raised), signer, raised, used);
        _check(slot.closed(), signer, 0, used);
    }

    function _packed(address signer, uint48 cap, uint48 used) private pure returns (SessionSlot) {
        return SessionSlot.wrap(uint256(bytes32(abi.encodePacked(signer, cap, used))));
    }

    function _check(SessionSlot slot, address signer, uint48 cap, uint48 used) private pure {
        require(SessionSlot.unwrap(slot) == SessionSlot.unwrap(_packed(signer, cap, used)), "word");
        require(slot.signer() == signer && slot.cap() == cap && slot.used() == used, "values");
    }
}
