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
function signShort(uint256 privateKey, bytes32 digest) pure returns (bytes32, bytes32) {
    (uint8 v, bytes32 r, bytes32 s) = VM.sign(privateKey, digest);
    return (r, short(v, s));
}

/// @dev The second word, as far as it can hold `s`.
function short(uint8 v, bytes32 s) pure returns (bytes32) {
    return bytes32(uint256(s) << 1 >> 1 | uint256(v - 27) << 255);
}

/// @dev What is other in the other signature of the same key for the same digest.
function twin(uint8 v, bytes32 s) pure returns (uint8, bytes32) {
    uint256 order = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141;
    return (55 - v, bytes32(order - uint256(s)));
}

/// @dev A signature of 65 bytes.
function sign(uint256 privateKey, bytes32 digest) pure returns (bytes memory) {
    (uint8 v, bytes32 r, bytes32 s) = VM.sign(privateKey, digest);
    return abi.encodePacked(r, s, v);
}
