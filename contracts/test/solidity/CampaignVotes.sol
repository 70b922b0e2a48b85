// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {CampaignStatus} from "../../contracts/interfaces/ICrowdfund.sol";
import {FundraiserState} from "./FundraiserState.sol";
import {VM} from "./Vm.sol";

/// @notice The shares of campaigns: locked for contributors, surrendered, taken and returned, while they earn and vote.
abstract contract CampaignVotes is FundraiserState {
    /// @notice Through whom the shares of an account or of a lock's box vote, as their owner said.
    mapping(address holder => address) public delegateOf;
    /// @notice Base units that were paid to the model, accrued or not.
    uint256 public earned;
    /// @notice Whether shares that changed hands ever took along what was accrued, or a lock ever paid what was not due.
    bool public earningsMoved;

    modifier leavesEarnings() {
        uint256[] memory before = _earnings();
        _;
        uint256[] memory afterwards = _earnings();
        for (uint256 i; i < before.length; ++i) {
            if (before[i] != afterwards[i]) earningsMoved = true;
        }
    }

    constructor() {
        _declare("earn: not accrued");
        _declare("lockShares: not accrued");
        _declare("surrenderShares: not accrued");
        _declare("takeShares: not accrued");
        _declare("returnShares: not accrued");
        _declare("delegate: wallet");
        _declare("delegate: allocation");
        _declare("delegate: contribution");
        _declare("delegate: somebody else");
        _declare("delegate: refused");
    }

    function lockShares(uint256 who, uint256 which) public campaignsExist leavesEarnings {
        (uint256 at, address person,) = _findPart(
            which, who, CampaignStatus.Funded, who % 2 == 0 ? CampaignStatus.Completed : CampaignStatus.Ended
        );
        Part storage part = _parts[at][person];
        bool allowed = crowdfund.status(_campaigns[at]) >= CampaignStatus.Funded && part.contributed != 0
            && !part.locked && !part.taken;
        bytes memory call_ = abi.encodeCall(crowdfund.lockShares, (_campaigns[at], person));
        if (!_attempt(address(this), allowed, call_)) return;
        part.locked = true;
        _moved("lockShares: not accrued");
    }

    /// @dev As anybody may, for a contributor.
    function surrenderShares(uint256 who, uint256 which) public campaignsExist leavesEarnings {
        (uint256 at, address person, bool found) =
            _findPart(which, who, CampaignStatus.Completed, CampaignStatus.Ended);
        bytes memory call_ = abi.encodeCall(crowdfund.surrenderShares, (_campaigns[at], person));
        if (!_attempt(address(this), found, call_) || !_surrendered(at, person)) return;
        _moved("surrenderShares: not accrued");
    }

    function takeShares(uint256 who, uint256 which) public campaignsExist leavesEarnings {
        (uint256 at, address person, bool found) =
            _findPart(which, who, CampaignStatus.Completed, CampaignStatus.Ended);
        Part storage part = _parts[at][person];
        (bool success, bytes memory kept) =
            _call(person, found && !part.taken, abi.encodeCall(crowdfund.takeShares, (_campaigns[at], person)));
        if (!success) return;
        _surrendered(at, person);
        _books[at].kept += abi.decode(kept, (uint64));
        part.taken = true;
        _moved("takeShares: not accrued");
    }

    /// @dev Of the first campaign from `which` on that has something to return.
    function returnShares(uint256 which) public campaignsExist leavesEarnings {
        for (uint256 i; i < _campaigns.length; ++i) {
            uint256 at = addmod(which, i, _campaigns.length);
            uint64 returned = crowdfund.returnShares(_campaigns[at]);
            if (returned == 0) continue;
            _books[at].returned += returned;
            return _moved("returnShares: not accrued");
        }
    }

    /// @notice Revenue comes in, and now and then somebody accrues it.
    function earn(uint256 amount, uint256 chance) public {
        // Enough for a campaign, which has a small part of all shares.
        amount = 1 + _magnitude(amount) * 1e7;
        earned += amount;
        token.mint(address(shares), amount);
        _done();
        if (chance % 4 == 1) shares.accrue();
        else _done("earn: not accrued");
    }

    /// @notice A lock, the first from `which` on to which anything is due, is paid what its shares have earned until now.
    function claim(uint256 which) public campaignsExist {
        uint256 locks = vault.count();
        for (uint256 i; i < locks; ++i) {
            if (_claim(1 + addmod(which, i, locks))) return _done();
        }
    }

    /// @notice Somebody says through whom shares vote: a holder's own, those locked for a contributor, or those of a campaign
    /// that are nobody's yet, for which the treasury speaks.
    function delegate(uint256 who, uint256 which, uint256 to) public campaignsExist {
        address person = who % 4 == PEOPLE ? TREASURY : people[who % 4];
        address delegatee = to % 5 == 4 ? address(0) : to % 5 == PEOPLE ? TREASURY : people[to % 5];
        if (which / 1_000 % 3 == 0) {
            VM.prank(person);
            shares.delegate(delegatee);
            _delegated(person, delegatee, "delegate: wallet");
        } else {
            _delegateLock(which % _campaigns.length, person, delegatee);
        }
        _done();
    }

    function _claim(uint256 lock) private returns (bool) {
        address owner = vault.lockOf(lock).owner;
        uint256 coming = token.balanceOf(address(shares)) + shares.claimedRevenue() - shares.lifetimeRevenue();
        uint256 due = vault.claimable(lock, owner) + coming * vault.balanceOf(shares, lock) / SUPPLY;
        uint256 before = token.balanceOf(owner);
        uint256 paid = vault.claim(lock);
        if (token.balanceOf(owner) != before + paid) earningsMoved = true;
        // What was not accrued is rounded with what was.
        uint256 slack = coming == 0 ? 0 : 1;
        if (due > paid + slack || paid > due + slack) earningsMoved = true;
        return paid != 0;
    }

    /// @dev The lock of a contribution if there is one; else the campaign's, which only the treasury speaks for.
    function _delegateLock(uint256 at, address person, address delegatee) private {
        (,, uint256 lock,,,) = crowdfund.contribution(idOf(at), person);
        bytes32 kind = lock == 0 ? bytes32("delegate: allocation") : bytes32("delegate: contribution");
        if (lock == 0) lock = _books[at].lock;
        VM.prank(person);
        (bool success,) = address(vault).call(abi.encodeCall(vault.delegate, (lock, delegatee)));
        require(success == (kind == "delegate: contribution" || person == TREASURY), "who delegates a lock");
        if (success) _delegated(vault.boxOf(lock), delegatee, kind);
        else _done("delegate: refused");
    }

    function _delegated(address holder, address delegatee, bytes32 kind) private {
        _done(kind);
        if (delegateOf[holder] != address(0) && delegateOf[holder] != delegatee) _done("delegate: somebody else");
        delegateOf[holder] = delegatee;
    }

    /// @dev Shares changed hands, and perhaps there was something that nobody had accrued.
    function _moved(bytes32 notAccrued) private {
        _done();
        if (token.balanceOf(address(shares)) + shares.claimedRevenue() != shares.lifetimeRevenue()) _done(notAccrued);
    }

    /// @dev What was accrued for each person, the treasury and each lock.
    function _earnings() private view returns (uint256[] memory earnings) {
        address[] memory all = holders();
        earnings = new uint256[](all.length);
        for (uint256 i; i < all.length; ++i) {
            earnings[i] = shares.claimable(all[i]);
        }
    }
}
