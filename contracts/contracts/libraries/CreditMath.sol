// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

/**
 * @title CreditMath
 * @notice What credits cost and how their revenue is divided, in base units of the payment token.
 * @dev Twin of `packages/economics`; both run `packages/economics/vectors`. No function overflows for prices below 2^64
 * and fewer than 2^80 millicredits.
 */
library CreditMath {
    /// @dev Millicredits in a million credits, the quantity that a price is quoted for.
    uint256 internal constant MILLICREDITS_PER_MILLION = 1e9;

    /// @dev The whole, in 1/10,000.
    uint256 internal constant WHOLE_BPS = 10_000;

    /// @notice Price of `credits` millicredits, rounded up: never sold below price.
    function purchaseCost(uint256 credits, uint256 pricePerMillion) internal pure returns (uint256) {
        return (credits * pricePerMillion + MILLICREDITS_PER_MILLION - 1) / MILLICREDITS_PER_MILLION;
    }

    /// @notice Value of `credits` millicredits, rounded down: what redeeming pays, and what consuming them releases.
    function redemptionValue(uint256 credits, uint256 pricePerMillion) internal pure returns (uint256) {
        return credits * pricePerMillion / MILLICREDITS_PER_MILLION;
    }

    /**
     * @notice Divides cumulative revenue.
     * @dev Nested floors: each part is monotone in `revenue` and the parts add up to it exactly, so that differences of
     * cumulative parts are never negative and lose nothing.
     * @param revenue Cumulative revenue.
     * @param holdersBps Shareholders' part, in 1/10,000.
     * @param treasuryBps Treasury's part, in 1/10,000; `holdersBps + treasuryBps <= 10,000`.
     */
    function split(uint256 revenue, uint256 holdersBps, uint256 treasuryBps)
        internal
        pure
        returns (uint256 holders, uint256 treasury, uint256 operator)
    {
        holders = revenue * holdersBps / WHOLE_BPS;
        uint256 rest = revenue - holders;
        treasury = holdersBps == WHOLE_BPS ? 0 : rest * treasuryBps / (WHOLE_BPS - holdersBps);
        operator = rest - treasury;
    }
}
