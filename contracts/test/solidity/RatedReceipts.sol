// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {Hashes} from "@openzeppelin/contracts/utils/cryptography/Hashes.sol";
import {ICredits, Offering} from "../../contracts/interfaces/ICredits.sol";
import {RateCard, RateCards} from "../../contracts/libraries/RateCards.sol";
import {Receipt, SignedReceipt} from "../../contracts/libraries/Receipts.sol";
import {BondMessages} from "./BondMessages.sol";
import {sign, typedDataHash} from "./typedData.sol";

/// @notice An offering with a rate card, and the receipts that an honest operator makes of calls.
abstract contract RatedReceipts {
    Offering internal _offering;
    RateCard internal _card;

    constructor() {
        _card.input = 250_001;
        _card.cachedInput = 25_000;
        _card.cacheWrite = 312_500;
        _card.output = 1_000_000;
        _card.reasoning = 999_999;
        _offering.rateCardHash = RateCards.hash(_card);
    }

    /// @dev The receipt after `last`, which has no sequence if there is none: some charge nothing, some less than their
    /// price. Session, offering and key are the caller's to set.
    function _next(Receipt memory last, uint256 noise) internal view returns (Receipt memory next) {
        next.id = bytes16(bytes32(noise));
        next.sequence = last.sequence + 1;
        next.rateCardHash = _offering.rateCardHash;
        bool free = (noise >> 8) % 3 == 0;
        if (!free) {
            // Small enough for the sum of a long session to fit into a voucher.
            next.input = uint24(noise >> 16);
            next.cachedInput = uint16(noise >> 40);
            next.cacheWrite = uint16(noise >> 56);
            next.output = uint24(noise >> 72);
            next.reasoning = 1 + uint64(uint16(noise >> 96));
        }
        uint256 price = _price(next);
        bool capped = !free && (noise >> 112) % 4 == 0;
        next.charge = uint64(capped ? (noise >> 120) % price : price);
        next.cumulative = last.cumulative + next.charge;
        if (last.sequence != 0) next.previous = _hash(last);
    }

    function _hash(Receipt memory receipt) internal pure returns (bytes32) {
        return BondMessages.receipt(receipt);
    }

    /// @dev Millicredits that the rate card makes of a receipt's usage.
    function _price(Receipt memory r) internal view returns (uint256) {
        uint256 microcredits = uint256(_card.input) * r.input + uint256(_card.cachedInput) * r.cachedInput
            + uint256(_card.cacheWrite) * r.cacheWrite + uint256(_card.output) * r.output
            + uint256(_card.reasoning) * r.reasoning;
        return (microcredits + 999) / 1_000;
    }

    /// @dev Signed for `credits` by a key in a batch of up to four.
    function _signedBy(uint256 key, Receipt memory receipt, ICredits credits, uint256 noise)
        internal
        view
        returns (SignedReceipt memory signed)
    {
        bytes32 root = keccak256(abi.encode(_hash(receipt)));
        signed.receipt = receipt;
        signed.proof = new bytes32[](noise % 3);
        for (uint256 i; i < signed.proof.length; ++i) {
            signed.proof[i] = keccak256(abi.encode(noise, i));
            root = Hashes.commutativeKeccak256(root, signed.proof[i]);
        }
        bytes32 batch = BondMessages.receiptBatch(root);
        signed.signature = sign(key, typedDataHash("Joulemint", block.chainid, address(credits), batch));
    }
}
