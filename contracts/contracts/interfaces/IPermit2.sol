// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

/**
 * @title Permit2
 * @notice The part of Uniswap's Permit2 that Joulemint uses. https://github.com/Uniswap/permit2
 */
interface IPermit2 {
    /// @notice What may be moved: at most `amount` base units of `token`.
    struct TokenPermissions {
        address token;
        uint256 amount;
    }

    /// @notice What an owner signs for: once, as `nonce` can be used once, and until `deadline`, in Unix seconds.
    struct PermitTransferFrom {
        TokenPermissions permitted;
        uint256 nonce;
        uint256 deadline;
    }

    /// @notice What the spender does with it: where to, and how much, up to what is permitted.
    struct SignatureTransferDetails {
        address to;
        uint256 requestedAmount;
    }

    /**
     * @notice Moves tokens of `owner`, who signed for the caller as spender and for `witness`.
     * @dev Trust: Permit2 is trusted with what it was approved for. Reverts when the signature is not the owner's (of a key,
     * or by ERC-1271), was used, is too old or is of other terms, and as the token does.
     * @param witness EIP-712 struct hash of what the money is for.
     * @param witnessTypeString The rest of the EIP-712 type, from the witness's name on.
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
