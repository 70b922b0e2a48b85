// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

/**
 * @title Permit2
 * @notice The part of Uniswap's Permit2 that Joulemint uses. https://github.com/Uniswap/permit2
 */
interface IPermit2 {
    /**
     * @notice What may be moved.
     * @param token The ERC-20 that moves.
     * @param amount Base units, at most.
     */
    struct TokenPermissions {
        address token;
        uint256 amount;
    }

    /**
     * @notice What an owner signs for, once.
     * @param permitted What may be moved.
     * @param nonce Any that the owner has not used.
     * @param deadline Last second, in Unix time, at which the signature is good.
     */
    struct PermitTransferFrom {
        TokenPermissions permitted;
        uint256 nonce;
        uint256 deadline;
    }

    /**
     * @notice What the spender does with it.
     * @param to Receives the tokens.
     * @param requestedAmount Base units, at most what is permitted.
     */
    struct SignatureTransferDetails {
        address to;
        uint256 requestedAmount;
    }

    /**
     * @notice Moves tokens of `owner`, who signed for the caller as spender and for `witness`.
     * @dev Trust: Permit2 is trusted with what it was approved for. Reverts when the signature is not the owner's (of a
     * key, or by ERC-1271), was used, is too old or is of other terms, and as the token does.
     * @param permit What the owner signed.
     * @param transferDetails What the caller does with it; not signed.
     * @param owner Whose tokens move.
     * @param witness EIP-712 struct hash of what the money is for.
     * @param witnessTypeString The rest of the EIP-712 type, from the witness's name on.
     * @param signature Of the key `owner`, or as the contract `owner` judges (ERC-1271).
     */
    function permitWitnessTransferFrom(
        PermitTransferFrom calldata permit,
        SignatureTransferDetails calldata transferDetails,
        address owner,
        bytes32 witness,
        string calldata witnessTypeString,
        bytes calldata signature
    ) external;
}
