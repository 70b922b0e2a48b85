// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {TestDollar} from "../../contracts/TestDollar.sol";
import {Offering} from "../../contracts/interfaces/ICredits.sol";
import {BentTerms} from "./BentTerms.sol";
import {Crimes} from "./Crimes.sol";
import {Market} from "./Market.sol";
import {VM} from "./Vm.sol";
import {Flaw, VoucherRows} from "./VoucherRows.sol";

/// @notice A market in which everybody tries what they must not: old calls, other terms, the credits of others.
contract ContestedMarket is Crimes {
    uint256 private constant CRIMINALS = 5;
    /// @dev Crimes in a row, and fields that are bent in a row.
    uint256 private constant SPREE = 4;

    bytes32[] private _replays = [bytes32("replay: purchase"), "replay: openFor", "replay: settle"];
    mapping(bytes32 replay => bytes[]) private _calls;

    /// @notice Whether a call that had been made before ever changed anything.
    bool public replayed;
    /// @notice Whether anything ever happened under terms that nobody registered, or a session was spent under an
    /// offering that is not its own.
    bool public termsBent;
    /// @notice Whether anybody ever took or locked what was another's.
    bool public seized;

    constructor(TestDollar token) Market(token) {
        for (uint256 i; i < _replays.length; ++i) {
            _declare(_replays[i]);
        }
        for (uint256 field; field < BentTerms.FIELDS; ++field) {
            (bytes32 kind,) = BentTerms.bent(_offerings[0], field, address(0));
            _declare(kind);
        }
        Opened memory nobody = _next(0, people[0]);
        for (uint256 crime; crime < CRIMES; ++crime) {
            (bytes32 kind,,) = _crime(crime, nobody, address(0), 1);
            _declare(kind);
        }
    }

    /// @notice Makes calls again that had gone through: as they were, by anybody.
    function replay(uint256 which) public {
        bytes32 before = _fingerprint();
        bool any;
        for (uint256 i; i < _replays.length; ++i) {
            bytes[] storage calls = _calls[_replays[i]];
            if (calls.length == 0) continue;
            _try(VM.addr(CRIMINAL_KEY), address(credits), calls[which % calls.length]);
            _done(_replays[i]);
            any = true;
        }
        if (_fingerprint() != before) replayed = true;
        if (any) _done();
    }

    /// @notice Spends a session under the other offering, and uses terms of which one field differs.
    function bend(uint256 at, uint256 field, uint256 amount) public {
        (Opened memory opened, bool usable) = _session(at);
        if (!usable) return;
        bytes32 before = _fingerprint();
        bytes memory row =
            VoucherRows.row(credits, opened.id, uint48(amount), 0, opened.key, Flaw.None);
        _try(opened.owner, address(credits), abi.encodeCall(credits.settle, (_offerings[1 - opened.offering], row, 0)));
        for (uint256 i; i < SPREE; ++i) {
            (bytes32 kind, Offering memory o) = BentTerms.bent(
                _offerings[opened.offering], addmod(field, i, BentTerms.FIELDS), VM.addr(CRIMINAL_KEY)
            );
            _useTerms(o, opened, row, 1 + uint48(amount % 1000));
            _done(kind);
        }
        if (_fingerprint() != before) termsBent = true;
        _done();
    }

    /// @notice Somebody in power, or nobody, goes for what belongs to the owner of a session.
    function seize(uint256 at, uint256 crime, uint256 who, uint256 amount) public {
        (Opened memory victim, bool usable) = _session(at);
        if (!usable) return;
        address criminal = _criminal(who % CRIMINALS);
        bytes32 before = _fingerprint();
        for (uint256 i; i < SPREE; ++i) {
            (bytes32 kind, address target, bytes memory call_) =
                _crime(addmod(crime, i, CRIMES), victim, criminal, 1 + uint48(amount % 1000));
            bytes memory result = _try(criminal, target, call_);
            // Whatever got through has nothing to show for it.
            if (result.length >= 32 && bytes32(result) != 0) seized = true;
            _done(kind);
        }
        if (_fingerprint() != before) seized = true;
        _done();
    }

    function _useTerms(Offering memory o, Opened memory opened, bytes memory row, uint48 amount) private {
        (address owner, address signer, bytes32 salt) = (opened.owner, VM.addr(opened.key), opened.salt);
        _try(owner, address(credits), abi.encodeCall(credits.buy, (o, amount, owner)));
        _try(owner, address(credits), abi.encodeCall(credits.buyAndOpen, (o, signer, ~salt, amount)));
        _try(owner, address(credits), abi.encodeCall(credits.open, (o, signer, ~salt, amount)));
        _try(owner, address(credits), abi.encodeCall(credits.topUp, (o, owner, signer, salt, amount)));
        _try(owner, address(credits), abi.encodeCall(credits.settleAndRelease, (o, row, 0)));
        _try(owner, address(credits), abi.encodeCall(credits.redeem, (o, amount, owner)));
        _try(owner, address(credits), abi.encodeCall(credits.consume, (o, amount, 0)));
        _try(owner, address(credits), abi.encodeCall(credits.requestClose, (o, signer, salt)));
        _try(owner, address(credits), abi.encodeCall(credits.close, (o, signer, salt, owner, "consent")));
        _try(owner, address(credits), abi.encodeCall(credits.release, (o)));
        _try(owner, address(credits), abi.encodeCall(credits.claim, (o, 0)));
        _try(o.treasury, address(credits), abi.encodeCall(credits.handOver, (o, 1, owner)));
    }

    /// @dev The model's owner, the operator, the treasury's present and former accounts, or a stranger.
    function _criminal(uint256 who) private view returns (address) {
        if (who == 0) return address(this);
        if (who == 1) return address(operator);
        return who < 4 ? _treasuries[who - 2] : VM.addr(CRIMINAL_KEY);
    }

    function _played(bytes32 kind, bytes memory call_) internal override {
        _calls[kind].push(call_);
    }

    /// @dev What the call returns; nothing if it is refused.
    function _try(address caller, address target, bytes memory call_) private returns (bytes memory) {
        VM.prank(caller);
        (bool success, bytes memory result) = target.call(call_);
        return success ? result : bytes("");
    }

    /// @dev Everything that there is of everybody.
    function _fingerprint() private view returns (bytes32 hash) {
        for (uint256 which; which < OFFERINGS; ++which) {
            (uint256 outstanding, uint256 consumed, uint256 released, uint256 operatorClaimed, uint256 treasuryClaimed)
            = credits.offeringState(idOf(which));
            hash = keccak256(
                abi.encode(hash, outstanding, consumed, released, operatorClaimed, treasuryClaimed)
            );
            for (uint8 role; role < 2; ++role) {
                hash = keccak256(abi.encode(hash, credits.account(_offerings[which], role)));
            }
        }
        for (uint256 who; who < PEOPLE; ++who) {
            hash = keccak256(abi.encode(hash, _belongings(people[who])));
        }
        for (uint256 i; i < _sessions.length; ++i) {
            (address signer, uint48 cap, uint48 used, uint64 closableAt) =
                credits.session(idOf(_sessions[i].offering), _sessions[i].id);
            hash = keccak256(abi.encode(hash, signer, cap, used, closableAt));
        }
        return keccak256(abi.encode(hash, token.balanceOf(address(credits)), token.balanceOf(address(shares))));
    }

    /// @dev What is in somebody's wallet, and what others may take out of it.
    function _belongings(address person) private view returns (bytes32 hash) {
        hash = keccak256(abi.encode(token.balanceOf(person), shares.balanceOf(person), shares.delegates(person)));
        for (uint256 which; which < OFFERINGS; ++which) {
            hash = keccak256(abi.encode(hash, credits.balanceOf(person, uint256(idOf(which)))));
        }
        for (uint256 who; who < CRIMINALS; ++who) {
            hash = keccak256(abi.encode(hash, shares.allowance(person, _criminal(who))));
        }
    }
}
