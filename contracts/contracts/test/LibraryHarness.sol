// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {CreditMath} from "../libraries/CreditMath.sol";
import {RateCard, RateCards} from "../libraries/RateCards.sol";
import {VoucherRows} from "../libraries/VoucherRows.sol";

/// @notice Opens the libraries to tests, so that the vectors of `packages/economics` run against them.
contract LibraryHarness {
    function purchaseCost(uint256 credits, uint256 pricePerMillion) external pure returns (uint256) {
        return CreditMath.purchaseCost(credits, pricePerMillion);
    }

    function redemptionValue(uint256 credits, uint256 pricePerMillion) external pure returns (uint256) {
        return CreditMath.redemptionValue(credits, pricePerMillion);
    }

    function split(uint256 revenue, uint256 holdersBps, uint256 treasuryBps)
        external
        pure
        returns (uint256 holders, uint256 treasury, uint256 operator)
    {
        return CreditMath.split(revenue, holdersBps, treasuryBps);
    }

    function rateCardHash(RateCard calldata card) external pure returns (bytes32) {
        return RateCards.hash(card);
    }

    function charge(uint64[16] calldata weights, uint64[16] calldata quantities) external pure returns (uint256) {
        return RateCards.charge(weights, quantities);
    }

    function recover(bytes calldata rows, bytes32 domainSeparator) external view returns (address) {
        return VoucherRows.first(rows).recover(domainSeparator);
    }
}
