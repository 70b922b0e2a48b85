// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {MerkleProof} from "@openzeppelin/contracts/utils/cryptography/MerkleProof.sol";
import {MessageHashUtils} from "@openzeppelin/contracts/utils/cryptography/MessageHashUtils.sol";
import {RateCard, RateCards} from "./RateCards.sol";

/**
 * @notice What a factory signs for one call, as the words that are hashed: texts are given as their keccak256.
 * @dev The fields are those of the EIP-712 type `Receipt`, in its order. What is not explained here, no contract reads.
 * @param id UUIDv7 of the call.
 * @param receiptKey The key that signs the receipt.
 * @param session Session that paid for the call.
 * @param offering Id of the session's offering.
 * @param sequence Position in the session's receipt chain, from 1 on.
 * @param previous Hash of the receipt before it; zero for the first.
 * @param tier 0 realtime, 1 standard, 2 batch.
 * @param input Tokens of the prompt, without those of the next two classes. No token is in two of the five classes.
 * @param cachedInput Tokens of the prompt that were read from a cache.
 * @param cacheWrite Tokens of the prompt that were written to a cache.
 * @param output Tokens of the answer, without those of the next class.
 * @param reasoning Tokens of reasoning.
 * @param usageProvenance Hash of the text that says where the token counts come from.
 * @param rateCardHash Hash of the rate card that priced the call.
 * @param charge Millicredits of this call.
 * @param cumulative Millicredits of the session's chain, up to and including this call.
 * @param energyProvenance Hash of the text that says where the energy comes from.
 * @param finishReason Hash of the text that says why the answer ended.
 * @param flags Hash of the names of anomalies, in ascending order, joined by commas.
 */
struct Receipt {
    bytes16 id;
    address receiptKey;
    bytes32 session;
    bytes32 offering;
    uint64 sequence;
    bytes32 previous;
    bytes32 requestHash;
    bytes32 responseHash;
    uint8 tier;
    uint64 input;
    uint64 cachedInput;
    uint64 cacheWrite;
    uint64 output;
    uint64 reasoning;
    uint64 produced;
    uint64 delivered;
    bytes32 usageProvenance;
    bytes32 rateCardHash;
    uint64 charge;
    uint64 cumulative;
    uint64 energyMillijoules;
    bytes32 energyProvenance;
    bytes32 finishReason;
    bytes32 flags;
    uint64 startedAt;
    uint64 endedAt;
}

/**
 * @notice A receipt with what its key signed: the Merkle root of a batch that the receipt is in.
 * @param receipt The receipt.
 * @param proof Siblings on the way from the receipt's leaf to the root; none in a batch of one.
 * @param signature ECDSA of the typed data `ReceiptBatch(bytes32 root)`, 65 bytes, low s only.
 */
struct SignedReceipt {
    Receipt receipt;
    bytes32[] proof;
    bytes signature;
}

using Receipts for Receipt global;
using Receipts for SignedReceipt global;

/**
 * @title Receipts
 * @notice Lets a contract read what a receipt key signed. Twin of `packages/protocol`; both run the same vectors.
 */
library Receipts {
    bytes32 internal constant TYPEHASH = keccak256(
        "Receipt(bytes16 id,address receiptKey,bytes32 session,bytes32 offering,uint64 sequence,bytes32 previous,"
        "bytes32 requestHash,bytes32 responseHash,uint8 tier,uint64 input,uint64 cachedInput,uint64 cacheWrite,"
        "uint64 output,uint64 reasoning,uint64 produced,uint64 delivered,string usageProvenance,bytes32 rateCardHash,"
        "uint64 charge,uint64 cumulative,uint64 energyMillijoules,string energyProvenance,string finishReason,"
        "string flags,uint64 startedAt,uint64 endedAt)"
    );

    bytes32 private constant BATCH_TYPEHASH = keccak256("ReceiptBatch(bytes32 root)");

    /// @dev Name, version, chain id and verifying contract, as ERC-5267 numbers them.
    bytes1 private constant DOMAIN_FIELDS = 0x0f;
    bytes32 private constant DOMAIN_NAME = keccak256("Joulemint");
    bytes32 private constant DOMAIN_VERSION = keccak256("1");

    /// @notice EIP-712 struct hash of a receipt: what its successor and the session's vouchers name it by.
    function hash(Receipt calldata receipt) internal pure returns (bytes32) {
        return keccak256(abi.encode(TYPEHASH, receipt));
    }

    /// @notice Root of the batch that a receipt's proof leads to. A leaf is hashed from 32 bytes and a node from 64, so
    /// that neither passes for the other.
    function root(SignedReceipt calldata signed) internal pure returns (bytes32) {
        bytes32 leaf = keccak256(abi.encode(hash(signed.receipt)));
        return MerkleProof.processProofCalldata(signed.proof, leaf);
    }

    /// @notice Whose key signed a receipt's batch, for the `Credits` at `credits` on this chain. Reverts with the
    /// errors of `ECDSA`.
    function signer(SignedReceipt calldata signed, address credits) internal view returns (address) {
        bytes32 domain = MessageHashUtils.toDomainSeparator(
            DOMAIN_FIELDS, DOMAIN_NAME, DOMAIN_VERSION, block.chainid, credits, bytes32(0)
        );
        bytes32 batch = keccak256(abi.encode(BATCH_TYPEHASH, root(signed)));
        return ECDSA.recoverCalldata(MessageHashUtils.toTypedDataHash(domain, batch), signed.signature);
    }

    /// @notice Millicredits that `card` makes of a receipt's usage. The other meters measure nothing that a receipt
    /// has.
    function rated(Receipt calldata receipt, RateCard calldata card) internal pure returns (uint256) {
        uint64[16] memory quantities;
        quantities[0] = receipt.input;
        quantities[1] = receipt.cachedInput;
        quantities[2] = receipt.cacheWrite;
        quantities[3] = receipt.output;
        quantities[4] = receipt.reasoning;
        return RateCards.charge(abi.decode(abi.encode(card), (uint64[16])), quantities);
    }

    /// @notice Whether a receipt begins its session's chain as a first receipt must.
    function begins(Receipt calldata first) internal pure returns (bool) {
        return first.sequence == 1 && first.previous == 0 && first.cumulative == first.charge;
    }

    /// @notice Whether `next` comes right after `receipt` in its session's chain, and says so in every respect.
    function precedes(Receipt calldata receipt, Receipt calldata next) internal pure returns (bool) {
        return next.previous == hash(receipt) && next.session == receipt.session && next.offering == receipt.offering
            && next.sequence == uint256(receipt.sequence) + 1
            && next.cumulative == uint256(receipt.cumulative) + next.charge;
    }
}
