// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {MarketState} from "./MarketState.sol";
import {NewSlots} from "./NewSlots.sol";
import {VM} from "./Vm.sol";

/// @notice Which storage slots of ours an operation may fill for the first time.
abstract contract Thrift is MarketState {
    /// @notice Whether an operation filled more storage slots for the first time than it must.
    bool public slotsExceeded;
    uint256 internal _allowedSlots;
    bool private _counting;
    /// @dev When the votes of a delegatee last changed; zero: never.
    mapping(address delegatee => uint256) private _checkpointAt;

    /// @dev An operation that creates no storage slot of ours but those that it allows itself.
    modifier thrifty() {
        if (_counting) {
            _;
            return;
        }
        _counting = true;
        _allowedSlots = 0;
        VM.startStateDiffRecording();
        _;
        if (NewSlots.count(address(credits), address(shares)) > _allowedSlots) slotsExceeded = true;
        _counting = false;
    }

    /// @dev Votes go from one delegatee to another, of whom either may be nobody.
    function _allowCheckpoints(address from, address to, uint256 votes) internal {
        if (from == to || votes == 0) return;
        _allowCheckpoint(from);
        _allowCheckpoint(to);
    }

    /// @dev One for each second in which votes change, and once the length of the list.
    function _allowCheckpoint(address delegatee) private {
        uint256 last = _checkpointAt[delegatee];
        if (delegatee == address(0) || last == _time) return;
        _allowedSlots += last == 0 ? 2 : 1;
        _checkpointAt[delegatee] = _time;
    }
}
