// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

/// @notice Position of one packed voucher in calldata.
type VoucherRow is uint256;

using VoucherRows for VoucherRow global;

/**
 * @title VoucherRows
 * @notice Reads the packed vouchers of a settlement, recovers their signers and writes what became of each.
 * @dev A row is `{bytes32 session, uint48 cumulative, bytes32 receiptsHead, bytes32 r, bytes32 vs}`, an outcome is
 * `{bytes32 session, uint48 used, bytes32 receiptsHead, uint8 reason}`, both packed. Assembly because this runs once per
 * session of every settlement, and because it reuses one scratch space instead of allocating memory for each row.
 */
library VoucherRows {
    uint256 internal constant ROW_BYTES = 134;

    uint256 internal constant OUTCOME_BYTES = 71;

    bytes32 internal constant TYPEHASH =
        keccak256("Voucher(bytes32 session,uint48 cumulative,bytes32 receiptsHead)");

    /// @dev Half the order of secp256k1: a signature with a larger `s` has a twin and is refused.
    uint256 private constant MAX_S = 0x7FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF5D576E7357A4501DDFE92F46681B20A0;

    /// @notice EIP-712 struct hash of a voucher for the use `credits` of session `id`.
    function structHash(bytes32 id, uint48 credits, bytes32 receiptsHead) internal pure returns (bytes32) {
        return keccak256(abi.encode(TYPEHASH, id, credits, receiptsHead));
    }

    /// @notice The first of `rows`.
    function first(bytes calldata rows) internal pure returns (VoucherRow row) {
        assembly ("memory-safe") {
            row := rows.offset
        }
    }

    /// @notice The row after `row`.
    function next(VoucherRow row) internal pure returns (VoucherRow) {
        unchecked {
            return VoucherRow.wrap(VoucherRow.unwrap(row) + ROW_BYTES);
        }
    }

    /// @notice Session that the row wants to spend.
    function session(VoucherRow row) internal pure returns (bytes32 id) {
        assembly ("memory-safe") {
            id := calldataload(row)
        }
    }

    /// @notice Use of the session so far, in millicredits, that the row claims. Below 2^48.
    function cumulative(VoucherRow row) internal pure returns (uint256 credits) {
        assembly ("memory-safe") {
            credits := shr(208, calldataload(add(row, 32)))
        }
    }

    /// @notice Signer of the row, or zero if its signature is malleable or recovers to nobody.
    function recover(VoucherRow row, bytes32 domainSeparator) internal view returns (address signer) {
        bytes32 typehash = TYPEHASH;
        uint256 maxS = MAX_S;
        assembly ("memory-safe") {
            // Everything beyond the free memory pointer is scratch space.
            let scratch := mload(0x40)
            let vs := calldataload(add(row, 102))
            let s := shr(1, shl(1, vs))

            mstore(scratch, typehash)
            mstore(add(scratch, 32), calldataload(row))
            mstore(add(scratch, 64), shr(208, calldataload(add(row, 32))))
            mstore(add(scratch, 96), calldataload(add(row, 38)))
            let voucher := keccak256(scratch, 128)
            mstore(scratch, shl(240, 0x1901))
            mstore(add(scratch, 2), domainSeparator)
            mstore(add(scratch, 34), voucher)
            let digest := keccak256(scratch, 66)

            mstore(scratch, digest)
            mstore(add(scratch, 32), add(27, shr(255, vs)))
            mstore(add(scratch, 64), calldataload(add(row, 70)))
            mstore(add(scratch, 96), s)
            // ecrecover returns nothing for an invalid signature, which leaves the zero written here.
            mstore(0, 0)
            if iszero(gt(s, maxS)) { pop(staticcall(gas(), 1, scratch, 128, 0, 32)) }
            signer := mload(0)
        }
    }

    /// @notice Where in memory the first outcome belongs.
    function firstOutcome(bytes memory outcomes) internal pure returns (uint256 outcome) {
        assembly ("memory-safe") {
            outcome := add(outcomes, 32)
        }
    }

    /// @notice Writes what became of the row at `outcome`, and returns where the next outcome belongs.
    function report(VoucherRow row, uint256 outcome, uint256 used, uint256 reason) internal pure returns (uint256 following) {
        assembly ("memory-safe") {
            mstore(outcome, calldataload(row))
            // The next word overwrites what this one holds beyond its six bytes.
            mstore(add(outcome, 32), shl(208, used))
            mstore(add(outcome, 38), calldataload(add(row, 38)))
            mstore8(add(outcome, 70), reason)
            following := add(outcome, OUTCOME_BYTES)
        }
    }
}
