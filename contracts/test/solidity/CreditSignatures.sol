// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {ICredits, Offering, Order, Payment} from "../../contracts/interfaces/ICredits.sol";
import {sign, typedDataHash} from "./typedData.sol";

/// @notice What the owners of credits sign: openings and payments of an offering's credits.
library CreditSignatures {
    bytes32 private constant OPEN_TYPEHASH = keccak256(
        "Open(bytes32 offering,address owner,address signer,bytes32 salt,uint48 credits,uint256 deadline)"
    );
    bytes32 private constant ORDER_TYPEHASH = keccak256(
        "Order(bytes32 offering,address owner,address signer,bytes32 salt,uint48 credits,uint256 nonce)"
    );
    bytes32 private constant AUTHORIZATION_TYPEHASH = keccak256(
        "ReceiveWithAuthorization(address from,address to,uint256 value,uint256 validAfter,uint256 validBefore,bytes32 nonce)"
    );

    /// @notice Digest of a message for `credits` on a chain.
    function digest(ICredits credits, uint256 chainId, bytes32 structHash) internal pure returns (bytes32) {
        return typedDataHash("Joulemint Credits", chainId, address(credits), structHash);
    }

    /// @notice For `openFor`, without a deadline.
    function opening(ICredits credits, bytes32 offering, Order memory order, uint256 key)
        internal
        view
        returns (bytes memory signature)
    {
        bytes32 structHash = keccak256(abi.encode(OPEN_TYPEHASH, offering, order, type(uint256).max));
        return sign(key, digest(credits, block.chainid, structHash));
    }

    /// @notice A payment of `payer` for `purchase` by EIP-3009, whose nonce is the hash of the order.
    function authorization(
        ICredits credits,
        Offering memory o,
        Order memory order,
        uint256 nonce,
        address payer,
        uint256 key
    ) internal view returns (Payment memory) {
        uint256 cost = (order.credits * uint256(o.pricePerMillion) + 1e9 - 1) / 1e9;
        bytes32 orderHash = keccak256(abi.encode(ORDER_TYPEHASH, credits.offeringId(o), order, nonce));
        bytes32 structHash = keccak256(
            abi.encode(AUTHORIZATION_TYPEHASH, payer, address(credits), cost, 0, type(uint256).max, orderHash)
        );
        bytes memory signature =
            sign(key, typedDataHash("Test Dollar", block.chainid, o.paymentToken, structHash));
        return Payment(payer, 1, nonce, type(uint256).max, signature);
    }
}
