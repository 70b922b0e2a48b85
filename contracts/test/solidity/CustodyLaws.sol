// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {Shares} from "../../contracts/Shares.sol";
import {PledgeState, PledgeStatus} from "../../contracts/interfaces/IPledge.sol";
import {Lock} from "../../contracts/interfaces/IShareVault.sol";
import {Custody} from "./Custody.sol";
import {HandlerTest} from "./HandlerTest.sol";

/// @notice What holds of held shares at any time, counted from its own sources and from the custody's books.
abstract contract CustodyLaws is HandlerTest {
    Custody internal _custody;

    /// @dev Supply = what people hold + what is in boxes; vault and pledge hold none themselves.
    function _everyShareIsInOnePlace() internal view {
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

    function _boxesHoldWhatTheirLocksSay() internal view {
        for (uint256 id = 1; id <= _custody.locks(); ++id) {
            Lock memory held = _custody.vault().lockOf(id);
            uint256 inBox = Shares(address(held.model)).balanceOf(_custody.vault().boxOf(id));
            require(inBox == held.amount - held.released + _custody.gifts(id), "shares of a lock");
        }
    }

    /// @dev Released / amount <= elapsed / duration, without a division.
    function _releasesFollowSchedules() internal view {
        for (uint256 id = 1; id <= _custody.locks(); ++id) {
            Lock memory held = _custody.vault().lockOf(id);
            if (held.controller != address(0) || block.timestamp >= held.schedule.end) continue;
            if (block.timestamp < held.schedule.cliff) require(held.released == 0, "released before the cliff");
            uint256 released = uint256(held.released) * (held.schedule.end - held.schedule.start);
            uint256 elapsed = block.timestamp > held.schedule.start ? block.timestamp - held.schedule.start : 0;
            require(released <= held.amount * elapsed, "released beyond vested");
        }
    }

    /// @dev Shares hold all that came in and was not claimed. What people and boxes can claim is what of it was accrued, but for
    /// less than a base unit each.
    function _sharesOweWhatTheyHold() internal view {
        for (uint256 m; m < _custody.MODELS(); ++m) {
            Shares shares = _custody.models(m);
            uint256 unclaimed = shares.lifetimeRevenue() - shares.claimedRevenue();
            uint256 left = _custody.earned(m) - shares.claimedRevenue();
            require(_custody.token().balanceOf(address(shares)) == left, "balance of shares");
            require(unclaimed <= left, "accrued more than came in");
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
    function _everyBaseUnitIsInOnePlace() internal view {
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
    function _boxesOweWhatTheyHold() internal view {
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

    function _votesAreThoseOfDelegatedShares() internal view {
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

    /// @dev All of them until the pledge is withdrawn or sold, and none after.
    function _pledgedSharesWait() internal view {
        bytes32[] memory ids = _custody.pledges();
        for (uint256 i; i < ids.length; ++i) {
            PledgeState memory state = _custody.pledge().pledgeOf(ids[i]);
            bool ended = state.status == PledgeStatus.Withdrawn || state.status == PledgeStatus.Sold;
            uint64 waiting = _custody.vault().releasable(state.lock);
            require(waiting == (ended ? 0 : state.terms.shares), "pledged shares");
            bool lent = state.status == PledgeStatus.Lent || state.status == PledgeStatus.Repaid;
            require(ended || lent == (state.lender != address(0)), "lender");
        }
    }

    function _lendersReceiveNoMoreThanTheDebt() internal view {
        bytes32[] memory ids = _custody.pledges();
        for (uint256 i; i < ids.length; ++i) {
            PledgeState memory state = _custody.pledge().pledgeOf(ids[i]);
            require(_custody.received(ids[i]) == state.paid, "received by the lender");
            require(state.paid <= state.terms.debt, "received more than the debt");
            if (state.status == PledgeStatus.Repaid) require(state.paid == state.terms.debt, "repaid too early");
            if (state.status == PledgeStatus.Lent) require(state.paid < state.terms.debt, "repaid too late");
        }
    }
}
