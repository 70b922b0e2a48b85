// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {VM} from "./Vm.sol";

address constant PERMIT2 = 0x000000000022D473030F116dDEE9F6B43aC78BA3;

/// @dev Permit2 itself, at its own address, where the canonical CREATE2 deployer puts it.
function deployPermit2() {
    address deployer = 0x4e59b44847b379578588920cA78FbF26c0B4956C;
    VM.etch(
        deployer,
        hex"7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe03601600081602082378035828234f58015156039578182fd5b8082525050506014600cf3"
    );
    string memory json = VM.readFile("testing/data/permit2.json");
    bytes32 salt = VM.parseJsonBytes32(json, ".salt");
    (bool success,) = deployer.call(bytes.concat(salt, VM.parseJsonBytes(json, ".initCode")));
    require(success && PERMIT2.code.length != 0, "Permit2");
}
