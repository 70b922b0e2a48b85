// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {ICredits, Offering} from "../interfaces/ICredits.sol";
import {Accounts} from "./Accounts.sol";
import {CreditMath} from "./CreditMath.sol";

/**
 * @title Terms
 * @notice What the terms of an offering must keep to, whoever agrees to them.
 */
library Terms {
    uint256 private constant LAST_TIER = 2;
    uint256 private constant MIN_EXIT_DELAY = 1 hours;
    uint256 private constant MAX_EXIT_DELAY = 30 days;

    /// @notice Refuses terms that cannot be kept.
    function check(Offering calldata o) internal view {
        if (o.tier > LAST_TIER) revert ICredits.Credits_UnknownTier(o.tier);
        if (o.pricePerMillion == 0) revert ICredits.Credits_ZeroPrice();
        uint256 bps = uint256(o.holdersBps) + o.treasuryBps;
        if (bps > CreditMath.WHOLE_BPS) revert ICredits.Credits_SplitTooLarge(bps, CreditMath.WHOLE_BPS);
        if (o.exitDelay < MIN_EXIT_DELAY || o.exitDelay > MAX_EXIT_DELAY) {
            revert ICredits.Credits_ExitDelayOutOfBounds(o.exitDelay, MIN_EXIT_DELAY, MAX_EXIT_DELAY);
        }
        // Whoever buys can use what it bought: the sale ends first.
        if (o.expiresAt != 0 && o.expiresAt < o.sellUntil) {
            revert ICredits.Credits_ExpiresBeforeSaleEnds(o.expiresAt, o.sellUntil);
        }
        if (o.model.code.length == 0) revert ICredits.Credits_InvalidAccount(o.model);
        checkAccount(o.operator);
        if (o.treasuryBps != 0) checkAccount(o.treasury);
    }

    /// @notice Refuses an account that would lose what it is paid.
    function checkAccount(address account) internal view {
        if (Accounts.isDeadEnd(account)) revert ICredits.Credits_InvalidAccount(account);
    }

    /// @notice Refuses to let expired credits be used. They can be redeemed.
    function checkNotExpired(Offering calldata o) internal view {
        if (o.expiresAt != 0 && block.timestamp > o.expiresAt) {
            revert ICredits.Credits_Expired(o.expiresAt, block.timestamp);
        }
    }
}
