// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {ICredits, Offering} from "../interfaces/ICredits.sol";
import {CreditMath} from "../libraries/CreditMath.sol";
import {Offerings} from "../libraries/Offerings.sol";

/**
 * @title OfferingBooks
 * @notice The books of every offering: which credits are outstanding and which are consumed. A credit is issued once,
 * and then retired or consumed once; where it is in between, wallets and sessions say.
 */
abstract contract OfferingBooks is ICredits {
    using Offerings for Offering;

    /// @dev Whether an offering is registered, and whether its credits may go from one wallet to another.
    enum Standing {
        Unregistered,
        Transferable,
        Bound
    }

    /// @dev The bounds of `outstanding + consumed` and of its value are checked at each purchase, so that nothing
    /// downstream can overflow and leave credits that cannot be consumed.
    struct OfferingState {
        uint80 outstanding;
        uint80 consumed;
        uint88 released;
        Standing standing;
    }

    mapping(bytes32 offering => OfferingState state) internal _states;

    function _registered(Offering calldata o) internal view returns (bytes32 offering) {
        offering = o.id();
        if (_states[offering].standing == Standing.Unregistered) revert Credits_UnknownOffering(offering);
    }

    /// @dev Counts new credits as outstanding. The caller puts them where they belong, then takes the cost.
    function _issue(Offering calldata o, bytes32 offering, uint256 credits) internal returns (uint256 cost) {
        // Not after `expiresAt` either: the sale ends first.
        if (block.timestamp > o.sellUntil) revert Credits_SaleEnded(o.sellUntil, block.timestamp);
        if (credits == 0) revert Credits_ZeroCredits();
        OfferingState storage state = _states[offering];
        uint256 outstanding = state.outstanding;
        uint256 sold = outstanding + state.consumed;
        // The most credits whose value still fits into `released`, and whose number fits into the counters.
        uint256 limit = ((1 << 88) * CreditMath.MILLICREDITS_PER_MILLION - 1) / o.pricePerMillion;
        if (limit > type(uint80).max) limit = type(uint80).max;
        if (credits > limit - sold) revert Credits_OfferingLimitExceeded(credits, limit - sold);

        state.outstanding = uint80(outstanding + credits);
        return CreditMath.purchaseCost(credits, o.pricePerMillion);
    }

    /// @dev Takes credits that were redeemed out of what is outstanding, and says what they are worth. Wallets and
    /// sessions never hold more than what is outstanding.
    function _retire(Offering calldata o, bytes32 offering, uint256 credits) internal returns (uint256 amount) {
        _states[offering].outstanding -= uint80(credits);
        return CreditMath.redemptionValue(credits, o.pricePerMillion);
    }

    /// @dev Turns outstanding credits, of wallets or sessions, into consumed ones. Their revenue waits for the release.
    /// @return sequence What was consumed before.
    function _consume(bytes32 offering, uint256 credits) internal returns (uint256 sequence) {
        OfferingState storage state = _states[offering];
        sequence = state.consumed;
        state.outstanding -= uint80(credits);
        state.consumed = uint80(sequence + credits);
    }
}
