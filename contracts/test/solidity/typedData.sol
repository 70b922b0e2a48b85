// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {VM} from "./Vm.sol";

/// @dev Digest of a message for the contract of a name, in its version 1, at an address of a chain. Reads no chain id itself:
/// the compiler takes it for the same all through a test.
function typedDataHash(string memory name, uint256 chainId, address verifyingContract, bytes32 structHash)
    pure
    returns (bytes32)
{
    bytes32 domain = keccak256(
        abi.encode(
            keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"),
            keccak256(bytes(name)),
            keccak256("1"),
            chainId,
            verifyingContract
        )
    );
    return keccak256(abi.encodePacked(hex"1901", domain, structHash));
}

/// @dev A signature in two words, as vouchers carry it (ERC-2098).
function signShort(uint256 privateKey, bytes32 digest) pure returns (bytes32 r, bytes32 vs) {
    uint8 v;
    bytes32 s;
    (v, r, s) = VM.sign(privateKey, digest);
    vs = bytes32(uint256(s) | uint256(v - 27) << 255);
}

/// @dev A signature of 65 bytes.
function sign(uint256 privateKey, bytes32 digest) pure returns (bytes memory) {
    (uint8 v, bytes32 r, bytes32 s) = VM.sign(privateKey, digest);
    return abi.encodePacked(r, s, v);
}
