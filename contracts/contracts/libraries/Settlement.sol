// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {Session, SessionSlot} from "./SessionSlots.sol";
import {VoucherRow, VoucherRows} from "./VoucherRows.sol";

/**
 * @title Settlement
 * @notice Applies a batch of vouchers to the sessions of one offering, each row on its own.
 */
library Settlement {
    uint256 private constant SETTLED = 0;
    uint256 private constant CLAMPED = 1;
    uint256 private constant STALE = 2;
    uint256 private constant BAD_SIGNATURE = 3;
    uint256 private constant NOT_OPEN = 4;

    /**
     * @notice Raises the use of every session to what its voucher says.
     * @param rows A whole number of voucher rows.
     * @return consumed Millicredits that the batch consumed.
     * @return outcomes What became of each row, packed as in `ICredits.Settled`.
     */
    function settleRows(
        mapping(bytes32 id => Session) storage sessions,
        bytes calldata rows,
        bytes32 domainSeparator
    ) internal returns (uint256 consumed, bytes memory outcomes) {
        uint256 count = rows.length / VoucherRows.ROW_BYTES;
        outcomes = new bytes(count * VoucherRows.OUTCOME_BYTES);
        VoucherRow row = VoucherRows.first(rows);
        uint256 outcome = VoucherRows.firstOutcome(outcomes);
        // Unchecked: the use of a session never exceeds its cap, and the caps of all sessions add up to less than 2^80.
        unchecked {
            for (; count != 0; --count) {
                Session storage session = sessions[row.session()];
                SessionSlot slot = session.slot;
                uint256 cap = slot.cap();
                uint256 used = slot.used();
                uint256 cumulative = row.cumulative();
                uint256 reason = SETTLED;
                if (cap == 0) {
                    reason = NOT_OPEN;
                } else if (cumulative <= used) {
                    reason = STALE;
                } else if (row.recover(domainSeparator) != slot.signer()) {
                    reason = BAD_SIGNATURE;
                } else {
                    if (cumulative > cap) (cumulative, reason) = (cap, CLAMPED);
                    consumed += cumulative - used;
                    used = cumulative;
                    session.slot = slot.withUsed(used);
                }
                outcome = row.report(outcome, used, reason);
                row = row.next();
            }
        }
    }
}
