// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {Offering} from "../../contracts/interfaces/ICredits.sol";

/// @notice Terms that nobody registered, but for one field the same as registered ones.
library BentTerms {
    uint256 internal constant FIELDS = 15;

    function bent(Offering memory o, uint256 field, address stranger)
        internal
        pure
        returns (bytes32 kind, Offering memory)
    {
        if (field == 0) (kind, o.model) = ("bend: model", stranger);
        else if (field == 1) (kind, o.kind) = ("bend: kind", ~o.kind);
        else if (field == 2) (kind, o.termsHash) = ("bend: terms", ~o.termsHash);
        else if (field == 3) (kind, o.tier) = ("bend: tier", 2);
        else if (field == 4) (kind, o.paymentToken) = ("bend: payment token", stranger);
        else if (field == 5) (kind, o.pricePerMillion) = ("bend: price", o.pricePerMillion + 1);
        else if (field == 6) (kind, o.rateCardHash) = ("bend: rate card", ~o.rateCardHash);
        else if (field == 7) (kind, o.holdersBps) = ("bend: holders", o.holdersBps - 1);
        else if (field == 8) (kind, o.treasuryBps) = ("bend: treasury's part", o.treasuryBps - 1);
        else if (field == 9) (kind, o.treasury) = ("bend: treasury", stranger);
        else if (field == 10) (kind, o.operator) = ("bend: operator", stranger);
        else if (field == 11) (kind, o.sellUntil) = ("bend: sale's end", o.sellUntil - 1);
        else if (field == 12) (kind, o.exitDelay) = ("bend: exit delay", o.exitDelay + 1);
        else if (field == 13) (kind, o.expiresAt) = ("bend: expiry", o.expiresAt + 1);
        else (kind, o.transferable) = ("bend: transferable", !o.transferable);
        return (kind, o);
    }
}
