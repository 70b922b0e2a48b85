// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {Shares} from "../../contracts/Shares.sol";
import {deploy} from "./deploy.sol";
import {VM} from "./Vm.sol";

/// @notice What the test runner plays with: each of its functions is an operation, and counts whether it did something.
abstract contract Handler {
    /// @notice How often each operation did something. An operation is a function, or one kind of what a function does.
    mapping(bytes32 operation => uint256) public succeeded;
    bytes32[] private _operations;
    mapping(bytes32 operation => bool) private _listed;

    /// @notice The counts as one line, `operation=count,...`: of functions that did something, and of every kind.
    function tally() external view returns (string memory line) {
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

    /// @dev The function that the runner called did something.
    function _done() internal virtual {
        _declare(msg.sig);
        _done(msg.sig);
    }

    function _done(bytes32 operation) internal {
        require(_listed[operation], "a kind that is not declared");
        ++succeeded[operation];
    }

    /// @dev A model of that token's revenue.
    function _newShares(IERC20 token, address[] memory holders, uint64[] memory amounts) internal returns (Shares) {
        return Shares(deploy("Shares", abi.encode("Model", "MODEL", token, address(this), holders, amounts)));
    }
}
