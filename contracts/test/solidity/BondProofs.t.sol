// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {Bytes} from "@openzeppelin/contracts/utils/Bytes.sol";
import {IOperatorBond, SignedVoucher} from "../../contracts/interfaces/IOperatorBond.sol";
import {RateCard} from "../../contracts/libraries/RateCards.sol";
import {Receipt, SignedReceipt} from "../../contracts/libraries/Receipts.sol";
import {BondedOperator} from "./BondedOperator.sol";
import {VM} from "./Vm.sol";

/// @notice What an operator signs costs its stake if, and only if, it contradicts itself; and then once.
contract BondProofsTest is BondedOperator {
    address private constant REPORTER = address(0x5E11E5);
    address private constant BURN = 0x000000000000000000000000000000000000dEaD;
    uint256 private constant RECEIPT_FIELDS = 26;
    uint256 private constant RECEIPT_PROOFS = 7;

    /// @notice Every receipt, pair of receipts and voucher of two sessions, in every place of every proof.
    /// hardhat-config: fuzz.runs = 64
    function testFuzz_accusesHonestReceiptsInVain(uint256 seed) public {
        Receipt[] memory all = new Receipt[](4);
        Receipt[] memory chain = _chain(seed, 0, 3);
        (all[0], all[1], all[2]) = (chain[0], chain[1], chain[2]);
        all[3] = _chain(seed, bytes32(uint256(1)), 1)[0];
        for (uint256 i; i < all.length; ++i) {
            SignedReceipt memory one = _signed(all[i]);
            bytes32 salt = bytes32(i / 3);
            _requireNoFault(abi.encodeCall(_bond.proveBrokenStart, (one, REPORTER)));
            _requireNoFault(abi.encodeCall(_bond.proveOvercharge, (one, _card, REPORTER)));
            _requireNoFault(abi.encodeCall(_bond.proveWrongRateCard, (one, _offering, REPORTER)));
            _requireNoFault(_wrongOffering(one, salt));
            _requireNoFault(abi.encodeCall(_bond.proveFalseHead, (_honestVoucher(all[i]), all[i], REPORTER)));
            for (uint256 j; j < all.length; ++j) {
                SignedReceipt memory other = _signed(all[j]);
                _requireNoFault(abi.encodeCall(_bond.proveEquivocation, (one, other, REPORTER)));
                _requireNoFault(abi.encodeCall(_bond.proveBrokenChain, (one, other, REPORTER)));
                for (uint256 k; k < all.length; ++k) {
                    SignedVoucher memory voucher = _honestVoucher(all[k]);
                    _requireNoFault(abi.encodeCall(_bond.proveVoucherBetween, (voucher, one, other, REPORTER)));
                }
            }
        }
    }

    /// @notice Any field of a receipt changed to anything, and signed: it proves what that field says, and nothing else.
    function testFuzz_slashesForOneForgedField(uint256 seed, uint256 field, uint256 noise) public {
        Receipt[] memory chain = _chain(seed, 0, 2);
        Receipt memory forged = _forged(chain[1], field % RECEIPT_FIELDS, noise);
        (bytes[RECEIPT_PROOFS] memory accusations, bool[RECEIPT_PROOFS] memory proven) =
            _accusations(chain[0], chain[1], forged);
        for (uint256 i; i < RECEIPT_PROOFS; ++i) {
            require(_slashes(accusations[i]) == proven[i], "proven or not");
        }
        for (uint256 i; i < RECEIPT_PROOFS; ++i) {
            uint256 at = (seed % RECEIPT_PROOFS + i) % RECEIPT_PROOFS;
            if (!proven[at]) continue;
            _requireSlashedOnce(accusations[at], accusations);
            return;
        }
    }

    /// @notice Vouchers of sums at, beside and between those of receipts, with any head: only false ones are proof.
    function testFuzz_slashesForAFalseVoucher(uint256 seed, uint256 noise) public {
        Receipt[] memory chain = _chain(seed, 0, 3);
        bytes32 head = noise % 4 == 3 ? bytes32(noise) : _hash(chain[noise % 4]);
        uint256 sum = chain[(noise >> 8) % 3].cumulative;
        if ((noise >> 16) % 4 == 0) ++sum;
        if ((noise >> 16) % 4 == 1 && sum != 0) --sum;
        if ((noise >> 16) % 4 == 2) sum = (noise >> 32) % (chain[2].cumulative + 1);
        bytes32 session = _sessionId((noise >> 24) % 8 == 0 ? bytes32(uint256(1)) : bytes32(0));
        SignedVoucher memory voucher = _voucher(session, uint48(sum), head);

        bool known;
        bool honest;
        bytes memory proof;
        for (uint256 i; i < 3; ++i) {
            bytes memory accusation = abi.encodeCall(_bond.proveFalseHead, (voucher, chain[i], REPORTER));
            bool slashes = _slashes(accusation);
            if (_hash(chain[i]) != head) {
                require(!slashes, "not its head");
                continue;
            }
            known = true;
            honest = chain[i].cumulative == sum && chain[i].session == session;
            require(slashes == !honest, "its head");
            if (slashes) proof = accusation;
        }
        for (uint256 i; i < 3; ++i) {
            for (uint256 j; j < 3; ++j) {
                (SignedReceipt memory one, SignedReceipt memory other) = (_signed(chain[i]), _signed(chain[j]));
                bytes memory accusation =
                    abi.encodeCall(_bond.proveVoucherBetween, (voucher, one, other, REPORTER));
                bool between = _slashes(accusation);
                require(!between || (!honest && j == i + 1 && session == chain[i].session), "between");
                if (between) proof = accusation;
            }
        }
        // A sum that the chain passes, under a head that it does not have. Receipts that charge nothing leave room for
        // doubt: an honest voucher could name one before them.
        for (uint256 i; i < 2 && !known && session == chain[0].session; ++i) {
            if (chain[i].cumulative > sum || sum >= chain[i + 1].cumulative) continue;
            bool doubt = chain[i].cumulative == sum && chain[i].charge == 0;
            require((proof.length == 0) == doubt, "no proof of a false voucher");
        }
        bytes[RECEIPT_PROOFS] memory again;
        again[0] = proof;
        if (proof.length != 0) _requireSlashedOnce(proof, again);
    }

    /// @notice A proof with any bit turned, or cut off anywhere, is refused, unless it still says the very same.
    function testFuzz_refusesDamagedProofs(uint256 seed, uint256 at, bool cut) public {
        Receipt[] memory chain = _chain(seed, 0, 2);
        Receipt memory forged = _forged(chain[1], 18, seed);
        (SignedReceipt memory one, SignedReceipt memory other) = (_signed(chain[1]), _signed(forged));
        bytes memory accusation = abi.encodeCall(_bond.proveEquivocation, (one, other, REPORTER));
        bytes4 reader = this.readPair.selector;
        if (seed % 3 == 1 && forged.charge > _price(forged)) {
            accusation = abi.encodeCall(_bond.proveOvercharge, (other, _card, REPORTER));
            reader = this.readRated.selector;
        } else if (seed % 3 == 2) {
            bytes32 head = _hash(chain[1]);
            SignedVoucher memory voucher = _voucher(chain[1].session, uint48(chain[1].cumulative + 1), head);
            accusation = abi.encodeCall(_bond.proveFalseHead, (voucher, chain[1], REPORTER));
            reader = this.readHead.selector;
        }
        require(_slashes(accusation), "no proof");

        at = 4 + at % (accusation.length - 4);
        bytes memory damaged = cut ? Bytes.slice(accusation, 0, at) : bytes.concat(accusation);
        if (!cut) damaged[at] ^= bytes1(uint8(1 << seed % 8));
        if (!_slashes(damaged)) return;
        (bool legible, bytes memory read) = _read(reader, damaged);
        (, bytes memory expected) = _read(reader, accusation);
        require(legible && keccak256(read) == keccak256(expected), "slashed by a damaged proof");
    }

    function readPair(SignedReceipt memory one, SignedReceipt memory other, address)
        external
        pure
        returns (bytes32)
    {
        return keccak256(abi.encode(one, other));
    }

    function readRated(SignedReceipt memory signed, RateCard memory card, address) external pure returns (bytes32) {
        return keccak256(abi.encode(signed, card));
    }

    function readHead(SignedVoucher memory voucher, Receipt memory head, address) external pure returns (bytes32) {
        return keccak256(abi.encode(voucher, head));
    }

    /// @dev What a proof says, whoever is paid for it.
    function _read(bytes4 reader, bytes memory accusation) private view returns (bool legible, bytes memory read) {
        return address(this).staticcall(bytes.concat(reader, Bytes.slice(accusation, 4)));
    }

    /// @dev Every proof by a forged receipt, the honest one and the one before it, and whether it should come off.
    function _accusations(Receipt memory first, Receipt memory honest, Receipt memory forged)
        private
        view
        returns (bytes[RECEIPT_PROOFS] memory accusations, bool[RECEIPT_PROOFS] memory proven)
    {
        SignedReceipt memory wrong = _signed(forged);
        bool inPlace = forged.session == honest.session && forged.sequence == honest.sequence;
        accusations[0] = abi.encodeCall(_bond.proveEquivocation, (_signed(honest), wrong, REPORTER));
        proven[0] = inPlace && _hash(forged) != _hash(honest);
        accusations[1] = abi.encodeCall(_bond.proveEquivocation, (_signed(first), wrong, REPORTER));
        proven[1] = forged.session == first.session && forged.sequence == first.sequence;
        accusations[2] = abi.encodeCall(_bond.proveBrokenChain, (_signed(first), wrong, REPORTER));
        proven[2] = _link(forged) != _link(honest);
        accusations[3] = abi.encodeCall(_bond.proveBrokenStart, (wrong, REPORTER));
        proven[3] = forged.sequence <= 1 || forged.previous == 0;
        accusations[4] = abi.encodeCall(_bond.proveOvercharge, (wrong, _card, REPORTER));
        proven[4] = forged.rateCardHash == honest.rateCardHash && forged.charge > _price(forged);
        accusations[5] = abi.encodeCall(_bond.proveWrongRateCard, (wrong, _offering, REPORTER));
        proven[5] = forged.rateCardHash != honest.rateCardHash;
        accusations[6] = _wrongOffering(wrong, 0);
        proven[6] = forged.offering != honest.offering;
    }

    function _wrongOffering(SignedReceipt memory signed, bytes32 salt) private view returns (bytes memory) {
        return abi.encodeCall(
            _bond.proveWrongOffering, (signed, _offeringId(), address(this), _meteringKey(), salt, REPORTER)
        );
    }

    function _honestVoucher(Receipt memory head) private view returns (SignedVoucher memory) {
        return _voucher(head.session, uint48(head.cumulative), _hash(head));
    }

    /// @dev What ties a receipt to the one before it.
    function _link(Receipt memory r) private pure returns (bytes32) {
        return keccak256(abi.encode(r.session, r.offering, r.sequence, r.previous, r.charge, r.cumulative));
    }

    /// @dev A copy in which at least one bit of a field is another. The key stays, which has to sign it.
    function _forged(Receipt memory honest, uint256 field, uint256 noise) private pure returns (Receipt memory) {
        uint256[RECEIPT_FIELDS] memory words = abi.decode(abi.encode(honest), (uint256[26]));
        uint256 mask = type(uint64).max;
        if (field == 0) mask <<= 192;
        else if (field == 1) mask = 0;
        else if (field == 8) mask = type(uint8).max;
        else if (field == 2 || field == 3 || field == 5 || field == 6 || field == 7) mask = type(uint256).max;
        else if (field == 16 || field == 17 || (field >= 21 && field <= 23)) mask = type(uint256).max;
        words[field] ^= (noise | 1 << 192 | 1) & mask;
        return abi.decode(abi.encode(words), (Receipt));
    }

    /// @dev Whether an accusation comes off. It leaves everything as it was.
    function _slashes(bytes memory accusation) private returns (bool slashes) {
        uint256 before = VM.snapshotState();
        (slashes,) = address(_bond).call(accusation);
        VM.revertToState(before);
    }

    function _requireNoFault(bytes memory accusation) private {
        (bool slashed, bytes memory reason) = address(_bond).call(accusation);
        require(!slashed && bytes4(reason) == IOperatorBond.OperatorBond_NoFault.selector, "slashed for nothing");
    }

    /// @dev Takes the whole stake, a tenth of it for the reporter, and leaves nothing for another proof.
    function _requireSlashedOnce(bytes memory accusation, bytes[RECEIPT_PROOFS] memory others) private {
        (bool slashed,) = address(_bond).call(accusation);
        require(slashed, "not slashed");
        (,, uint256 stake,, bool ended) = _bond.bondOf(_meteringKey());
        require(stake == 0 && ended, "bond");
        require(_token.balanceOf(address(_bond)) == 0, "held");
        require(_token.balanceOf(REPORTER) == STAKE / 10, "reward");
        require(_token.balanceOf(BURN) == STAKE - STAKE / 10, "burned");
        for (uint256 i; i < others.length; ++i) {
            require(!_slashes(others[i]), "slashed twice");
        }
        (, bytes memory reason) = address(_bond).call(accusation);
        require(bytes4(reason) == IOperatorBond.OperatorBond_NothingStaked.selector, "reason");
    }
}
