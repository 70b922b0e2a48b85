// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {Offering, Order, Payment} from "../../contracts/interfaces/ICredits.sol";
import {TestDollar} from "../../contracts/TestDollar.sol";
import {Market} from "./Market.sol";
import {VM} from "./Vm.sol";

/// @notice A market in which everybody tries what they must not: old calls, other terms, the credits of others.
contract ContestedMarket is Market {
    uint256 private constant CRIMES = 10;
    uint256 private constant CRIMINAL_KEY = 666;

    bytes[] private _calls;

    /// @notice Whether a call that had been made before ever changed anything.
    bool public replayed;
    /// @notice Whether anything ever happened under terms that nobody registered, or a session was spent under an
    /// offering that is not its own.
    bool public termsBent;
    /// @notice Whether anybody ever took or locked what was another's.
    bool public seized;

    constructor(TestDollar token) Market(token) {}

    /// @notice Makes a call again that had gone through: as it was, by anybody.
    function replay(uint256 which) public {
        if (_calls.length == 0) return;
        bytes32 before = _fingerprint();
        VM.prank(VM.addr(CRIMINAL_KEY));
        _try(_calls[which % _calls.length]);
        if (_fingerprint() != before) replayed = true;
        _done();
    }

    /// @notice Spends a session under the other offering, or uses terms of which one field differs.
    function bend(uint256 at, uint256 field, uint256 kind, uint48 amount) public {
        (Opened memory opened, bool usable) = _session(at);
        if (!usable) return;
        bytes32 before = _fingerprint();
        bytes memory row = _signed(Row(at % _sessions.length, amount, true), 0);
        address signer = VM.addr(opened.key);
        if (field % 15 == 0) {
            _try(abi.encodeCall(credits.settle, (this.offering(1 - opened.offering), row, 0)));
        } else {
            Offering memory bent = _bent(this.offering(opened.offering), field % 15);
            uint48 credits_ = 1 + amount % 1000;
            VM.prank(opened.owner);
            if (kind % 7 == 0) _try(abi.encodeCall(credits.buy, (bent, credits_, opened.owner)));
            else if (kind % 7 == 1) _try(abi.encodeCall(credits.buyAndOpen, (bent, signer, bytes32(at), credits_)));
            else if (kind % 7 == 2) _try(abi.encodeCall(credits.settleAndRelease, (bent, row, 0)));
            else if (kind % 7 == 3) _try(abi.encodeCall(credits.redeem, (bent, credits_, opened.owner)));
            else if (kind % 7 == 5) _try(abi.encodeCall(credits.consume, (bent, credits_, 0)));
            else if (kind % 7 == 4) _try(abi.encodeCall(credits.claim, (bent, 0)));
            else _try(abi.encodeCall(credits.close, (bent, signer, opened.salt, opened.owner, "consent")));
        }
        if (_fingerprint() != before) termsBent = true;
        _done();
    }

    /// @notice Somebody in power, or nobody, goes for the credits and the money of the owner of a session.
    function seize(uint256 at, uint256 crime, uint256 who, uint48 amount) public {
        (Opened memory opened, bool usable) = _session(at);
        if (!usable) return;
        bytes32 before = _fingerprint();
        _commit(opened, crime % CRIMES, _criminal(who), amount);
        if (_fingerprint() != before) seized = true;
        _done();
    }

    function _commit(Opened memory victim, uint256 crime, address criminal, uint48 amount) private {
        Offering memory o = this.offering(victim.offering);
        address signer = VM.addr(victim.key);
        amount = 1 + amount % 1000;
        bytes memory call_;
        if (crime == 0) {
            call_ = abi.encodeCall(credits.redeem, (o, amount, criminal));
        } else if (crime == 1) {
            call_ = abi.encodeCall(credits.close, (o, signer, victim.salt, criminal, "consent"));
        } else if (crime == 2) {
            call_ = abi.encodeCall(credits.requestClose, (o, signer, victim.salt));
        } else if (crime == 3) {
            call_ = abi.encodeCall(
                credits.safeTransferFrom, (victim.owner, criminal, uint256(idOf(victim.offering)), amount, "")
            );
        } else if (crime == 4) {
            call_ = abi.encodeCall(credits.open, (o, criminal, victim.salt, amount));
        } else if (crime == 5) {
            Order memory order = Order(victim.owner, criminal, victim.salt, amount);
            bytes memory forged = _signOpen(CRIMINAL_KEY, victim.offering, order);
            call_ = abi.encodeCall(credits.openFor, (o, order, type(uint256).max, forged));
        } else if (crime == 6) {
            // By the allowance of the victim, with and without a session.
            address key = amount % 2 == 0 ? criminal : address(0);
            Payment memory payment = Payment(victim.owner, uint8(amount % 3), 0, type(uint256).max, new bytes(65));
            call_ = abi.encodeCall(credits.purchase, (o, Order(criminal, key, victim.salt, amount), payment));
        } else if (crime == 7) {
            call_ = abi.encodeCall(credits.register, (o, ""));
        } else if (crime == 8) {
            // The accounts of the split hand over their own place, and nobody else's.
            call_ = abi.encodeCall(credits.handOver, (o, criminal == TREASURY ? 0 : 1, criminal));
        } else {
            call_ = abi.encodeCall(credits.settle, (o, _forged(victim, amount), 0));
        }
        VM.prank(criminal);
        _try(call_);
    }

    /// @dev A voucher by the criminal's key for more use than there was.
    function _forged(Opened memory victim, uint48 amount) private view returns (bytes memory) {
        (,, uint48 used,) = credits.session(idOf(victim.offering), victim.id);
        bytes32 digest = credits.voucherDigest(victim.id, used + amount, 0);
        (uint8 v, bytes32 r, bytes32 s) = VM.sign(CRIMINAL_KEY, digest);
        return abi.encodePacked(victim.id, used + amount, bytes32(0), r, bytes32(uint256(s) | uint256(v - 27) << 255));
    }

    /// @dev The model's owner, the operator, the treasury, or a stranger.
    function _criminal(uint256 who) private view returns (address) {
        if (who % 4 == 0) return address(this);
        if (who % 4 == 1) return address(operator);
        return who % 4 == 2 ? TREASURY : VM.addr(CRIMINAL_KEY);
    }

    function _bent(Offering memory o, uint256 field) private view returns (Offering memory) {
        if (field == 1) o.pricePerMillion += 1;
        else if (field == 2) o.kind = bytes32(uint256(o.kind) + 2);
        else if (field == 3) o.termsHash = bytes32(uint256(1));
        else if (field == 4) o.tier = 2;
        else if (field == 5) o.rateCardHash = bytes32(uint256(1));
        else if (field == 6) o.holdersBps -= 1;
        else if (field == 7) o.treasuryBps -= 1;
        else if (field == 8) o.treasury = VM.addr(CRIMINAL_KEY);
        else if (field == 9) o.operator = VM.addr(CRIMINAL_KEY);
        else if (field == 10) o.sellUntil -= 1;
        else if (field == 11) o.exitDelay += 1;
        else if (field == 12) o.expiresAt += 1;
        else if (field == 13) o.transferable = !o.transferable;
        else o.model = address(operator);
        return o;
    }

    function _played(bytes memory call_) internal override {
        _calls.push(call_);
    }

    function _try(bytes memory call_) private {
        (bool success,) = address(credits).call(call_);
        // Some go through and are to change nothing. `success` alone says nothing.
        success;
    }

    /// @dev Everything that there is of everybody.
    function _fingerprint() private view returns (bytes32 hash) {
        for (uint256 which; which < OFFERINGS; ++which) {
            (uint256 outstanding, uint256 consumed, uint256 released, uint256 operatorClaimed, uint256 treasuryClaimed)
            = credits.offeringState(idOf(which));
            hash = keccak256(
                abi.encode(hash, outstanding, consumed, released, operatorClaimed, treasuryClaimed)
            );
            for (uint256 who; who < PEOPLE; ++who) {
                hash = keccak256(abi.encode(hash, walletOf(who, which), token.balanceOf(people[who])));
            }
        }
        for (uint256 i; i < _sessions.length; ++i) {
            (address signer, uint48 cap, uint48 used, uint64 closableAt) =
                credits.session(idOf(_sessions[i].offering), _sessions[i].id);
            hash = keccak256(abi.encode(hash, signer, cap, used, closableAt));
        }
        for (uint8 role; role < 2; ++role) {
            hash = keccak256(abi.encode(hash, credits.account(this.offering(0), role)));
            hash = keccak256(abi.encode(hash, credits.account(this.offering(1), role)));
        }
        return keccak256(abi.encode(hash, token.balanceOf(address(credits)), token.balanceOf(address(shares))));
    }
}
