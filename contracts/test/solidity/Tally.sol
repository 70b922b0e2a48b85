// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {VM} from "./Vm.sol";

/// @notice Counts how often what is played did something. `testing/operationCounts.ts` adds up what games wrote.
abstract contract Tally {
    /// @notice How often each operation did something. An operation is a function, or one kind of what a function does.
    mapping(bytes32 operation => uint256) public succeeded;
    bytes32[] private _operations;
    mapping(bytes32 operation => bool) private _listed;

    /// @notice The counts as one line, `operation=count,...`: of functions that did something, and of every kind.
    function tally() public view returns (string memory line) {
        for (uint256 i; i < _operations.length; ++i) {
            bytes32 operation = _operations[i];
            line = string.concat(
                line, i == 0 ? "" : ",", VM.toString(operation), "=", VM.toString(succeeded[operation])
            );
        }
    }

    /// @dev Names a kind of what functions do. A kind that never occurs is counted, too, as 0.
    function _declare(bytes32 kind) internal {
        if (_listed[kind]) return;
        _listed[kind] = true;
        _operations.push(kind);
    }

    function _done(bytes32 operation) internal {
        require(_listed[operation], "a kind that is not declared");
        ++succeeded[operation];
    }
}
