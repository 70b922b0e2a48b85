// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {Shares} from "../../contracts/Shares.sol";
import {IPledge, PledgeState, PledgeStatus, Terms} from "../../contracts/interfaces/IPledge.sol";
import {HeldShares} from "./HeldShares.sol";
import {VM} from "./Vm.sol";

/**
 * @notice People who hold, lock and pledge shares. Every operation has arguments that make it succeed, unless the token
 * refuses, or does nothing.
 * @dev Keeps its own books, of what went in and what lenders received, to compare with the state of the contracts. Small
 * seeds neither freeze a lender nor make a pledge where none is.
 */
contract Custody is HeldShares {
    bytes32[] private _pledges;
    /// @notice Money that the lender of a pledge has received or may collect, by its own balance.
    mapping(bytes32 id => uint256) public received;

    constructor() {
        _declare("withdraw: repaid");
        _declare("lend: refused");
        _declare("lend: not accrued");
        _declare("serve: refused");
        _declare("serve: not accrued");
        _declare("serve: last of the debt");
        _declare("serve: after the sale");
        _declare("repay: refused");
        _declare("repay: last of the debt");
        _declare("buy: refused");
        _declare("buy: covered by revenue");
        _declare("buy: not accrued");
        _declare("buy: lock frozen");
        _declare("collect: refused");
    }

    function pledges() external view returns (bytes32[] memory) {
        return _pledges;
    }

    function offer(uint256 who, uint256 m, uint256 shares, uint256 amount) public {
        if (_offer(who, m, shares, amount) != 0) _done();
    }

    function withdraw(uint256 at) public {
        (bytes32 id, PledgeState memory state) = _pledgeIn(PledgeStatus.Repaid, at);
        if (id == 0) (id, state) = _pledgeIn(PledgeStatus.Offered, at);
        if (id == 0) return;
        VM.prank(state.borrower);
        pledge.withdraw(id);
        _done();
        if (state.status == PledgeStatus.Repaid) _done("withdraw: repaid");
    }

    function lend(uint256 at, uint256 who) public {
        (bytes32 id,) = _pledgeIn(PledgeStatus.Offered, at);
        if (id == 0 && at >= SMALL) id = _offer(who, at, who / PEOPLE, at);
        if (id != 0 && _lend(id, who)) _done();
    }

    /// @dev Now and then of a pledge that may be over. When nothing is due, something comes in that nobody accrues.
    function serve(uint256 at) public {
        (bytes32 id, PledgeState memory state) = at % 4 == 3 ? _pledgeIn(PledgeStatus.Sold, at) : _lent(at);
        if (at < SMALL && _pledges.length != 0) {
            id = _pledges[at % _pledges.length];
            state = pledge.pledgeOf(id);
        }
        if (state.lender == address(0)) return;
        if (at >= SMALL && _due(state.lock, address(pledge)) == 0) _earn(state, at);
        (bool any, uint256 due) = (_unaccrued(_modelOf(state)) != 0, _due(state.lock, address(pledge)));
        _mayFreeze(state.lender, at);
        uint256 before = _wealth(state.lender);
        bool refusable = _stuck(state.lock) || token.frozen(address(pledge));
        (bool success, bytes memory revenue) = _attempt(
            address(this), address(pledge), abi.encodeCall(pledge.serve, (id)), refusable, "serve: refused"
        );
        if (!success) return;
        _isDue(abi.decode(revenue, (uint256)), due, any);
        received[id] += _wealth(state.lender) - before;
        if (due == 0) return;
        _done();
        if (any) _done("serve: not accrued");
        if (state.status == PledgeStatus.Sold) _done("serve: after the sale");
        _maybeEnded(id, state, "serve: last of the debt");
    }

    /// @dev Half the time all that is left.
    function repay(uint256 at, uint256 who, uint256 amount) public {
        (bytes32 id, PledgeState memory state) = _lent(at);
        if (id == 0) return;
        address payer = people[who % PEOPLE];
        if (payer != state.lender) _mayFreeze(state.lender, at);
        amount = amount % 2 == 0 ? state.terms.debt : 1 + amount % state.terms.debt;
        uint256 before = _wealth(state.lender);
        (bool success, bytes memory paid) = _attempt(
            payer,
            address(pledge),
            abi.encodeCall(pledge.repay, (id, uint96(amount))),
            token.frozen(payer) || token.frozen(address(pledge)),
            "repay: refused"
        );
        if (!success) return;
        received[id] +=
            _wealth(state.lender) + (payer == state.lender ? abi.decode(paid, (uint256)) : 0) - before;
        _done();
        _maybeEnded(id, state, "repay: last of the debt");
    }

    function buy(uint256 at, uint256 who, uint256 time) public {
        (bytes32 id, PledgeState memory state) = _lent(at);
        if (id == 0) return;
        address buyer = people[who % PEOPLE];
        if (_time < state.dueAt) VM.warp(_time = state.dueAt + time % 8 days);
        if (at >= SMALL && time % 4 == 0) _earn(state, at);
        if (buyer != state.lender) _mayFreeze(state.lender, at);
        bool stuck = _stuck(state.lock) || token.frozen(address(pledge));
        uint256 slack = _unaccrued(_modelOf(state)) == 0 ? 0 : 1;
        (uint256 due, uint256 left) = (_due(state.lock, address(pledge)), state.terms.debt - state.paid);
        uint256 most = _modelOf(state).claimable(buyer)
            + _unaccruedOf(_modelOf(state), _modelOf(state).balanceOf(buyer)) + slack;
        uint256 before = _wealth(state.lender);
        VM.prank(buyer);
        try pledge.buy(id) returns (uint256 price) {
            require(stuck || due < left + slack, "sold what revenue pays for");
            received[id] += _wealth(state.lender) + (buyer == state.lender ? price : 0) - before;
            require(_modelOf(state).claimable(buyer) <= most, "the buyer earned from before the sale");
            require(_unaccrued(_modelOf(state)) == 0, "revenue from before the sale waits for the buyer");
            _done();
            if (slack != 0) _done("buy: not accrued");
            if (stuck) _done("buy: lock frozen");
        } catch (bytes memory reason) {
            if (bytes4(reason) == IPledge.Pledge_CoveredByRevenue.selector) {
                require(due + slack >= left, "not sold, but revenue does not pay");
                _done("buy: covered by revenue");
            } else {
                require(token.frozen(buyer) || token.frozen(address(pledge)), "not sold against the rules");
                _done("buy: refused");
            }
        }
    }

    function collect(uint256 who, uint256 to) public {
        address recipient = people[to % PEOPLE];
        bool refusable = token.frozen(recipient) || token.frozen(address(pledge));
        for (uint256 i; i < PEOPLE; ++i) {
            address person = people[addmod(who, i, PEOPLE)];
            if (pledge.kept(token, person) == 0) continue;
            bytes memory call_ = abi.encodeCall(pledge.collect, (token, recipient));
            (bool success,) = _attempt(person, address(pledge), call_, refusable, "collect: refused");
            if (success) _done();
        }
    }

    function _offer(uint256 who, uint256 m, uint256 shares, uint256 amount) private returns (bytes32 id) {
        (who, m) = (who % PEOPLE, m % MODELS);
        shares = _part(who, m, shares);
        if (shares == 0 || locks == MAX_LOCKS) return 0;
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
        id = pledge.offer(terms);
        _pledges.push(id);
        ++locks;
    }

    /// @dev By anybody but the borrower, whose is what came in before, accrued or not: paid, or reserved for it.
    function _lend(bytes32 id, uint256 who) private returns (bool success) {
        PledgeState memory state = pledge.pledgeOf(id);
        address lender = people[who % PEOPLE];
        if (lender == state.borrower) lender = people[addmod(who, 1, PEOPLE)];
        bool any = _unaccrued(_modelOf(state)) != 0;
        uint256 due = _due(state.lock, state.borrower) + state.terms.principal;
        uint256 before = token.balanceOf(state.borrower);
        (success,) = _attempt(
            lender,
            address(pledge),
            abi.encodeCall(pledge.lend, (id)),
            token.frozen(lender) || token.frozen(state.borrower) || _stuck(state.lock),
            "lend: refused"
        );
        if (!success) return false;
        _isDue(token.balanceOf(state.borrower) - before + vault.claimable(state.lock, state.borrower), due, any);
        if (any) _done("lend: not accrued");
    }

    /// @dev A pledge that is lent, or zero. If there is none, people make one.
    function _lent(uint256 at) private returns (bytes32 id, PledgeState memory state) {
        (id, state) = _pledgeIn(PledgeStatus.Lent, at);
        if (id != 0 || at < SMALL) return (id, state);
        (id,) = _pledgeIn(PledgeStatus.Offered, at);
        uint256 seed = uint256(keccak256(abi.encode(at)));
        if (id == 0) id = _offer(seed >> 8, seed >> 16, seed >> 24, seed);
        if (id == 0 || !_lend(id, seed >> 32)) return (0, state);
        state = pledge.pledgeOf(id);
    }

    /// @dev More often than not the lender can be paid nothing.
    function _mayFreeze(address lender, uint256 at) private {
        if (at >= SMALL && at % 4 != 0) token.setFrozen(lender, true);
    }

    /// @dev The shares of a pledge earn about as much as is left of the debt, and nobody accrues it. Into the box of a lock that
    /// holds none any more, somebody pays.
    function _earn(PledgeState memory state, uint256 seed) private {
        if (_stuck(state.lock)) return;
        uint256 amount = 1 + (seed >> 8) % (2 * uint256(1 + state.terms.debt - state.paid));
        if (state.status != PledgeStatus.Lent) return _mint(vault.boxOf(state.lock), amount);
        uint256 m = address(state.terms.model) == address(models[0]) ? 0 : 1;
        _pay(m, amount * models[m].totalSupply() / state.terms.shares);
    }

    function _maybeEnded(bytes32 id, PledgeState memory state, bytes32 kind) private {
        if (state.status != PledgeStatus.Lent) return;
        if (pledge.pledgeOf(id).status == PledgeStatus.Repaid) _done(kind);
    }

    /// @dev A pledge in this state, or zero if there is none.
    function _pledgeIn(PledgeStatus status, uint256 at) private view returns (bytes32 id, PledgeState memory state) {
        for (uint256 i; i < _pledges.length; ++i) {
            id = _pledges[addmod(at, i, _pledges.length)];
            state = pledge.pledgeOf(id);
            if (state.status == status) return (id, state);
        }
        id = 0;
        delete state;
    }

    function _modelOf(PledgeState memory state) private pure returns (Shares) {
        return Shares(address(state.terms.model));
    }

    function _wealth(address person) private view returns (uint256) {
        return token.balanceOf(person) + pledge.kept(token, person);
    }
}
