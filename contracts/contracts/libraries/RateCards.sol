// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

/**
 * @notice What one unit of each meter costs, in micro-credits (1 credit = 1e6 micro-credits).
 * @dev The order of the fields is that of the meters in `RateCards.charge`.
 */
struct RateCard {
    uint64 input;
    uint64 cachedInput;
    uint64 cacheWrite;
    uint64 output;
    uint64 reasoning;
    uint64 image;
    uint64 audio;
    uint64 video;
    uint64 action;
    uint64 computeSecond;
    uint64 conversation;
    uint64 outcome;
    uint64 workflow;
    uint64 seat;
    uint64 spare1;
    uint64 spare2;
}

/**
 * @title RateCards
 * @notice Lets a contract check what a receipt charges against the rate card that its offering names.
 */
library RateCards {
    /// @dev Meters of a rate card.
    uint256 internal constant METERS = 16;

    /// @dev Micro-credits in a millicredit.
    uint256 internal constant MICROCREDITS_PER_MILLICREDIT = 1_000;

    bytes32 internal constant TYPEHASH = keccak256(
        "RateCard(uint64 input,uint64 cachedInput,uint64 cacheWrite,uint64 output,uint64 reasoning,uint64 image,"
        "uint64 audio,uint64 video,uint64 action,uint64 computeSecond,uint64 conversation,uint64 outcome,"
        "uint64 workflow,uint64 seat,uint64 spare1,uint64 spare2)"
    );

    /// @notice EIP-712 struct hash of a rate card: the `rateCardHash` of an offering.
    function hash(RateCard memory card) internal pure returns (bytes32) {
        return keccak256(abi.encode(TYPEHASH, card));
    }

    /**
     * @notice Millicredits that a receipt charges: the sum of weight x quantity, rounded up once.
     * @param weights Micro-credits per unit of each meter, in the order of `RateCard`.
     * @param quantities Units of each meter.
     */
    function charge(uint64[METERS] memory weights, uint64[METERS] memory quantities) internal pure returns (uint256) {
        uint256 microcredits;
        for (uint256 i; i < METERS; ++i) {
            microcredits += uint256(weights[i]) * quantities[i];
        }
        return (microcredits + MICROCREDITS_PER_MILLICREDIT - 1) / MICROCREDITS_PER_MILLICREDIT;
    }
}
