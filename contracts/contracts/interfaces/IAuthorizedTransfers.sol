// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

/**
 * @title Authorized transfers
 * @notice EIP-3009 as payment tokens have it: with the three parts of a key's signature, and, newer ones, with a
 * contract's.
 */
interface IAuthorizedTransfers {
    /**
     * @notice Moves `value` base units that `from` authorized to the caller, who must be `to`.
     * @dev Trust: the payment token's. Reverts outside of `validAfter` and `validBefore`, when the
     * authorization was used or cancelled, and when the signature is not the key's whose address is `from`.
     * @param from Whose tokens move.
     * @param to Receives them: the caller.
     * @param value Base units.
     * @param validAfter Unix time after which the authorization is good.
     * @param validBefore Unix time before which it is good.
     * @param nonce Unique for `from`; here the hash of an order.
     * @param v Of the signature, 27 or 28.
     * @param r First half of the signature.
     * @param s Second half of the signature.
     */
    function receiveWithAuthorization(
        address from,
        address to,
        uint256 value,
        uint256 validAfter,
        uint256 validBefore,
        bytes32 nonce,
        uint8 v,
        bytes32 r,
        bytes32 s
    ) external;

    /**
     * @notice The same with a signature of any form, which a contract may judge (ERC-1271).
     * @param from Whose tokens move.
     * @param to Receives them: the caller.
     * @param value Base units.
     * @param validAfter Unix time after which the authorization is good.
     * @param validBefore Unix time before which it is good.
     * @param nonce Unique for `from`; here the hash of an order.
     * @param signature Of the key `from`, or as the contract `from` judges (ERC-1271).
     */
    function receiveWithAuthorization(
        address from,
        address to,
        uint256 value,
        uint256 validAfter,
        uint256 validBefore,
        bytes32 nonce,
        bytes calldata signature
    ) external;
}
