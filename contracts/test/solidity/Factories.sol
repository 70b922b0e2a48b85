// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {SignedVoucher} from "../../contracts/interfaces/IOperatorBond.sol";
import {Receipt, SignedReceipt} from "../../contracts/libraries/Receipts.sol";
import {Accusations} from "./Accusations.sol";

/**
 * @notice Factories for the invariant tests, honest but for this: now and then one signs what it must not, is slashed for
 * it and begins again with new keys.
 */
contract Factories is Accusations {
    uint256 public constant FORGERIES = 11;
    uint256 public constant HARMLESS = 10;

    bytes32[FORGERIES] private _forgeries = [
        bytes32("forge: equivocation"),
        "forge: sum",
        "forge: sequence",
        "forge: previous",
        "forge: session",
        "forge: offering",
        "forge: rate card",
        "forge: charge",
        "forge: voucher",
        "forge: head",
        "forge: harmlessly"
    ];

    /// @notice Base units of slashed stakes, and where they went.
    uint256 public rewarded;
    uint256 public burned;
    /// @notice Bonds that were slashed, each for a forgery.
    uint256 public slashes;

    constructor() {
        for (uint256 forgery; forgery < FORGERIES; ++forgery) {
            _declare(_forgeries[forgery]);
        }
    }

    /// @notice Changes one field of what a factory has signed and signs it. What comes of it is as specified.
    function forge(uint256 who, uint256 forgery, uint256 seed) public {
        who %= FACTORIES;
        forgery %= FORGERIES;
        uint256 session = seed % SESSIONS;
        Receipt[] storage chain = _chains[_metering[who]][session];
        (,, uint256 stake,,) = bond.bondOf(_meteringKey(who));
        if (stake == 0) return;
        // Some forgeries take two receipts.
        while (chain.length < 2) {
            uint256 next = uint256(keccak256(abi.encode(seed, chain.length)));
            _capture(who, next - next % SESSIONS + session);
        }
        // One of them takes two in a row.
        uint256 at = forgery == 9 ? 1 + (seed >> 8) % (chain.length - 1) : (seed >> 8) % chain.length;
        Receipt memory honest = chain[at];
        Receipt memory before;
        if (at != 0) before = chain[at - 1];
        if (!_isLiable(honest) || (at != 0 && !_isLiable(before))) return;

        bytes memory call_ = _forge(who, forgery, seed, before, honest, at);
        if (call_.length != 0) _slash(who, _forgeries[forgery], call_);
    }

    /// @dev The proof of a forgery; nothing if it is harmless, or if there is nothing to forge.
    function _forge(
        uint256 who,
        uint256 forgery,
        uint256 seed,
        Receipt memory before,
        Receipt memory honest,
        uint256 at
    ) private returns (bytes memory) {
        uint64 change = uint64(uint32(seed >> 40)) + 1;
        // Not the seed itself, which may be what stood there before.
        bytes32 another = keccak256(abi.encode(seed));
        Receipt memory forged = _copy(honest);
        if (forgery == 0) {
            forged.responseHash = another;
            return _proof(who, 0, seed, honest, forged, honest);
        }
        if (forgery == 1) forged.cumulative += change;
        else if (forgery == 2) forged.sequence += change;
        else if (forgery == 3) forged.previous = another;
        else if (forgery == 4) forged.session = another;
        // The first receipt of another session is one, whoever opened that.
        if (forgery <= 4 && (at != 0 || forgery != 4)) {
            return at == 0
                ? _proof(who, 2, seed, forged, forged, honest)
                : _proof(who, 1, seed, before, forged, honest);
        }
        if (forgery == 5) {
            forged.offering = another;
            return _proof(who, 5, seed, forged, forged, honest);
        }
        if (forgery == 6) {
            forged.rateCardHash = another;
            return _proof(who, 4, seed, forged, forged, honest);
        }
        if (forgery == 7) {
            forged.charge = uint64(_price(honest)) + change;
            return _proof(who, 3, seed, forged, forged, honest);
        }
        if (forgery == 8) {
            SignedVoucher memory voucher = _voucher(who, honest, honest.cumulative + change, _hash(honest));
            return abi.encodeCall(bond.proveFalseHead, (voucher, honest, REPORTER));
        }
        if (forgery == 9) {
            if (before.charge == 0 || honest.charge == 0) return "";
            uint256 sum = before.cumulative + (seed >> 80) % honest.charge;
            SignedVoucher memory voucher = _voucher(who, before, sum, another);
            (SignedReceipt memory one, SignedReceipt memory other) = (_signed(before, seed), _signed(honest, seed));
            return abi.encodeCall(bond.proveVoucherBetween, (voucher, one, other, REPORTER));
        }
        uint256 field = forgery == HARMLESS ? (seed >> 80) % 6 : 6;
        if (field == 0) forged.id = bytes16(another);
        else if (field == 1) forged.tier = uint8((forged.tier + 1) % 3);
        else if (field == 2) forged.produced += change;
        else if (field == 3) forged.flags = another;
        else if (field == 4) forged.output += change;
        else if (field == 5) forged.endedAt += change;
        _requireHarmless(who, before, forged, at, seed);
        return "";
    }

    /// @dev A receipt that contradicts neither itself nor the one before it.
    function _requireHarmless(uint256 who, Receipt memory before, Receipt memory forged, uint256 at, uint256 seed)
        private
    {
        for (uint256 proof = 2; proof < 5; ++proof) {
            _requireNoFault(_proof(who, proof, seed, forged, forged, forged));
        }
        if (at != 0) {
            _requireNoFault(_proof(who, 0, seed, before, forged, forged));
            _requireNoFault(_proof(who, 1, seed, before, forged, forged));
        }
        _done(_forgeries[HARMLESS]);
    }

    function _slash(uint256 who, bytes32 kind, bytes memory call_) private {
        address key = _meteringKey(who);
        (,, uint256 stake,,) = bond.bondOf(key);
        uint256 before = token.balanceOf(REPORTER);
        (bool success,) = address(bond).call(call_);
        require(success, "a fault was not slashed");
        uint256 reward = token.balanceOf(REPORTER) - before;
        require(reward == stake / 10, "another reward");
        (rewarded, burned) = (rewarded + reward, burned + stake - reward);
        ++slashes;
        _done();
        _done(kind);
        _begin(who);
    }

    function _isLiable(Receipt memory receipt) private view returns (bool) {
        (, uint64 liableUntil) = bond.bondOfReceiptKey(receipt.receiptKey);
        return liableUntil == 0 || block.timestamp < liableUntil;
    }

    function _copy(Receipt memory receipt) private pure returns (Receipt memory) {
        return abi.decode(abi.encode(receipt), (Receipt));
    }
}
