// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {MessageHashUtils} from "@openzeppelin/contracts/utils/cryptography/MessageHashUtils.sol";
import {SessionSlot} from "../../contracts/libraries/SessionSlots.sol";
import {Settlement} from "../../contracts/libraries/Settlement.sol";

/// @notice `Settlement` without assembly, one row after the other, as its NatSpec says it.
library PlainSettlement {
    function settleRows(
        mapping(bytes32 session => SessionSlot) storage sessions,
        bytes calldata rows,
        bytes32 domainSeparator
    ) internal returns (uint256 consumed, bytes memory outcomes) {
        for (uint256 at; at < rows.length; at += Settlement.ROW_BYTES) {
            bytes calldata row = rows[at:at + Settlement.ROW_BYTES];
            bytes32 session = bytes32(row[:32]);
            bytes32 head = bytes32(row[38:70]);
            (uint256 used, uint8 reason) = _reasonOf(sessions[session], row, domainSeparator);
            uint256 before = sessions[session].used();
            consumed += used - before;
            sessions[session] = SessionSlot.wrap(SessionSlot.unwrap(sessions[session]) - before + used);
            outcomes = bytes.concat(outcomes, abi.encodePacked(session, uint48(used), head, reason));
        }
    }

    /// @dev What the session has used after the row, and why.
    function _reasonOf(SessionSlot slot, bytes calldata row, bytes32 domainSeparator)
        private
        pure
        returns (uint256 used, uint8 reason)
    {
        if (slot.cap() == 0) return (slot.used(), 4);
        uint48 cumulative = uint48(bytes6(row[32:38]));
        if (cumulative <= slot.used()) return (slot.used(), 2);
        bytes32 voucher = Settlement.voucherHash(bytes32(row[:32]), cumulative, bytes32(row[38:70]));
        (address signer, ECDSA.RecoverError failure,) = ECDSA.tryRecover(
            MessageHashUtils.toTypedDataHash(domainSeparator, voucher), bytes32(row[70:102]), bytes32(row[102:])
        );
        if (failure != ECDSA.RecoverError.NoError || signer != slot.signer()) return (slot.used(), 3);
        return cumulative > slot.cap() ? (slot.cap(), 1) : (cumulative, 0);
    }
}
