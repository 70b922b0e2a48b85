// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {VM} from "./Vm.sol";

/// @dev Deploys a contract by its name. What is tested is the bytecode that users get, and nothing carries copies of it for the
/// compiler to compile again.
function deploy(string memory name) returns (address deployed) {
    return deploy(name, "");
}

function deploy(string memory name, bytes memory arguments) returns (address deployed) {
    bytes memory code = bytes.concat(VM.getCode(name), arguments);
    assembly ("memory-safe") {
        deployed := create(0, add(code, 0x20), mload(code))
    }
    require(deployed != address(0), name);
}
