// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {Shares} from "../../contracts/Shares.sol";
import {Lock, Schedule} from "../../contracts/interfaces/IShareVault.sol";
import {CustodyState} from "./CustodyState.sol";
import {VM} from "./Vm.sol";

/// @notice Shares that are held, locked and released, and earn all the while.
abstract contract HeldShares is CustodyState {
    /// @notice Shares sent to the box of a lock from outside.
    mapping(uint256 lock => uint256) public gifts;

    function earn(uint256 m, uint256 amount) public {
        m %= MODELS;
        _mint(address(models[m]), _amount(amount));
        models[m].accrue();
        _done();
    }

    function freeze(uint256 who) public {
        address person = people[who % PEOPLE];
        token.setFrozen(person, !token.frozen(person));
        _done();
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
        if (token.frozen(people[who % PEOPLE])) return;
        models[m % MODELS].claim(people[who % PEOPLE]);
        _done();
    }

    /// @dev As anybody may: revenue into a box by `Shares.claim`, and shares or money from outside.
    function meddle(uint256 at, uint256 who, uint256 amount) public {
        (uint256 id, Lock memory held) = _lockAt(at);
        if (id == 0) return;
        address box = vault.boxOf(id);
        Shares(address(held.model)).claim(box);
        _mint(box, amount % 3);
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

    function release(uint256 at, uint256 to, uint256 amount) public {
        (uint256 id, Lock memory held) = _lockAt(at);
        if (id == 0 || held.controller == address(pledge)) return;
        amount %= uint256(vault.releasable(id)) + 1;
        if (amount == 0) return;
        VM.prank(held.controller == address(0) ? held.owner : held.controller);
        vault.release(id, people[to % PEOPLE], uint64(amount));
        _done();
    }

    function claim(uint256 at) public {
        (uint256 id, Lock memory held) = _lockAt(at);
        if (id == 0 || held.payee == address(pledge) || token.frozen(held.payee)) return;
        uint256 due = vault.claimable(id, held.payee);
        VM.prank(held.payee);
        require(vault.claim(id) == due, "claimed");
        if (due != 0) _done();
    }

    function claimTo(uint256 at, uint256 who, uint256 to) public {
        (uint256 id,) = _lockAt(at);
        address recipient = _unfrozen(to);
        if (id == 0 || token.frozen(recipient)) return;
        uint256 due = vault.claimable(id, people[who % PEOPLE]);
        VM.prank(people[who % PEOPLE]);
        require(vault.claimTo(id, recipient) == due, "claimed");
        if (due != 0) _done();
    }

    function setPayee(uint256 at, uint256 payee) public {
        (uint256 id, Lock memory held) = _lockAt(at);
        if (id == 0 || held.controller == address(0) || held.controller == address(pledge)) return;
        VM.prank(held.controller);
        vault.setPayee(id, people[payee % PEOPLE]);
        _done();
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

    /// @dev A lock, or zero if there is none.
    function _lockAt(uint256 at) private view returns (uint256 id, Lock memory held) {
        if (locks == 0) return (id, held);
        id = 1 + at % locks;
        held = vault.lockOf(id);
    }
}
