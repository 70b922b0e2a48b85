// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {Crowdfund} from "../Crowdfund.sol";
import {Shares} from "../Shares.sol";
import {TestDollar} from "../TestDollar.sol";
import {Campaign, CampaignStatus} from "../interfaces/ICrowdfund.sol";
import {CountedVault} from "./CountedVault.sol";
import {VM} from "./Vm.sol";

/**
 * @notice A fundraiser for the invariant tests: several campaigns of one model side by side, three people, and every
 * operation, each with arguments that make it succeed where any do.
 * @dev The fundraiser itself is the model's owner. It keeps its own books of what went in and out, to compare with the
 * state of the contracts.
 */
contract Fundraiser {
    enum Operation {
        Create,
        Contribute,
        Expire,
        Announce,
        Veto,
        Release,
        End,
        Refund,
        LockShares,
        TakeShares,
        ReturnShares,
        Earn
    }

    struct Books {
        uint256 contributed;
        uint256 released;
        uint256 refunded;
        uint256 kept;
        uint256 surrendered;
        uint256 returned;
        /// @dev The vault's lock of what is unassigned.
        uint256 lock;
        /// @dev Where the campaign stood after the last operation.
        CampaignStatus status;
    }

    uint256 public constant OPERATIONS = 12;
    uint256 public constant PEOPLE = 3;
    uint256 public constant MAX_CAMPAIGNS = 6;
    address public constant BENEFICIARY = address(0xBE7E);
    address public constant TREASURY = address(0x7EA5);
    uint64 private constant SUPPLY = 1e18;

    TestDollar public immutable token = new TestDollar();
    CountedVault public immutable vault = new CountedVault();
    Crowdfund public immutable crowdfund = new Crowdfund(vault);
    Shares public immutable shares;
    address[PEOPLE] public people;
    Campaign[] private _campaigns;
    Books[] private _books;
    /// @dev The last milestone that a person vetoed, counted from 1.
    mapping(uint256 campaign => mapping(address person => uint256 milestone)) private _vetoed;
    uint256 private _time = block.timestamp;

    /// @notice Whether a campaign ever went where it must not: back, or from success to refund.
    bool public wentAstray;
    /// @notice How often each operation went through.
    uint256[OPERATIONS] public succeeded;

    constructor() {
        for (uint256 i; i < PEOPLE; ++i) {
            people[i] = VM.addr(100 + i);
            token.mint(people[i], 1e30);
            VM.prank(people[i]);
            token.approve(address(crowdfund), type(uint256).max);
        }
        address[] memory holders = new address[](1);
        uint64[] memory amounts = new uint64[](1);
        (holders[0], amounts[0]) = (address(this), SUPPLY);
        shares = new Shares("Model", "MODEL", token, address(this), holders, amounts);
        shares.approve(address(crowdfund), type(uint256).max);
    }

    /* ----------------------------------------------- OPERATIONS ---------------------------------------------- */

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
            vetoThresholdBps: uint16(1 + threshold % 10_000),
            vetoWindow: 1 days,
            timeout: 7 days,
            milestones: milestones
        });
        crowdfund.create(c);
        _campaigns.push(c);
        _books.push();
        _books[_books.length - 1].lock = vault.count();
        _done(Operation.Create);
    }

    function contribute(uint256 who, uint256 which, uint256 amount, bool all) public {
        (uint256 at, bool found) = _find(which, CampaignStatus.Funding, CampaignStatus.Funding);
        if (!found) return;
        uint256 available = _campaigns[at].goal - _books[at].contributed;
        amount = all ? available : 1 + amount % available;
        VM.prank(people[who % PEOPLE]);
        crowdfund.contribute(_campaigns[at], uint128(amount));
        _books[at].contributed += amount;
        _done(Operation.Contribute);
    }

    /// @notice Lets the deadline of a campaign pass, and of every other that was created before it.
    function expire(uint256 which) public {
        (uint256 at, bool found) = _find(which, CampaignStatus.Funding, CampaignStatus.Funding);
        if (!found) return;
        _waitBeyond(_campaigns[at].deadline);
        _done(Operation.Expire);
    }

    function announce(uint256 which) public {
        (uint256 at, bool found) = _findRelease(which, false);
        if (!found) return;
        crowdfund.announce(_campaigns[at]);
        _done(Operation.Announce);
    }

    function veto(uint256 who, uint256 which) public {
        (uint256 at, bool found) = _findRelease(which, true);
        if (!found) return;
        (,, uint256 milestone, uint256 vetoUntil,,,) = crowdfund.campaignState(idOf(at));
        address person = people[who % PEOPLE];
        (uint256 amount,,,,) = crowdfund.contribution(idOf(at), person);
        if (amount == 0 || _time > vetoUntil || _vetoed[at][person] > milestone) return;
        VM.prank(person);
        crowdfund.veto(_campaigns[at]);
        _vetoed[at][person] = milestone + 1;
        _done(Operation.Veto);
    }

    function release(uint256 which) public {
        (uint256 at, bool found) = _findRelease(which, true);
        if (!found) return;
        (,, uint256 milestone, uint256 vetoUntil,,,) = crowdfund.campaignState(idOf(at));
        _waitBeyond(vetoUntil);
        crowdfund.release(_campaigns[at]);
        _books[at].released += _campaigns[at].milestones[milestone];
        _done(Operation.Release);
    }

    /// @dev Rarely, since a wait of this length fails everything that is being funded.
    function end(uint256 which, uint256 chance) public {
        (uint256 at, bool found) = _find(which, CampaignStatus.Funded, CampaignStatus.Funded);
        if (!found || chance % 4 != 0) return;
        (,,,,, uint256 overdueAfter,) = crowdfund.campaignState(idOf(at));
        _waitBeyond(overdueAfter);
        crowdfund.end(_campaigns[at]);
        _done(Operation.End);
    }

    function refund(uint256 who, uint256 which) public {
        (uint256 at, bool found) = _find(which, CampaignStatus.Failed, CampaignStatus.Ended);
        if (!found) return;
        address person = people[who % PEOPLE];
        (uint256 amount,,,, bool refunded) = crowdfund.contribution(idOf(at), person);
        if (amount == 0 || refunded) return;
        VM.prank(person);
        _books[at].refunded += crowdfund.refund(_campaigns[at], person);
        _done(Operation.Refund);
    }

    function lockShares(uint256 who, uint256 which) public {
        (uint256 at, bool found) = _find(which, CampaignStatus.Funded, CampaignStatus.Funded);
        if (!found) return;
        address person = people[who % PEOPLE];
        (uint256 amount, bool locked,,,) = crowdfund.contribution(idOf(at), person);
        if (amount == 0 || locked) return;
        crowdfund.lockShares(_campaigns[at], person);
        _done(Operation.LockShares);
    }

    function takeShares(uint256 who, uint256 which) public {
        (uint256 at, bool found) = _find(which, CampaignStatus.Completed, CampaignStatus.Ended);
        if (!found) return;
        address person = people[who % PEOPLE];
        (uint256 amount,,, bool taken,) = crowdfund.contribution(idOf(at), person);
        if (amount == 0 || taken) return;
        (uint64 kept, uint64 surrendered) = crowdfund.takeShares(_campaigns[at], person);
        _books[at].kept += kept;
        _books[at].surrendered += surrendered;
        _done(Operation.TakeShares);
    }

    function returnShares(uint256 which) public {
        if (_campaigns.length == 0) return;
        uint256 at = which % _campaigns.length;
        uint64 returned = crowdfund.returnShares(_campaigns[at]);
        _books[at].returned += returned;
        if (returned != 0) _done(Operation.ReturnShares);
    }

    /// @notice The model earns, and a lock is paid its part.
    function earn(uint256 amount, uint256 lock) public {
        if (vault.count() == 0) return;
        token.mint(address(shares), _magnitude(amount));
        shares.accrue();
        vault.claim(1 + lock % vault.count());
        _done(Operation.Earn);
    }

    /* ------------------------------------------------- VIEWS ------------------------------------------------- */

    function campaigns() external view returns (uint256) {
        return _campaigns.length;
    }

    function campaign(uint256 at) external view returns (Campaign memory) {
        return _campaigns[at];
    }

    function books(uint256 at) external view returns (Books memory) {
        return _books[at];
    }

    function idOf(uint256 at) public view returns (bytes32) {
        return crowdfund.campaignId(_campaigns[at]);
    }

    function statusOf(uint256 at) public view returns (CampaignStatus) {
        return crowdfund.status(_campaigns[at]);
    }

    /* ------------------------------------------------ INTERNAL ----------------------------------------------- */

    /// @dev The first campaign from `which` on that stands at `one` or at `other`.
    function _find(uint256 which, CampaignStatus one, CampaignStatus other)
        private
        view
        returns (uint256 at, bool found)
    {
        for (uint256 i; i < _campaigns.length; ++i) {
            at = addmod(which, i, _campaigns.length);
            CampaignStatus actual = statusOf(at);
            if (actual == one || actual == other) return (at, true);
        }
    }

    /// @dev The first funded campaign from `which` on whose next release is announced, or is not.
    function _findRelease(uint256 which, bool announced) private view returns (uint256 at, bool found) {
        for (uint256 i; i < _campaigns.length; ++i) {
            at = addmod(which, i, _campaigns.length);
            (,,, uint256 vetoUntil,,,) = crowdfund.campaignState(idOf(at));
            if (statusOf(at) == CampaignStatus.Funded && (vetoUntil != 0) == announced) return (at, true);
        }
    }

    /// @dev From 0 to 10^12, of every magnitude.
    function _magnitude(uint256 seed) private pure returns (uint256) {
        return (seed >> 8) % 10 ** (1 + seed % 12);
    }

    function _waitBeyond(uint256 time) private {
        if (time >= _time) VM.warp(_time = time + 1);
    }

    function _done(Operation operation) private {
        ++succeeded[uint256(operation)];
        for (uint256 at; at < _campaigns.length; ++at) {
            (CampaignStatus from, CampaignStatus to) = (_books[at].status, statusOf(at));
            if (from != to && !_mayGo(from, to)) wentAstray = true;
            _books[at].status = to;
        }
    }

    function _mayGo(CampaignStatus from, CampaignStatus to) private pure returns (bool) {
        if (from == CampaignStatus.Unknown) return to == CampaignStatus.Funding;
        if (from == CampaignStatus.Funding) return to == CampaignStatus.Failed || to == CampaignStatus.Funded;
        return from == CampaignStatus.Funded && (to == CampaignStatus.Completed || to == CampaignStatus.Ended);
    }
}
