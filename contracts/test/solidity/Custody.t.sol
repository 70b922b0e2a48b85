// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {Shares} from "../../contracts/Shares.sol";
import {PledgeState, PledgeStatus} from "../../contracts/interfaces/IPledge.sol";
import {Lock} from "../../contracts/interfaces/IShareVault.sol";
import {Custody} from "./Custody.sol";
import {Handler} from "./Handler.sol";
import {HandlerTest} from "./HandlerTest.sol";

/// @notice Shares and their revenue are conserved, whoever locks, pledges, earns, lends and buys.
contract CustodyTest is HandlerTest {
    Custody private _custody;

    function setUp() public {
        _custody = new Custody();
    }

    function invariant_I16_pledgedSharesWaitAndLendersGetTheDebt() public view {
        _pledgedSharesWait();
        _lendersReceiveNoMoreThanTheDebt();
    }

    /// @notice Held shares, and what they earn, obey the same laws as others.
    function invariant_custody() public view {
        _everyShareIsInOnePlace();
        _boxesHoldWhatTheirLocksSay();
        _releasesFollowSchedules();
        _sharesOweWhatTheyHold();
        _everyBaseUnitIsInOnePlace();
        _boxesOweWhatTheyHold();
        _votesAreThoseOfDelegatedShares();
    }

    /// @notice None of the operations is one that never does anything.
    function test_everyOperationSucceeds() public {
        _custody.earn(0, 6);
        _custody.transferShares(0, 1, 0, 7);
        _custody.delegateShares(0, 1, 0);
        _custody.claimShares(0, 0);
        _custody.lock(0, 1, 0, 1_001, 0);
        _custody.lockUnder(0, 1, 0, 1_001);
        _custody.delegateLock(0, 1);
        _custody.release(0, 1, 11);
        _custody.earn(0, 1_000_000_006);
        _custody.meddle(0, 0, 2);
        _custody.claim(0);
        _custody.freeze(1);
        _custody.earn(0, 1_000_000_006);
        _custody.setPayee(1, 2);
        _custody.claimTo(1, 1, 3);
        _custody.offer(0, 0, 1_001, 1_000_000_006);
        _custody.withdraw(0);
        _custody.offer(0, 0, 1_001, 1_000_000_006);
        _custody.lend(1, 2);
        _custody.freeze(2);
        _custody.repay(1, 3, 2);
        _custody.collect(2, 3);
        _custody.wait(1);
        _custody.buy(1, 3, 0);
        _custody.serve(1);
        bytes4[20] memory operations = [
            Custody.earn.selector,
            Custody.freeze.selector,
            Custody.wait.selector,
            Custody.transferShares.selector,
            Custody.delegateShares.selector,
            Custody.claimShares.selector,
            Custody.meddle.selector,
            Custody.lock.selector,
            Custody.lockUnder.selector,
            Custody.release.selector,
            Custody.claim.selector,
            Custody.claimTo.selector,
            Custody.setPayee.selector,
            Custody.delegateLock.selector,
            Custody.offer.selector,
            Custody.withdraw.selector,
            Custody.lend.selector,
            Custody.serve.selector,
            Custody.repay.selector,
            Custody.buy.selector
        ];
        for (uint256 i; i < operations.length; ++i) {
            require(_custody.succeeded(operations[i]) != 0, "an operation did nothing");
        }
        require(_custody.succeeded(Custody.collect.selector) != 0, "nothing was collected");
        invariant_custody();
        invariant_I16_pledgedSharesWaitAndLendersGetTheDebt();
    }

    /// @notice Whatever happened, everybody gets their shares and their money, and nothing but dust stays behind.
    function testFuzz_everybodyCanLeave(uint256 seed) public {
        for (uint256 i; i < 40; ++i) {
            seed = uint256(keccak256(abi.encode(seed)));
            uint256 other = uint256(keccak256(abi.encode(seed, "other")));
            uint256 kind = seed % 10;
            if (kind == 0) _custody.lock(seed >> 8, seed >> 16, seed >> 24, other, seed >> 32);
            else if (kind == 1) _custody.lockUnder(seed >> 8, seed >> 16, seed >> 24, other);
            else if (kind == 2) _custody.offer(seed >> 8, seed >> 16, seed >> 24, other);
            else if (kind == 3) _custody.lend(seed >> 8, seed >> 16);
            else if (kind == 4) _custody.setPayee(seed >> 8, seed >> 16);
            else if (kind == 5) _custody.meddle(seed >> 8, seed >> 16, other);
            else if (kind == 6) _custody.freeze(seed >> 8);
            else if (kind == 7) _custody.wait(seed >> 8);
            else if (kind == 8) _custody.serve(seed >> 8);
            else _custody.earn(seed >> 8, other);
        }
        _leave();
        invariant_custody();
        invariant_I16_pledgedSharesWaitAndLendersGetTheDebt();
        for (uint256 id = 1; id <= _custody.locks(); ++id) {
            address box = _custody.vault().boxOf(id);
            require(_custody.vault().releasable(id) == 0, "shares stayed");
            require(_custody.token().balanceOf(box) == 0, "money stayed in a box");
        }
        require(_custody.token().balanceOf(address(_custody.pledge())) == 0, "money stayed in the pledge");
        for (uint256 m; m < _custody.MODELS(); ++m) {
            uint256 left = _custody.token().balanceOf(address(_custody.models(m)));
            require(left <= _custody.PEOPLE() + _custody.locks(), "revenue stayed");
        }
    }

    function _leave() private {
        for (uint256 who; who < _custody.PEOPLE(); ++who) {
            if (_custody.token().frozen(_custody.people(who))) _custody.freeze(who);
        }
        // Long enough for every schedule to end.
        for (uint256 i; i < 5; ++i) {
            _custody.wait(20 days - 1);
        }
        uint256 pledges = _custody.pledges().length;
        for (uint256 i; i < pledges; ++i) {
            _custody.withdraw(i);
            _custody.serve(i);
            _custody.buy(i, i, 0);
        }
        for (uint256 at; at < _custody.locks(); ++at) {
            _custody.release(at, at, _custody.vault().releasable(at + 1));
            for (uint256 who; who < _custody.PEOPLE(); ++who) {
                _custody.claimTo(at, who, who);
            }
        }
        for (uint256 who; who < _custody.PEOPLE(); ++who) {
            _custody.collect(who, who);
            for (uint256 m; m < _custody.MODELS(); ++m) {
                _custody.claimShares(who, m);
            }
        }
    }

    /// @dev Supply = what people hold + what is in boxes; vault and pledge hold none themselves.
    function _everyShareIsInOnePlace() private view {
        for (uint256 m; m < _custody.MODELS(); ++m) {
            Shares shares = _custody.models(m);
            uint256 total;
            for (uint256 i; i < _custody.PEOPLE(); ++i) {
                total += shares.balanceOf(_custody.people(i));
            }
            for (uint256 id = 1; id <= _custody.locks(); ++id) {
                total += shares.balanceOf(_custody.vault().boxOf(id));
            }
            require(total == shares.totalSupply(), "supply");
        }
    }

    function _boxesHoldWhatTheirLocksSay() private view {
        for (uint256 id = 1; id <= _custody.locks(); ++id) {
            Lock memory held = _custody.vault().lockOf(id);
            uint256 inBox = Shares(address(held.model)).balanceOf(_custody.vault().boxOf(id));
            require(inBox == held.amount - held.released + _custody.gifts(id), "shares of a lock");
        }
    }

    /// @dev Released / amount <= elapsed / duration, without a division.
    function _releasesFollowSchedules() private view {
        for (uint256 id = 1; id <= _custody.locks(); ++id) {
            Lock memory held = _custody.vault().lockOf(id);
            if (held.controller != address(0) || block.timestamp >= held.schedule.end) continue;
            if (block.timestamp < held.schedule.cliff) require(held.released == 0, "released before the cliff");
            uint256 released = uint256(held.released) * (held.schedule.end - held.schedule.start);
            uint256 elapsed = block.timestamp > held.schedule.start ? block.timestamp - held.schedule.start : 0;
            require(released <= held.amount * elapsed, "released beyond vested");
        }
    }

    /// @dev What people and boxes can claim is what the shares hold, but for less than a base unit each.
    function _sharesOweWhatTheyHold() private view {
        for (uint256 m; m < _custody.MODELS(); ++m) {
            Shares shares = _custody.models(m);
            uint256 unclaimed = shares.lifetimeRevenue() - shares.claimedRevenue();
            require(_custody.token().balanceOf(address(shares)) == unclaimed, "balance of shares");
            uint256 claimable;
            for (uint256 i; i < _custody.PEOPLE(); ++i) {
                claimable += shares.claimable(_custody.people(i));
            }
            for (uint256 id = 1; id <= _custody.locks(); ++id) {
                claimable += shares.claimable(_custody.vault().boxOf(id));
            }
            uint256 holders = _custody.PEOPLE() + _custody.locks();
            require(claimable <= unclaimed && unclaimed <= claimable + holders, "claimable");
        }
    }

    /// @dev Money = people's + unclaimed revenue + in boxes + kept by the pledge for somebody; the vault has none.
    function _everyBaseUnitIsInOnePlace() private view {
        uint256 total;
        uint256 kept;
        for (uint256 i; i < _custody.PEOPLE(); ++i) {
            total += _custody.token().balanceOf(_custody.people(i));
            kept += _custody.pledge().kept(_custody.token(), _custody.people(i));
        }
        for (uint256 m; m < _custody.MODELS(); ++m) {
            total += _custody.token().balanceOf(address(_custody.models(m)));
        }
        for (uint256 id = 1; id <= _custody.locks(); ++id) {
            total += _custody.token().balanceOf(_custody.vault().boxOf(id));
        }
        require(_custody.token().balanceOf(address(_custody.pledge())) == kept, "kept money");
        require(total + kept == _custody.minted(), "money");
    }

    /// @dev Everything in a box, and everything it has earned, is somebody's.
    function _boxesOweWhatTheyHold() private view {
        for (uint256 id = 1; id <= _custody.locks(); ++id) {
            Lock memory held = _custody.vault().lockOf(id);
            address box = _custody.vault().boxOf(id);
            uint256 owed = _custody.vault().claimable(id, address(_custody.pledge()));
            for (uint256 i; i < _custody.PEOPLE(); ++i) {
                owed += _custody.vault().claimable(id, _custody.people(i));
            }
            require(owed == held.model.claimable(box) + _custody.token().balanceOf(box), "revenue of a lock");
        }
    }

    function _votesAreThoseOfDelegatedShares() private view {
        for (uint256 m; m < _custody.MODELS(); ++m) {
            Shares shares = _custody.models(m);
            uint256 votes;
            uint256 delegated;
            for (uint256 i; i < _custody.PEOPLE(); ++i) {
                address person = _custody.people(i);
                votes += shares.getVotes(person);
                if (shares.delegates(person) != address(0)) delegated += shares.balanceOf(person);
            }
            for (uint256 id = 1; id <= _custody.locks(); ++id) {
                address box = _custody.vault().boxOf(id);
                if (shares.delegates(box) != address(0)) delegated += shares.balanceOf(box);
            }
            require(votes == delegated, "votes");
        }
    }

    /// @dev All of them as long as the pledge stands, and none after.
    function _pledgedSharesWait() private view {
        bytes32[] memory ids = _custody.pledges();
        for (uint256 i; i < ids.length; ++i) {
            PledgeState memory state = _custody.pledge().pledgeOf(ids[i]);
            bool stands = state.status == PledgeStatus.Offered || state.status == PledgeStatus.Lent;
            uint64 waiting = _custody.vault().releasable(state.lock);
            require(waiting == (stands ? state.terms.shares : 0), "pledged shares");
            require((state.status == PledgeStatus.Lent) == (state.lender != address(0) && stands), "lender");
        }
    }

    function _lendersReceiveNoMoreThanTheDebt() private view {
        bytes32[] memory ids = _custody.pledges();
        for (uint256 i; i < ids.length; ++i) {
            PledgeState memory state = _custody.pledge().pledgeOf(ids[i]);
            require(_custody.received(ids[i]) == state.paid, "received by the lender");
            require(state.paid <= state.terms.debt, "received more than the debt");
            if (state.status == PledgeStatus.Repaid) require(state.paid == state.terms.debt, "repaid too early");
            if (state.status == PledgeStatus.Lent) require(state.paid < state.terms.debt, "repaid too late");
        }
    }

    function _handler() internal view override returns (Handler) {
        return _custody;
    }

    function _name() internal pure override returns (string memory) {
        return "Custody";
    }
}
