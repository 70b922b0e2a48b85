// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {IOperatorBond, SignedVoucher} from "../../contracts/interfaces/IOperatorBond.sol";
import {Receipt, SignedReceipt} from "../../contracts/libraries/Receipts.sol";
import {HonestReceipts} from "./HonestReceipts.sol";

/// @notice Factories that are accused with everything that they have signed.
abstract contract Accusations is HonestReceipts {
    uint256 public constant PROOFS = 8;
    address internal constant REPORTER = address(0x5E11E5);

    bytes32[PROOFS] private _proofs = [
        bytes32("accuse: equivocation"),
        "accuse: broken chain",
        "accuse: broken start",
        "accuse: overcharge",
        "accuse: wrong rate card",
        "accuse: wrong offering",
        "accuse: false head",
        "accuse: voucher between"
    ];

    constructor() {
        for (uint256 proof; proof < PROOFS; ++proof) {
            _declare(_proofs[proof]);
        }
    }

    /// @notice Holds what a factory has signed against it, in any combination. It must be in vain.
    function accuse(uint256 who, uint256 proof, uint256 seed) public {
        (who, proof) = (who % FACTORIES, proof % PROOFS);
        Receipt[] storage chain = _chains[_metering[who]][seed % SESSIONS];
        if (chain.length == 0) return;
        uint256 at = (seed >> 8) % chain.length;
        // Neighbours as often as any others, of this session or the other.
        uint256 after_ = (seed >> 40) % 2 == 0 && at + 1 < chain.length ? at + 1 : (seed >> 48) % chain.length;
        Receipt memory one = chain[at];
        Receipt memory other = chain[after_];
        Receipt[] storage others = _chains[_metering[who]][1 - seed % SESSIONS];
        if ((seed >> 80) % 4 == 0 && others.length != 0) other = others[(seed >> 88) % others.length];
        bytes4 reason = _try(_proof(who, proof, seed, one, other, chain[(seed >> 120) % chain.length]));
        require(
            reason == IOperatorBond.OperatorBond_NoFault.selector
                || reason == IOperatorBond.OperatorBond_NotLiable.selector
                || reason == IOperatorBond.OperatorBond_HashMismatch.selector,
            "refused for another reason"
        );
        if (reason != IOperatorBond.OperatorBond_NoFault.selector) return;
        _done();
        _done(_proofs[proof]);
    }

    /// @dev Proof number `proof` by up to two receipts and the voucher for a third.
    function _proof(
        uint256 who,
        uint256 proof,
        uint256 seed,
        Receipt memory one,
        Receipt memory other,
        Receipt memory head
    ) internal view returns (bytes memory) {
        SignedReceipt memory signed = _signed(one, seed);
        if (proof == 0) return abi.encodeCall(bond.proveEquivocation, (signed, _signed(other, ~seed), REPORTER));
        if (proof == 1) return abi.encodeCall(bond.proveBrokenChain, (signed, _signed(other, ~seed), REPORTER));
        if (proof == 2) return abi.encodeCall(bond.proveBrokenStart, (signed, REPORTER));
        if (proof == 3) return abi.encodeCall(bond.proveOvercharge, (signed, _card, REPORTER));
        if (proof == 4) return abi.encodeCall(bond.proveWrongRateCard, (signed, _offering, REPORTER));
        if (proof == 5) {
            bytes32 salt = bytes32(seed % SESSIONS);
            address signer = _meteringKey(who);
            return abi.encodeCall(
                bond.proveWrongOffering, (signed, _offeringId(), address(this), signer, salt, REPORTER)
            );
        }
        SignedVoucher memory voucher = _voucher(who, head, head.cumulative, _hash(head));
        if (proof == 6) return abi.encodeCall(bond.proveFalseHead, (voucher, head, REPORTER));
        return abi.encodeCall(bond.proveVoucherBetween, (voucher, signed, _signed(other, ~seed), REPORTER));
    }

    function _requireNoFault(bytes memory call_) internal {
        require(_try(call_) == IOperatorBond.OperatorBond_NoFault.selector, "harm in what is harmless");
    }

    /// @dev Makes a call that must fail, and gives what it fails with.
    function _try(bytes memory call_) private returns (bytes4) {
        (bool success, bytes memory reason) = address(bond).call(call_);
        require(!success, "slashed without a fault");
        return bytes4(reason);
    }
}
