// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {Shares} from "../../contracts/Shares.sol";
import {Lock, Schedule} from "../../contracts/interfaces/IShareVault.sol";
import {Freezing} from "./Freezing.sol";
import {VM} from "./Vm.sol";

/// @notice Shares that are held, locked and released, and earn all the while.
abstract contract HeldShares is Freezing {
    /// @notice Shares sent to the box of a lock from outside.
    mapping(uint256 lock => uint256) public gifts;

    constructor() {
        _declare("earn: not accrued");
        _declare("claimShares: refused");
        _declare("claim: refused");
        _declare("claimTo: refused");
        _declare("setPayee: refused");
        _declare("setPayee: not accrued");
        _declare("setPayee: reserved");
        _declare("release: frozen");
        _declare("release: not accrued");
    }

    /// @dev As `Credits` pays, or by a plain transfer that nobody accrues.
    function earn(uint256 m, uint256 amount) public {
        m %= MODELS;
        if (token.frozen(address(models[m]))) return;
        _pay(m, _amount(amount));
        _done();
        if (amount >> 5 & 1 == 0) models[m].accrue();
        else _done("earn: not accrued");
    }

    function wait(uint256 time) public {
        VM.warp(_time += time % 20 days);
        _done();
    }

    function transferShares(uint256 from, uint256 to, uint256 m, uint256 amount) public {
        (from, to, m) = (from % PEOPLE, to % PEOPLE, m % MODELS);
        amount %= models[m].balanceOf(people[from]) + 1;
        VM.prank(people[from]);
        models[m].transfer(people[to], amount);
        _done();
    }

    function delegateShares(uint256 who, uint256 to, uint256 m) public {
        VM.prank(people[who % PEOPLE]);
        models[m % MODELS].delegate(_delegatee(to));
        _done();
    }

    function claimShares(uint256 who, uint256 m) public {
        (address holder, Shares model) = (people[who % PEOPLE], models[m % MODELS]);
        uint256 due = model.claimable(holder);
        (bool success, bytes memory result) = _attempt(
            address(this),
            address(model),
            abi.encodeCall(model.claim, (holder)),
            token.frozen(holder) || token.frozen(address(model)),
            "claimShares: refused"
        );
        if (!success) return;
        require(abi.decode(result, (uint256)) == due, "claimed");
        if (due != 0) _done();
    }

    /// @dev As anybody may: revenue into a box by `Shares.claim`, and shares or money from outside.
    function meddle(uint256 at, uint256 who, uint256 amount) public {
        (uint256 id, Lock memory held) = _lockAt(at);
        if (id == 0) return;
        address box = vault.boxOf(id);
        if (!_stuck(id)) {
            Shares(address(held.model)).claim(box);
            _mint(box, amount % 3);
        }
        address giver = people[who % PEOPLE];
        if (address(held.model) == address(models[0]) && models[0].balanceOf(giver) > 0) {
            VM.prank(giver);
            models[0].transfer(box, 1);
            gifts[id] += 1;
        }
        _done();
    }

    function lock(uint256 from, uint256 owner, uint256 m, uint256 amount, uint256 times) public {
        (from, owner, m) = (from % PEOPLE, owner % PEOPLE, m % MODELS);
        (amount, times) = (_part(from, m, amount), times % 1e18);
        if (amount == 0 || locks == MAX_LOCKS) return;
        uint64 start = uint64(_time + times % 20 days);
        uint64 cliff = start + uint64(times / 10 % 20 days);
        Schedule memory schedule = Schedule(start, cliff, cliff + uint64(times / 100 % 40 days));
        VM.prank(people[from]);
        locks = vault.lock(models[m], people[owner], uint64(amount), schedule);
        _done();
    }

    function lockUnder(uint256 from, uint256 owner, uint256 m, uint256 amount) public {
        (from, owner, m) = (from % PEOPLE, owner % PEOPLE, m % MODELS);
        uint256 shares = _part(from, m, amount);
        if (shares == 0 || locks == MAX_LOCKS) return;
        address controller = people[(owner + 1 + amount % (PEOPLE - 1)) % PEOPLE];
        VM.prank(people[from]);
        locks = vault.lockUnder(models[m], people[owner], uint64(shares), controller);
        _done();
    }

    /// @dev Of the first lock from `at` on of which something can be released; nothing that the token does stops that.
    function release(uint256 at, uint256 to, uint256 amount) public {
        (uint256 id, Lock memory held) = _lockAt(at);
        for (uint256 i; i < locks && (held.controller == address(pledge) || vault.releasable(id) == 0); ++i) {
            (id, held) = _lockAt(id);
        }
        if (id == 0 || held.controller == address(pledge) || vault.releasable(id) == 0) return;
        amount %= uint256(vault.releasable(id)) + 1;
        if (amount == 0) return;
        VM.prank(held.controller == address(0) ? held.owner : held.controller);
        vault.release(id, people[to % PEOPLE], uint64(amount));
        _done();
        if (_stuck(id)) _done("release: frozen");
        if (_unaccrued(Shares(address(held.model))) != 0) _done("release: not accrued");
    }

    function claim(uint256 at) public {
        (uint256 id, Lock memory held) = _earning(at);
        if (id == 0) return;
        bool refusable = token.frozen(held.payee) || _stuck(id);
        if (_claimed(id, held.payee, abi.encodeCall(vault.claim, (id)), refusable, "claim: refused")) _done();
    }

    function claimTo(uint256 at, uint256 who, uint256 to) public {
        (uint256 id, Lock memory held) = who % 8 == 0 || at < SMALL ? _lockAt(at) : _earning(at);
        if (id == 0) return;
        // More often than not the payee.
        address account = who % 4 != 0 && at >= SMALL ? held.payee : people[who % PEOPLE];
        address recipient = people[to % PEOPLE];
        bytes memory call_ = abi.encodeCall(vault.claimTo, (id, recipient));
        bool refusable = token.frozen(recipient) || _stuck(id);
        if (_claimed(id, account, call_, refusable, "claimTo: refused")) _done();
    }

    /// @dev What came in before is the former payee's, accrued or not: paid, or reserved for it.
    function setPayee(uint256 at, uint256 payee) public {
        (uint256 id, Lock memory held) = _controlled(at);
        if (id == 0) return;
        bool any = _unaccrued(Shares(address(held.model))) != 0;
        (uint256 due, uint256 before) = (_due(id, held.payee), token.balanceOf(held.payee));
        bytes memory call_ = abi.encodeCall(vault.setPayee, (id, people[payee % PEOPLE]));
        (bool success,) = _attempt(held.controller, address(vault), call_, _stuck(id), "setPayee: refused");
        if (!success) return;
        uint256 reserved = vault.claimable(id, held.payee);
        _isDue(token.balanceOf(held.payee) - before + reserved, due, any);
        _done();
        if (any) _done("setPayee: not accrued");
        if (reserved != 0) _done("setPayee: reserved");
    }

    function delegateLock(uint256 at, uint256 to) public {
        (uint256 id, Lock memory held) = _lockAt(at);
        if (id == 0) return;
        VM.prank(held.owner);
        vault.delegate(id, _delegatee(to));
        _done();
    }

    /// @dev Somebody, or nobody.
    function _delegatee(uint256 seed) private view returns (address) {
        return seed % (PEOPLE + 1) == PEOPLE ? address(0) : people[seed % (PEOPLE + 1)];
    }

    /// @dev Claims for `account` what the lock owes it, accrued or not. Whether that was anything.
    function _claimed(uint256 id, address account, bytes memory call_, bool refusable, bytes32 refusal)
        private
        returns (bool)
    {
        bool any = _unaccrued(Shares(address(vault.lockOf(id).model))) != 0;
        uint256 due = _due(id, account);
        (bool success, bytes memory result) = _attempt(account, address(vault), call_, refusable, refusal);
        if (!success) return false;
        uint256 paid = abi.decode(result, (uint256));
        _isDue(paid, due, any);
        return paid != 0;
    }

    /// @dev The first lock from `at` on that has earned something for one of the people; zero if none has.
    function _earning(uint256 at) private view returns (uint256 id, Lock memory held) {
        (id, held) = _lockAt(at);
        for (uint256 i; i < locks; ++i) {
            if (held.payee != address(pledge) && _due(id, held.payee) != 0) return (id, held);
            (id, held) = _lockAt(id);
        }
        id = 0;
    }

    /// @dev The first lock from `at` on that is under the control of one of the people; zero if none is.
    function _controlled(uint256 at) private view returns (uint256 id, Lock memory held) {
        (id, held) = _lockAt(at);
        for (uint256 i; i < locks; ++i) {
            if (held.controller != address(0) && held.controller != address(pledge)) return (id, held);
            (id, held) = _lockAt(id);
        }
        id = 0;
    }

    /// @dev A lock, or zero if there is none.
    function _lockAt(uint256 at) private view returns (uint256 id, Lock memory held) {
        if (locks == 0) return (id, held);
        id = 1 + at % locks;
        held = vault.lockOf(id);
    }
}
