// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

/**
 * @title Consumptions
 * @notice Identifies the exercise of rights out of a wallet.
 */
library Consumptions {
    bytes32 private constant TYPEHASH = keccak256(
        "Consumption(bytes32 offering,address owner,bytes32 subject,uint256 credits,uint256 sequence)"
    );

    /// @notice EIP-712 struct hash of a consumption, which is its receipt.
    function hash(bytes32 offering, address owner, bytes32 subject, uint256 credits, uint256 sequence)
        internal
        pure
        returns (bytes32)
    {
        return keccak256(abi.encode(TYPEHASH, offering, owner, subject, credits, sequence));
    }
}
