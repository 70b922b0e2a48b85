// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {Handler} from "./Handler.sol";
import {VM} from "./Vm.sol";

/// @notice Plays games of random operations with one handler. `testing/operationCounts.ts` adds up what they did.
abstract contract HandlerTest {
    /// @dev Names what the runner may call.
    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(_handler());
    }

    /// @dev The runner calls this after every game. Games are played in parallel, so that the ends of lines are anywhere.
    function afterInvariant() external {
        VM.writeLine("cache/operations.txt", string.concat(_name(), ":", _handler().tally(), ";"));
    }

    /// @dev What an invariant played by itself, of which the runner forgets everything but this.
    function _write(string memory tally) internal {
        VM.writeLine("cache/operations.txt", string.concat(_name(), "+:", tally, ";"));
    }

    /// @dev Plays some of these operations, with arguments by chance.
    function _play(bytes4[] storage operations, uint256 times, uint256 seed) internal {
        for (uint256 i; i < times; ++i) {
            seed = uint256(keccak256(abi.encode(seed)));
            // As many as any operation takes.
            uint256[5] memory arguments;
            for (uint256 j; j < arguments.length; ++j) {
                arguments[j] = uint256(keccak256(abi.encode(seed, j)));
            }
            (bool success,) =
                address(_handler()).call(abi.encodePacked(operations[seed % operations.length], arguments));
            require(success, "an operation failed");
        }
    }

    function _handler() internal view virtual returns (Handler);

    /// @dev Name of the handler's contract.
    function _name() internal pure virtual returns (string memory);
}
