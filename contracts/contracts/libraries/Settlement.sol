// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {SessionSlot} from "./SessionSlots.sol";

/**
 * @title Settlement
 * @notice Applies a batch of vouchers to the sessions of one offering, each row on its own.
 * @dev A row is `{bytes32 session, uint48 cumulative, bytes32 receiptsHead, bytes32 r, bytes32 vs}`, an outcome is
 * `{bytes32 session, uint48 used, bytes32 receiptsHead, uint8 reason}`, both packed.
 */
library Settlement {
    uint256 internal constant ROW_BYTES = 134;
    uint256 internal constant OUTCOME_BYTES = 71;

    // The reasons of `ICredits.Settled`; 0, settled, and 1, clamped, come from a comparison.
    uint256 private constant STALE = 2;
    uint256 private constant BAD_SIGNATURE = 3;
    uint256 private constant NOT_OPEN = 4;

    bytes32 private constant VOUCHER_TYPEHASH =
        keccak256("Voucher(bytes32 session,uint48 cumulative,bytes32 receiptsHead)");

    /// @dev Half the order of secp256k1: a signature with a larger `s` has a twin and is refused.
    uint256 private constant MAX_S = 0x7FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF5D576E7357A4501DDFE92F46681B20A0;

    /// @notice EIP-712 struct hash of a voucher for the use `cumulative` of `session`.
    function voucherHash(bytes32 session, uint48 cumulative, bytes32 receiptsHead) internal pure returns (bytes32) {
        return keccak256(abi.encode(VOUCHER_TYPEHASH, session, cumulative, receiptsHead));
    }

    /**
     * @notice Raises the use of every session to what its voucher says.
     * @dev Assembly because this runs once for every session of every settlement. What it must keep to: a session's use
     * never exceeds its cap nor goes down, it changes by its signer's signature alone, and a row that fails in any way
     * leaves its session and all other rows alone. Nothing can overflow: uses and caps are below 2^48, and the caps of
     * all sessions add up to less than 2^80.
     * @param rows A whole number of voucher rows.
     * @return consumed Millicredits that the batch consumed.
     * @return outcomes What became of each row, for `ICredits.Settled`.
     */
    function settleRows(
        mapping(bytes32 session => SessionSlot) storage sessions,
        bytes calldata rows,
        bytes32 domainSeparator
    ) internal returns (uint256 consumed, bytes memory outcomes) {
        outcomes = new bytes(rows.length / ROW_BYTES * OUTCOME_BYTES);
        bytes32 typehash = VOUCHER_TYPEHASH;
        // solhint-disable-next-line no-inline-assembly
        assembly ("memory-safe") {
            // Scratch space beyond the free memory pointer. What is the same for every row is written once.
            //   0x00  typehash, session, cumulative, receipts head   what the voucher's struct hash covers
            //   0x80  0x1901, domain separator, struct hash          what its digest covers, 66 bytes
            //   0xe0  digest, v, r, s                                what ecrecover takes
            let scratch := mload(0x40)
            mstore(scratch, typehash)
            mstore(add(scratch, 0x80), shl(240, 0x1901))
            mstore(add(scratch, 0x82), domainSeparator)
            // The second half of the key of `sessions[id]`.
            mstore(0x20, sessions.slot)

            let outcome := add(outcomes, 0x20)
            let end := add(rows.offset, rows.length)
            for { let row := rows.offset } lt(row, end) { row := add(row, ROW_BYTES) } {
                mstore(0, calldataload(row))
                let location := keccak256(0, 0x40)
                // {address signer, uint48 cap, uint48 used}
                let slot := sload(location)
                let used := and(slot, 0xffffffffffff)
                let cumulative := shr(208, calldataload(add(row, 32)))
                let reason := NOT_OPEN

                if and(shr(48, slot), 0xffffffffffff) {
                    reason := STALE

                    if gt(cumulative, used) {
                        reason := BAD_SIGNATURE
                        mstore(add(scratch, 0x20), calldataload(row))
                        mstore(add(scratch, 0x40), cumulative)
                        mstore(add(scratch, 0x60), calldataload(add(row, 38)))
                        mstore(add(scratch, 0xa2), keccak256(scratch, 0x80))
                        mstore(add(scratch, 0xe0), keccak256(add(scratch, 0x80), 66))
                        let s := calldataload(add(row, 102))
                        mstore(add(scratch, 0x100), add(27, shr(255, s)))
                        mstore(add(scratch, 0x120), calldataload(add(row, 70)))
                        s := shr(1, shl(1, s))
                        mstore(add(scratch, 0x140), s)
                        // ecrecover returns nothing for an invalid signature. That leaves this zero, which is no
                        // signer: a slot with a cap has one.
                        mstore(0, 0)
                        pop(staticcall(gas(), 1, add(scratch, 0xe0), 0x80, 0, 0x20))

                        // The signer's, and its s not above MAX_S: 1 is greater than 0, and nothing else is.
                        if gt(eq(mload(0), shr(96, slot)), gt(s, MAX_S)) {
                            let cap := and(shr(48, slot), 0xffffffffffff)
                            reason := gt(cumulative, cap) // settled or clamped
                            if reason { cumulative := cap }
                            consumed := add(consumed, sub(cumulative, used))
                            // The use is what the slot ends with.
                            slot := add(slot, sub(cumulative, used))
                            sstore(location, slot)
                            used := cumulative
                        }
                    }
                }

                // `used` ends where the head begins; the session then overwrites the zeros before it.
                mstore(add(outcome, 6), used)
                mstore(outcome, calldataload(row))
                mstore(add(outcome, 38), calldataload(add(row, 38)))
                mstore8(add(outcome, 70), reason)
                outcome := add(outcome, OUTCOME_BYTES)
            }
        }
    }
}
