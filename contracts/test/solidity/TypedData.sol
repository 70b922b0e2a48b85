// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {MessageHashUtils} from "@openzeppelin/contracts/utils/cryptography/MessageHashUtils.sol";
import {VM} from "./Vm.sol";

/// @notice EIP-712 for tests: domains of version 1, and signatures by private keys.
library TypedData {
    function domain(string memory name, uint256 chainId, address verifyingContract) internal pure returns (bytes32) {
        return keccak256(
            abi.encode(
                keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"),
                keccak256(bytes(name)),
                keccak256("1"),
                chainId,
                verifyingContract
            )
        );
    }

    /// @return signature `{bytes32 r, bytes32 s, uint8 v}`, packed.
    function sign(uint256 key, bytes32 domainSeparator, bytes32 structHash)
        internal
        pure
        returns (bytes memory signature)
    {
        (uint8 v, bytes32 r, bytes32 s) =
            VM.sign(key, MessageHashUtils.toTypedDataHash(domainSeparator, structHash));
        return abi.encodePacked(r, s, v);
    }
}
