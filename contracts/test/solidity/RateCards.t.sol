// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {RateCard, RateCards} from "../../contracts/libraries/RateCards.sol";
import {Receipt} from "../../contracts/libraries/Receipts.sol";

/// @notice Charges and hashes are those of slower and plainer calculations.
contract RateCardsTest {
    function testFuzz_chargesTheSumRoundedUpOnce(uint64[16] memory weights, uint64[16] memory quantities)
        public
        pure
    {
        require(RateCards.charge(weights, quantities) == _charge(weights, quantities), "charge");
    }

    /// @notice Sums just below, at and above a whole millicredit, where rounding shows.
    function testFuzz_roundsUpWhatIsNoWhole(uint64[16] memory weights, uint64[16] memory quantities, uint8 beyond)
        public
        pure
    {
        (weights[15], quantities[15]) = (1, 0);
        uint256 microcredits;
        for (uint256 i; i < 15; ++i) {
            microcredits += uint256(weights[i]) * quantities[i];
        }
        quantities[15] = uint64(999 - microcredits % 1_000 + beyond % 3);
        require(RateCards.charge(weights, quantities) == _charge(weights, quantities), "charge");
    }

    /// @notice A receipt is rated by its tokens in five classes, and by nothing else that it says.
    function testFuzz_ratesTokens(Receipt calldata receipt, RateCard calldata card) public pure {
        uint64[16] memory weights;
        uint64[16] memory quantities;
        (weights[0], quantities[0]) = (card.input, receipt.input);
        (weights[1], quantities[1]) = (card.cachedInput, receipt.cachedInput);
        (weights[2], quantities[2]) = (card.cacheWrite, receipt.cacheWrite);
        (weights[3], quantities[3]) = (card.output, receipt.output);
        (weights[4], quantities[4]) = (card.reasoning, receipt.reasoning);
        require(receipt.rated(card) == _charge(weights, quantities), "rated");
    }

    /// @notice The struct hash covers a word for each meter, in their order.
    function testFuzz_hashesAWordForEachMeter(uint64[16] memory weights) public pure {
        RateCard memory card = RateCard({
            input: weights[0],
            cachedInput: weights[1],
            cacheWrite: weights[2],
            output: weights[3],
            reasoning: weights[4],
            image: weights[5],
            audio: weights[6],
            video: weights[7],
            action: weights[8],
            computeSecond: weights[9],
            conversation: weights[10],
            outcome: weights[11],
            workflow: weights[12],
            seat: weights[13],
            spare1: weights[14],
            spare2: weights[15]
        });
        bytes memory words = bytes.concat(RateCards.TYPEHASH);
        for (uint256 i; i < 16; ++i) {
            words = bytes.concat(words, bytes32(uint256(weights[i])));
        }
        require(RateCards.hash(card) == keccak256(words), "hash");
    }

    /// @dev Millicredits and the rest of each product apart, and what the rests amount to at the end.
    function _charge(uint64[16] memory weights, uint64[16] memory quantities) private pure returns (uint256 charge) {
        uint256 rests;
        for (uint256 i; i < 16; ++i) {
            uint256 microcredits = uint256(weights[i]) * quantities[i];
            charge += microcredits / 1_000;
            rests += microcredits % 1_000;
        }
        charge += rests / 1_000;
        if (rests % 1_000 != 0) ++charge;
    }
}
