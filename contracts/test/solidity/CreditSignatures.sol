// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {ICredits, Offering, Order, Payment} from "../../contracts/interfaces/ICredits.sol";
import {sign, signShort, typedDataHash} from "./typedData.sol";

/// @notice What is signed for `Credits`: by operators, by owners and payers of credits, and by the signers of sessions.
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

    /// @notice The operator's for `register`.
    function registration(ICredits credits, Offering memory o, uint256 key) internal view returns (bytes memory) {
        return sign(key, digest(credits, block.chainid, credits.offeringId(o)));
    }

    /// @notice A row of `settle`: the voucher of a session's signer.
    function voucherRow(ICredits credits, bytes32 session, uint48 cumulative, uint256 key)
        internal
        view
        returns (bytes memory)
    {
        (bytes32 r, bytes32 vs) = signShort(key, credits.voucherDigest(session, cumulative, 0));
        return abi.encodePacked(session, cumulative, bytes32(0), r, vs);
    }

    /// @notice Struct hash of what an owner signs for `openFor`, without a deadline.
    function openingHash(bytes32 offering, Order memory order) internal pure returns (bytes32) {
        return keccak256(abi.encode(OPEN_TYPEHASH, offering, order, type(uint256).max));
    }

    /// @notice Struct hash of an order, whose nonce is its payer's to choose.
    function orderHash(bytes32 offering, Order memory order, uint256 nonce) internal pure returns (bytes32) {
        return keccak256(abi.encode(ORDER_TYPEHASH, offering, order, nonce));
    }

    /// @notice Struct hash of what a payer signs for the payment token (EIP-3009), without a deadline.
    function authorizationHash(ICredits credits, Offering memory o, Order memory order, uint256 nonce, address payer)
        internal
        pure
        returns (bytes32)
    {
        uint256 cost = (order.credits * uint256(o.pricePerMillion) + 1e9 - 1) / 1e9;
        bytes32 ordered = orderHash(credits.offeringId(o), order, nonce);
        return keccak256(
            abi.encode(AUTHORIZATION_TYPEHASH, payer, address(credits), cost, 0, type(uint256).max, ordered)
        );
    }

    /// @notice For `openFor`, without a deadline.
    function opening(ICredits credits, bytes32 offering, Order memory order, uint256 key)
        internal
        view
        returns (bytes memory signature)
    {
        return sign(key, digest(credits, block.chainid, openingHash(offering, order)));
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
        bytes32 structHash = authorizationHash(credits, o, order, nonce, payer);
        bytes memory signature =
            sign(key, typedDataHash("Test Dollar", block.chainid, o.paymentToken, structHash));
        return Payment(payer, 1, nonce, type(uint256).max, signature);
    }
}
