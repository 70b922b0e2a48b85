// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {Campaign, CampaignStatus} from "../../contracts/interfaces/ICrowdfund.sol";
import {CampaignVotes} from "./CampaignVotes.sol";

/**
 * @notice A fundraiser for the invariant tests: every operation, mostly with arguments that make it succeed. It knows
 * which do, and accepts no other outcome.
 */
contract Fundraiser is CampaignVotes {
    function create(uint256 goal, uint256 allocation, uint256 count, uint256 threshold) public {
        if (_campaigns.length == MAX_CAMPAIGNS) return;
        count = 1 + count % 3;
        goal = 1 + count + _magnitude(goal);
        uint128[] memory milestones = new uint128[](count);
        for (uint256 i; i < count; ++i) {
            milestones[i] = uint128(i == 0 ? goal - goal / count * (count - 1) : goal / count);
        }
        Campaign memory c = Campaign({
            model: address(shares),
            paymentToken: address(token),
            beneficiary: BENEFICIARY,
            treasury: TREASURY,
            goal: uint128(goal),
            allocation: uint64(1 + _magnitude(allocation)),
            // Tells campaigns of the same terms apart.
            deadline: uint64(_time + 30 days + _campaigns.length),
            vetoThresholdBps: uint16(1 + threshold % 5_000),
            vetoWindow: 1 days,
            timeout: 7 days,
            milestones: milestones
        });
        crowdfund.create(c);
        _campaigns.push(c);
        _books.push();
        _books[_books.length - 1].lock = vault.count();
        _done();
    }

    function contribute(uint256 who, uint256 which, uint256 amount, uint256 some) public campaignsExist {
        (uint256 at, bool allowed) = _find(which, CampaignStatus.Funding, CampaignStatus.Funding);
        uint256 available = _campaigns[at].goal - _books[at].contributed;
        // Now and then beyond the goal.
        amount = some % 2 == 0 && allowed ? available : 1 + amount % (available + available / 8 + 1);
        address person = people[who % PEOPLE];
        if (_contribute(at, person, amount, allowed && amount <= available)) _done();
    }

    /// @notice Lets the deadline of a campaign pass, and of every other that was created before it. Rarely: it fails them.
    function expire(uint256 which, uint256 chance) public campaignsExist {
        (uint256 at, bool found) = _find(which, CampaignStatus.Funding, CampaignStatus.Funding);
        if (!found || chance % 4 != 0) return;
        _waitBeyond(_campaigns[at].deadline);
        _done();
    }

    function announce(uint256 who, uint256 which) public campaignsExist {
        if (who / 1_000 % 2 == 1) _fund(which);
        (uint256 at, bool allowed) = _findRelease(which, false);
        bool byOwner = who % 4 != 0;
        if (_announce(at, byOwner ? address(this) : people[who % PEOPLE], allowed && byOwner)) _done();
    }

    function veto(uint256 who, uint256 which) public campaignsExist {
        if (who / 1_000 % 2 == 1) _prepare(which);
        (uint256 at, bool allowed) = _findRelease(which, true);
        address person = _contributor(at, who);
        Part storage part = _parts[at][person];
        allowed = allowed && part.contributed != 0 && _time <= _books[at].vetoUntil;
        allowed = allowed && part.vetoed <= _books[at].milestone;
        if (!_attempt(person, allowed, abi.encodeCall(crowdfund.veto, (_campaigns[at])))) return;
        part.vetoed = _books[at].milestone + 1;
        _books[at].vetoes += part.contributed;
        _done();
    }

    function release(uint256 which, uint256 early) public campaignsExist {
        if (early / 1_000 % 2 == 1) _prepare(which);
        (uint256 at, bool allowed) = _findRelease(which, true);
        Books storage b = _books[at];
        if (allowed && early % 4 != 0) _waitBeyond(b.vetoUntil);
        allowed = allowed && _time > b.vetoUntil;
        if (!_attempt(address(this), allowed, abi.encodeCall(crowdfund.release, (_campaigns[at])))) return;
        b.released += _campaigns[at].milestones[b.milestone++];
        (b.vetoUntil, b.vetoes) = (0, 0);
        b.overdueAfter = _time + _campaigns[at].timeout;
        _done();
    }

    /// @dev In time rarely, since a wait of this length fails everything that is being funded.
    function end(uint256 which, uint256 chance) public campaignsExist {
        if (chance / 1_000 % 2 == 1) _prepare(which);
        (uint256 at, bool allowed) = _find(which, CampaignStatus.Funded, CampaignStatus.Funded);
        uint256 overdueAfter = _books[at].overdueAfter;
        if (allowed && chance % 2 == 0) _waitBeyond(overdueAfter);
        allowed = allowed && _time > overdueAfter;
        if (_attempt(address(this), allowed, abi.encodeCall(crowdfund.end, (_campaigns[at])))) _done();
    }

    function refund(uint256 who, uint256 which) public campaignsExist {
        (uint256 at, address person, bool found) = _findPart(which, who, CampaignStatus.Failed, CampaignStatus.Ended);
        Part storage part = _parts[at][person];
        bool allowed = found && !part.refunded;
        (bool success, bytes memory paid) =
            _call(person, allowed, abi.encodeCall(crowdfund.refund, (_campaigns[at], person)));
        if (!success) return;
        _books[at].refunded += abi.decode(paid, (uint256));
        part.refunded = true;
        _done();
    }

    /// @dev If no release is announced, the next one of a campaign is.
    function _prepare(uint256 which) private {
        (, bool announced) = _findRelease(which, true);
        if (announced) return;
        _fund(which);
        (uint256 at, bool found) = _findRelease(which, false);
        if (found) _announce(at, address(this), true);
    }

    /// @dev If no release can be announced, somebody fills a campaign.
    function _fund(uint256 which) private {
        (, bool funded) = _findRelease(which, false);
        (uint256 at, bool found) = _find(which, CampaignStatus.Funding, CampaignStatus.Funding);
        if (funded || !found) return;
        _contribute(at, people[which % PEOPLE], _campaigns[at].goal - _books[at].contributed, true);
        _follow();
    }

    function _contribute(uint256 at, address person, uint256 amount, bool allowed) private returns (bool success) {
        bytes memory call_ = abi.encodeCall(crowdfund.contribute, (_campaigns[at], uint128(amount)));
        success = _attempt(person, allowed, call_);
        if (!success) return false;
        _books[at].contributed += amount;
        _parts[at][person].contributed += amount;
        if (_books[at].contributed == _campaigns[at].goal) _books[at].overdueAfter = _time + _campaigns[at].timeout;
    }

    function _announce(uint256 at, address caller, bool allowed) private returns (bool success) {
        success = _attempt(caller, allowed, abi.encodeCall(crowdfund.announce, (_campaigns[at])));
        if (!success) return false;
        _books[at].vetoUntil = _time + _campaigns[at].vetoWindow;
        _books[at].overdueAfter = _books[at].vetoUntil + _campaigns[at].timeout;
    }
}
