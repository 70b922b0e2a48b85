// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {Campaign, CampaignStatus} from "../../contracts/interfaces/ICrowdfund.sol";
import {CampaignVotes} from "./CampaignVotes.sol";
import {deploy} from "./deploy.sol";
import {Fundraiser} from "./Fundraiser.sol";
import {FundraiserState} from "./FundraiserState.sol";
import {Handler} from "./Handler.sol";
import {HandlerTest} from "./HandlerTest.sol";

/// @notice The law of the crowdfund: in every campaign refunds + released + held = contributed, success and refund
/// exclude each other, and every share of the allocation is in exactly one place.
contract FundraisingTest is HandlerTest {
    Fundraiser private _raiser;
    bytes4[] private _operations = [
        Fundraiser.contribute.selector,
        Fundraiser.announce.selector,
        Fundraiser.veto.selector,
        Fundraiser.release.selector,
        Fundraiser.end.selector,
        Fundraiser.refund.selector,
        CampaignVotes.lockShares.selector,
        CampaignVotes.takeShares.selector,
        CampaignVotes.surrenderShares.selector,
        CampaignVotes.returnShares.selector,
        Fundraiser.create.selector,
        Fundraiser.expire.selector,
        CampaignVotes.earn.selector,
        CampaignVotes.claim.selector,
        CampaignVotes.delegate.selector
    ];
    /// @dev The first of them, which are refused when it is not their time.
    uint256 private constant REFUSABLE = 8;

    function setUp() public {
        _raiser = Fundraiser(deploy("Fundraiser"));
    }

    function invariant_I14_contributionsAreReleasedOrRefunded() public view {
        _everyBaseUnitIsInOnePlace();
        _everyShareIsInOnePlace();
        _successAndRefundAreExclusive();
        _everyShareEarnsForItsHolder();
        _everyShareVotesAsItsOwnerSays();
    }

    /// @notice Whatever happened, everybody can leave, and nothing but dust stays behind.
    function testFuzz_everybodyCanLeave(uint256 seed) public {
        _play(_operations, 48, seed);
        _leave();
        invariant_I14_contributionsAreReleasedOrRefunded();

        uint256 dust;
        for (uint256 at; at < _raiser.campaigns(); ++at) {
            FundraiserState.Books memory b = _raiser.books(at);
            uint256 held = b.contributed - b.released - b.refunded;
            bool ended = b.status == CampaignStatus.Ended;
            require(ended ? held < _raiser.PEOPLE() : held == 0, "money stayed");
            dust += held;
        }
        require(_raiser.token().balanceOf(address(_raiser.crowdfund())) == dust, "dust");
        require(_raiser.vault().held(_raiser.shares()) == 0, "shares stayed");
    }

    /// @notice Every operation of the fundraiser can succeed, and be refused if it can be, so that runs are about
    /// something.
    function testFuzz_everyOperationSucceeds(uint64 seed) public {
        // One that fails, one that completes, one that is vetoed and one that is overdue. The veto threshold is 50 %.
        for (uint256 i; i < 4; ++i) {
            _raiser.create(seed, seed, 0, 9_999);
        }
        _raiser.earn(25_600_000_000_007, 1);
        _raiser.claim(0);
        for (uint256 at = 1; at < 4; ++at) {
            _raiser.contribute(0, at, 0, 0);
        }
        _raiser.lockShares(0, 1);
        _raiser.announce(1, 1);
        _raiser.release(1, 1);
        _raiser.takeShares(0, 1);
        _raiser.announce(1, 2);
        _raiser.veto(0, 2);
        _raiser.refund(0, 2);
        _raiser.surrenderShares(0, 2);
        _raiser.end(3, 0);
        _raiser.contribute(0, 0, 0, 1);
        _raiser.expire(0, 0);
        _raiser.returnShares(0);
        _raiser.delegate(0, 0, 0);
        _leave();
        // All is over: nothing is left to do.
        _raiser.contribute(0, 0, 0, 0);
        _raiser.announce(1, 0);
        _raiser.veto(0, 0);
        _raiser.release(0, 1);
        _raiser.end(0, 0);
        _raiser.refund(0, 0);
        _raiser.lockShares(0, 0);
        _raiser.takeShares(0, 0);
        invariant_I14_contributionsAreReleasedOrRefunded();
        for (uint256 i; i < _operations.length; ++i) {
            require(_raiser.succeeded(_operations[i]) != 0, "an operation never succeeded");
            if (i < REFUSABLE) require(_raiser.refused(_operations[i]) != 0, "an operation was never refused");
        }
    }

    /// @dev Refunds + released + held = contributed, of each campaign and of all together; the money that shares earn
    /// while they are locked never mixes with it.
    function _everyBaseUnitIsInOnePlace() private view {
        uint256 held;
        uint256 released;
        for (uint256 at; at < _raiser.campaigns(); ++at) {
            FundraiserState.Books memory b = _raiser.books(at);
            _isAsItsBooks(at, b);
            require(b.refunded + b.released <= b.contributed, "paid more than contributed");
            (uint256 sum, uint256 refundable) = (0, _raiser.campaign(at).goal - b.released);
            uint256 refunds;
            for (uint256 who; who < _raiser.PEOPLE(); ++who) {
                (uint256 amount,,,,, bool refunded) =
                    _raiser.crowdfund().contribution(_raiser.idOf(at), _raiser.people(who));
                sum += amount;
                if (refunded) refunds += amount * refundable / _raiser.campaign(at).goal;
            }
            require(sum == b.contributed, "contributions");
            require(refunds == b.refunded, "refunds");
            held += b.contributed - b.released - b.refunded;
            released += b.released;
        }
        require(_raiser.token().balanceOf(address(_raiser.crowdfund())) == held, "held");
        require(_raiser.token().balanceOf(_raiser.BENEFICIARY()) == released, "released");
    }

    function _isAsItsBooks(uint256 at, FundraiserState.Books memory b) private view {
        (
            uint256 contributed,
            uint256 spent,
            uint256 milestone,
            uint256 vetoUntil,
            uint256 vetoes,
            uint256 overdueAfter,
        ) = _raiser.crowdfund().campaignState(_raiser.idOf(at));
        require(contributed == b.contributed && spent == b.released, "amounts of a campaign");
        require(milestone == b.milestone && vetoUntil == b.vetoUntil && vetoes == b.vetoes, "milestone of a campaign");
        require(overdueAfter == b.overdueAfter, "time of a campaign");
    }

    /// @dev Allocation = unassigned + held for contributors + kept + surrendered + returned, counted in the vault and
    /// in the wallets.
    function _everyShareIsInOnePlace() private view {
        uint256 kept;
        uint256 treasury;
        for (uint256 at; at < _raiser.campaigns(); ++at) {
            FundraiserState.Books memory b = _raiser.books(at);
            (,,,,,, uint256 unassigned) = _raiser.crowdfund().campaignState(_raiser.idOf(at));
            (uint256 locked, uint256 waiting) = _heldFor(at);
            require(_raiser.vault().balanceOf(_raiser.shares(), b.lock) == unassigned + waiting, "unassigned");
            uint256 gone = b.kept + b.surrendered + b.returned;
            require(unassigned + locked + waiting + gone == _raiser.campaign(at).allocation, "allocation");
            kept += b.kept;
            treasury += b.surrendered + b.returned;
        }
        for (uint256 who; who < _raiser.PEOPLE(); ++who) {
            kept -= _raiser.shares().balanceOf(_raiser.people(who));
        }
        require(kept == 0, "kept");
        require(_raiser.shares().balanceOf(_raiser.TREASURY()) == treasury, "treasury");
        require(_raiser.shares().balanceOf(address(_raiser.crowdfund())) == 0, "shares in passing");
    }

    /// @dev Contributors' shares in locks of their own, and those that wait for them in the campaign's.
    function _heldFor(uint256 at) private view returns (uint256 locked, uint256 waiting) {
        Campaign memory c = _raiser.campaign(at);
        uint256 released = _raiser.books(at).released;
        for (uint256 who; who < _raiser.PEOPLE(); ++who) {
            (uint256 amount, bool ownLock, uint256 lock, bool surrendered, bool taken,) =
                _raiser.crowdfund().contribution(_raiser.idOf(at), _raiser.people(who));
            uint256 due = c.allocation * amount / c.goal;
            uint256 held = taken ? 0 : surrendered ? due * released / c.goal : due;
            if (!ownLock) {
                if (surrendered) waiting += held;
            } else if (due != 0) {
                require(_raiser.vault().balanceOf(_raiser.shares(), lock) == held, "a contributor's lock");
                locked += held;
            }
        }
    }

    /// @dev What succeeded never refunds, what failed never released, and nothing comes back from its end.
    function _successAndRefundAreExclusive() private view {
        require(!_raiser.wentAstray(), "went astray");
        for (uint256 at; at < _raiser.campaigns(); ++at) {
            FundraiserState.Books memory b = _raiser.books(at);
            Campaign memory c = _raiser.campaign(at);
            bool failed = b.status == CampaignStatus.Failed;
            bool ended = b.status == CampaignStatus.Ended;
            require(b.refunded == 0 || failed || ended, "refunded");
            require(b.released == 0 || b.contributed == c.goal, "released without the goal");
            require(!ended || b.released < b.contributed, "ended with everything released");
            bool vetoed = b.vetoes * 10_000 >= uint256(c.goal) * c.vetoThresholdBps;
            require(ended || !vetoed, "vetoed and not ended");
            bool spent = b.released == c.goal;
            require((b.status == CampaignStatus.Completed) == spent, "completed");
        }
    }

    /// @dev Shares hold what came in and was not claimed; of that, what was accrued is their holders', but for less than a
    /// base unit each.
    function _everyShareEarnsForItsHolder() private view {
        require(!_raiser.earningsMoved(), "shares took along what was accrued");
        uint256 left = _raiser.earned() - _raiser.shares().claimedRevenue();
        require(_raiser.token().balanceOf(address(_raiser.shares())) == left, "revenue");
        uint256 accrued = _raiser.shares().lifetimeRevenue() - _raiser.shares().claimedRevenue();
        uint256 claimable;
        address[] memory holders = _raiser.holders();
        for (uint256 i; i < holders.length; ++i) {
            claimable += _raiser.shares().claimable(holders[i]);
        }
        require(claimable <= accrued && accrued <= claimable + holders.length && accrued <= left, "accrued");
    }

    /// @dev Wherever they lie: contributors speak for what is locked for them, the treasury for the rest of a campaign.
    function _everyShareVotesAsItsOwnerSays() private view {
        address[] memory holders = _raiser.holders();
        uint256[] memory votes = new uint256[](holders.length);
        for (uint256 i; i < holders.length; ++i) {
            address delegatee = _raiser.delegateOf(holders[i]);
            require(_raiser.shares().delegates(holders[i]) == delegatee, "delegate");
            for (uint256 to; to <= _raiser.PEOPLE(); ++to) {
                if (holders[to] == delegatee) votes[to] += _raiser.shares().balanceOf(holders[i]);
            }
        }
        for (uint256 to; to <= _raiser.PEOPLE(); ++to) {
            require(_raiser.shares().getVotes(holders[to]) == votes[to], "votes");
        }
    }

    function _leave() private {
        uint256 count = _raiser.campaigns();
        for (uint256 at; at < count; ++at) {
            if (_raiser.statusOf(at) == CampaignStatus.Funding) _raiser.expire(at, 0);
            if (_raiser.statusOf(at) == CampaignStatus.Funded) _raiser.end(at, 0);
            for (uint256 who; who < _raiser.PEOPLE(); ++who) {
                _raiser.refund(who, at);
                _raiser.takeShares(who, at);
            }
            _raiser.returnShares(at);
        }
    }

    function _handler() internal view override returns (Handler) {
        return _raiser;
    }

    function _name() internal pure override returns (string memory) {
        return "Fundraiser";
    }
}
