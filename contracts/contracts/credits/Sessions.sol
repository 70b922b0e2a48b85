// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {ICredits} from "../interfaces/ICredits.sol";
import {SessionSlot, SessionSlots} from "../libraries/SessionSlots.sol";

/**
 * @title Sessions
 * @notice The credits that are locked in sessions. How they came there and where they go is not decided here.
 */
abstract contract Sessions is ICredits {
    /// @dev The offering is part of the key, so that a voucher row cannot spend a session under another offering.
    mapping(bytes32 offering => mapping(bytes32 session => SessionSlot slot)) internal _sessions;
    /// @dev Written only by a unilateral exit.
    mapping(bytes32 session => uint64 time) internal _closableAt;

    /// @inheritdoc ICredits
    function sessionId(bytes32 offering, address owner, address signer, bytes32 salt)
        external
        pure
        returns (bytes32)
    {
        return _sessionId(offering, owner, signer, salt);
    }

    /// @inheritdoc ICredits
    function session(bytes32 offering, bytes32 id)
        external
        view
        returns (address signer, uint48 cap, uint48 used, uint64 closableAt)
    {
        SessionSlot slot = _sessions[offering][id];
        return (slot.signer(), uint48(slot.cap()), uint48(slot.used()), _closableAt[id]);
    }

    function _sessionId(bytes32 offering, address owner, address signer, bytes32 salt) internal pure returns (bytes32) {
        return keccak256(abi.encode(offering, owner, signer, salt));
    }

    /// @dev The session, which must be open.
    function _openSession(bytes32 offering, bytes32 id) internal view returns (SessionSlot slot) {
        slot = _sessions[offering][id];
        if (slot.cap() == 0) revert Credits_SessionNotOpen(id);
    }

    /// @dev Locks `credits`, more than 0, of `owner` under `signer`, of whom `id` is made. The owner must have
    /// authorised that.
    function _open(bytes32 offering, bytes32 id, address owner, address signer, bytes32 salt, uint48 credits) internal {
        if (signer == address(0)) revert Credits_InvalidSigner(signer);
        if (_sessions[offering][id].signer() != address(0)) revert Credits_SessionExists(id);

        _sessions[offering][id] = SessionSlots.opened(signer, credits);
        emit SessionOpened(offering, id, owner, signer, salt, credits);
    }

    /// @dev Locks `credits` more in an open session; `payer` is for the event.
    function _raiseCap(bytes32 offering, bytes32 id, uint48 credits, address payer) internal {
        SessionSlot slot = _openSession(offering, id);
        uint64 closableAt = _closableAt[id];
        if (closableAt != 0) revert Credits_SessionClosing(id, closableAt);
        uint256 cap = slot.cap();
        uint256 available = type(uint48).max - cap;
        if (credits > available) revert Credits_SessionLimitExceeded(credits, available);

        _sessions[offering][id] = slot.withCap(cap + credits);
        emit SessionToppedUp(offering, id, payer, credits);
    }
}
