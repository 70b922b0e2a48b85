// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {Pledge} from "../../contracts/Pledge.sol";
import {ShareVault} from "../../contracts/ShareVault.sol";
import {Shares} from "../../contracts/Shares.sol";
import {PledgeState, PledgeStatus, Terms} from "../../contracts/interfaces/IPledge.sol";
import {Lock, Schedule} from "../../contracts/interfaces/IShareVault.sol";
import {FreezableToken} from "../../contracts/test/FreezableToken.sol";
import {deploy} from "./deploy.sol";
import {Handler} from "./Handler.sol";
import {VM} from "./Vm.sol";

/**
 * @notice Four people who hold, lock and pledge the shares of two models that earn one payment token, which now and
 * then freezes some of them. Every operation has arguments that make it succeed, or does nothing.
 * @dev Keeps its own books, of what went in and what lenders received, to compare with the state of the contracts.
 */
contract Custody is Handler {
    uint256 public constant PEOPLE = 4;
    uint256 public constant MODELS = 2;
    /// @dev Enough for every kind at once, and few enough to check all of them after every operation.
    uint256 private constant MAX_LOCKS = 12;

    FreezableToken public immutable token = FreezableToken(deploy("FreezableToken"));
    ShareVault public immutable vault = ShareVault(deploy("ShareVault"));
    Pledge public immutable pledge = Pledge(deploy("Pledge", abi.encode(vault)));
    Shares[MODELS] public models;
    address[PEOPLE] public people;
    bytes32[] private _pledges;
    uint256 private _time = block.timestamp;

    /// @notice Locks are numbered from 1 to this.
    uint256 public locks;
    /// @notice Base units that ever existed.
    uint256 public minted;
    /// @notice Shares sent to the box of a lock from outside.
    mapping(uint256 lock => uint256) public gifts;
    /// @notice Money that the lender of a pledge has received or may collect, by its own balance.
    mapping(bytes32 id => uint256) public received;

    constructor() {
        address[] memory holders = new address[](PEOPLE);
        for (uint256 i; i < PEOPLE; ++i) {
            holders[i] = people[i] = VM.addr(100 + i);
            _mint(people[i], 1e30);
            VM.prank(people[i]);
            token.approve(address(pledge), type(uint256).max);
        }
        for (uint256 m; m < MODELS; ++m) {
            uint64[] memory amounts = new uint64[](PEOPLE);
            for (uint256 i; i < PEOPLE; ++i) {
                amounts[i] = uint64(m == 0 ? 1_000_003 * (i + 1) : 5);
            }
            models[m] = _newShares(token, holders, amounts);
            for (uint256 i; i < PEOPLE; ++i) {
                VM.prank(people[i]);
                models[m].approve(address(vault), type(uint256).max);
                VM.prank(people[i]);
                models[m].approve(address(pledge), type(uint256).max);
            }
        }
    }

    function pledges() external view returns (bytes32[] memory) {
        return _pledges;
    }

    /* ------------------------------------------------- WORLD ------------------------------------------------- */

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

    /* ------------------------------------------------- LOCKS ------------------------------------------------- */

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

    /* ------------------------------------------------ PLEDGES ------------------------------------------------ */

    function offer(uint256 who, uint256 m, uint256 shares, uint256 amount) public {
        (who, m) = (who % PEOPLE, m % MODELS);
        shares = _part(who, m, shares);
        if (shares == 0 || locks == MAX_LOCKS) return;
        uint96 principal = uint96(_amount(amount));
        uint96 debt = principal + uint96((amount >> 64) % principal);
        Terms memory terms = Terms({
            model: models[m],
            shares: uint64(shares),
            term: uint32(1 + (amount >> 32) % 30 days),
            paymentToken: token,
            principal: principal,
            debt: debt,
            startPrice: debt + uint96((amount >> 128) % (3 * uint256(debt)))
        });
        VM.prank(people[who]);
        _pledges.push(pledge.offer(terms));
        ++locks;
        _done();
    }

    function withdraw(uint256 at) public {
        (bytes32 id, PledgeState memory state) = _pledgeIn(PledgeStatus.Offered, at);
        if (id == 0) return;
        VM.prank(state.borrower);
        pledge.withdraw(id);
        _done();
    }

    function lend(uint256 at, uint256 who) public {
        (bytes32 id, PledgeState memory state) = _pledgeIn(PledgeStatus.Offered, at);
        address lender = people[who % PEOPLE];
        if (id == 0 || lender == state.borrower) return;
        if (token.frozen(lender) || token.frozen(state.borrower)) return;
        VM.prank(lender);
        pledge.lend(id);
        _done();
    }

    /// @dev More often than not the lender can be paid nothing, here and below.
    function serve(uint256 at) public {
        if (_pledges.length == 0) return;
        bytes32 id = _pledges[at % _pledges.length];
        PledgeState memory state = pledge.pledgeOf(id);
        if (state.lender == address(0)) return;
        if (at / 1000 % 4 != 0) token.setFrozen(state.lender, true);
        uint256 before = _wealth(state.lender);
        pledge.serve(id);
        received[id] += _wealth(state.lender) - before;
        _done();
    }

    function repay(uint256 at, uint256 who, uint256 amount) public {
        (bytes32 id, PledgeState memory state) = _pledgeIn(PledgeStatus.Lent, at);
        address payer = _unfrozen(who);
        if (id == 0 || token.frozen(payer)) return;
        if (payer != state.lender && at / 1000 % 4 != 0) token.setFrozen(state.lender, true);
        uint256 before = _wealth(state.lender);
        VM.prank(payer);
        uint256 paid = pledge.repay(id, uint96(amount % (2 * uint256(state.terms.debt))));
        received[id] += _wealth(state.lender) + (payer == state.lender ? paid : 0) - before;
        _done();
    }

    function buy(uint256 at, uint256 who, uint256 time) public {
        (bytes32 id, PledgeState memory state) = _pledgeIn(PledgeStatus.Lent, at);
        address buyer = _unfrozen(who);
        if (id == 0 || token.frozen(buyer)) return;
        if (vault.claimable(state.lock, address(pledge)) >= state.terms.debt - state.paid) return;
        if (_time < state.dueAt) VM.warp(_time = state.dueAt + time % 8 days);
        if (buyer != state.lender && at / 1000 % 4 != 0) token.setFrozen(state.lender, true);
        uint256 before = _wealth(state.lender);
        VM.prank(buyer);
        uint256 price = pledge.buy(id);
        received[id] += _wealth(state.lender) + (buyer == state.lender ? price : 0) - before;
        _done();
    }

    function collect(uint256 who, uint256 to) public {
        address recipient = _unfrozen(to);
        if (token.frozen(recipient)) return;
        for (uint256 i; i < PEOPLE; ++i) {
            address person = people[(who % PEOPLE + i) % PEOPLE];
            if (pledge.kept(token, person) == 0) continue;
            VM.prank(person);
            pledge.collect(token, recipient);
            _done();
        }
    }

    /* ------------------------------------------------ INTERNAL ----------------------------------------------- */

    function _mint(address to, uint256 amount) private {
        minted += amount;
        token.mint(to, amount);
    }

    /// @dev From one base unit to ten millions, of every magnitude.
    function _amount(uint256 seed) private pure returns (uint256) {
        return 1 + (seed >> 8) % 10 ** (1 + seed % 7);
    }

    /// @dev None to all of somebody's shares, and a small part more often than not, so that some are left for others.
    function _part(uint256 who, uint256 m, uint256 seed) private view returns (uint256) {
        uint256 balance = models[m].balanceOf(people[who]);
        return seed % 4 == 0 ? balance : seed % (balance / 3 + 1);
    }

    /// @dev The first person from `who` on that is not frozen; if all are, any.
    function _unfrozen(uint256 who) private view returns (address person) {
        for (uint256 i; i < PEOPLE; ++i) {
            person = people[addmod(who, i, PEOPLE)];
            if (!token.frozen(person)) return person;
        }
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

    /// @dev A pledge in this state, or zero if there is none.
    function _pledgeIn(PledgeStatus status, uint256 at) private view returns (bytes32 id, PledgeState memory state) {
        for (uint256 i; i < _pledges.length; ++i) {
            id = _pledges[(at % _pledges.length + i) % _pledges.length];
            state = pledge.pledgeOf(id);
            if (state.status == status) return (id, state);
        }
        id = 0;
    }

    function _wealth(address person) private view returns (uint256) {
        return token.balanceOf(person) + pledge.kept(token, person);
    }
}
