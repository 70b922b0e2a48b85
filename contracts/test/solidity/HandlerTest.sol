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

    function _handler() internal view virtual returns (Handler);

    /// @dev Name of the handler's contract.
    function _name() internal pure virtual returns (string memory);
}
