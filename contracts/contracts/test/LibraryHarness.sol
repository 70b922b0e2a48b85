// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {Offering} from "../interfaces/ICredits.sol";
import {CreditMath} from "../libraries/CreditMath.sol";
import {Offerings} from "../libraries/Offerings.sol";
import {RateCard, RateCards} from "../libraries/RateCards.sol";
import {SessionSlot, SessionSlots} from "../libraries/SessionSlots.sol";
import {Settlement} from "../libraries/Settlement.sol";

/// @notice Opens the libraries to tests, so that the vectors of `packages/economics` run against them.
contract LibraryHarness {
    mapping(bytes32 session => SessionSlot) private _sessions;

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

    /// @notice Settles rows of sessions that `open` made up, whose ids have nothing to do with their signers.
    function settleRows(bytes calldata rows, bytes32 domainSeparator) external returns (uint256, bytes memory) {
        return Settlement.settleRows(_sessions, rows, domainSeparator);
    }

    function open(bytes32 session, address signer, uint48 cap) external {
        _sessions[session] = SessionSlots.opened(signer, cap);
    }

    function sessionSlot(bytes32 session) external view returns (SessionSlot) {
        return _sessions[session];
    }

    function offeringId(Offering calldata o) external pure returns (bytes32) {
        return Offerings.id(o);
    }
}
