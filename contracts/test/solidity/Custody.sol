// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {PledgeState, PledgeStatus, Terms} from "../../contracts/interfaces/IPledge.sol";
import {HeldShares} from "./HeldShares.sol";
import {VM} from "./Vm.sol";

/**
 * @notice People who hold, lock and pledge shares. Every operation has arguments that make it succeed, or does nothing.
 * @dev Keeps its own books, of what went in and what lenders received, to compare with the state of the contracts.
 */
contract Custody is HeldShares {
    bytes32[] private _pledges;
    /// @notice Money that the lender of a pledge has received or may collect, by its own balance.
    mapping(bytes32 id => uint256) public received;

    function pledges() external view returns (bytes32[] memory) {
        return _pledges;
    }

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
        (bytes32 id, PledgeState memory state) = _pledgeIn(PledgeStatus.Repaid, at);
        if (id == 0) (id, state) = _pledgeIn(PledgeStatus.Offered, at);
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
