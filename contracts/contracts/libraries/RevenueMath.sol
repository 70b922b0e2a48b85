// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

/**
 * @title RevenueMath
 * @notice How shares accrue revenue without snapshots or loops.
 * @dev A holder has earned `balance x revenuePerShare + correction`, scaled by 2^64. A transfer moves the correction of
 * both parties so that neither's earnings change; a claim takes what it paid off the correction.
 *
 * Bounds: with lifetime revenue R < 2^95 and supply S >= 1, revenuePerShare x S <= R x 2^64 < 2^159. What a holder has
 * earned and not claimed lies in [0, R x 2^64], hence correction = that - balance x revenuePerShare lies within
 * +-2^159, far from the ends of int184. Twin of `packages/economics`; both run its vectors.
 */
library RevenueMath {
    /// @dev Revenue per share and corrections carry this many fractional bits.
    uint256 private constant SCALE_BITS = 64;

    /// @notice Revenue that one share has earned since creation, scaled by 2^64. Derived from the cumulative amount
    /// alone: no remainder is ever dropped.
    function revenuePerShare(uint256 lifetime, uint256 supply) internal pure returns (uint256) {
        return (lifetime << SCALE_BITS) / supply;
    }

    /// @notice Unclaimed revenue of a holder, in whole base units.
    function earned(uint256 balance, int256 correction, uint256 perShare) internal pure returns (uint256) {
        return uint256(int256(balance * perShare) + correction) >> SCALE_BITS;
    }

    /// @notice What `shares` have earned since creation: the amount by which a transfer moves both corrections.
    function accruedBy(uint256 shares, uint256 perShare) internal pure returns (int256) {
        return int256(shares * perShare);
    }

    /// @notice Correction of a holder that was paid `amount`.
    function afterClaim(int256 correction, uint256 amount) internal pure returns (int256) {
        return correction - int256(amount << SCALE_BITS);
    }
}
