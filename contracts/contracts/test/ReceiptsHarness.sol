// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {RateCard} from "../libraries/RateCards.sol";
import {Receipt, SignedReceipt} from "../libraries/Receipts.sol";

/// @notice Opens `Receipts` to tests, so that the vectors of `packages/protocol` run against it.
contract ReceiptsHarness {
    function hash(Receipt calldata receipt) external pure returns (bytes32) {
        return receipt.hash();
    }

    function root(SignedReceipt calldata signed) external pure returns (bytes32) {
        return signed.root();
    }

    function signerOf(SignedReceipt calldata signed, address credits) external view returns (address) {
        return signed.signer(credits);
    }

    function rated(Receipt calldata receipt, RateCard calldata card) external pure returns (uint256) {
        return receipt.rated(card);
    }

    function begins(Receipt calldata first) external pure returns (bool) {
        return first.begins();
    }

    function precedes(Receipt calldata receipt, Receipt calldata next) external pure returns (bool) {
        return receipt.precedes(next);
    }
}
