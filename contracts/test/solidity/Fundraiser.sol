// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {Crowdfund} from "../../contracts/Crowdfund.sol";
import {Shares} from "../../contracts/Shares.sol";
import {TestDollar} from "../../contracts/TestDollar.sol";
import {Campaign, CampaignStatus} from "../../contracts/interfaces/ICrowdfund.sol";
import {CountedVault} from "../../contracts/test/CountedVault.sol";
import {deploy} from "./deploy.sol";
import {Handler} from "./Handler.sol";
import {VM} from "./Vm.sol";

/**
 * @notice A fundraiser for the invariant tests: several campaigns of one model side by side, three people, and every
 * operation, mostly with arguments that make it succeed. It knows which do, and accepts no other outcome.
 * @dev The fundraiser itself is the model's owner. It keeps its own books of what went in and out, to compare with the
 * state of the contracts.
 */
contract Fundraiser is Handler {
    struct Books {
        uint256 contributed;
        uint256 released;
        uint256 refunded;
        uint256 kept;
        uint256 surrendered;
        uint256 returned;
        /// @dev The vault's lock of what is unassigned.
        uint256 lock;
        uint256 milestone;
        uint256 vetoUntil;
        uint256 vetoes;
        uint256 overdueAfter;
        /// @dev Where the campaign stood after the last operation.
        CampaignStatus status;
    }

    struct Part {
        uint256 contributed;
        /// @dev The last milestone that was vetoed, counted from 1.
        uint256 vetoed;
        bool locked;
        bool taken;
        bool refunded;
    }

    uint256 public constant PEOPLE = 3;
    uint256 public constant MAX_CAMPAIGNS = 4;
    address public constant BENEFICIARY = address(0xBE7E);
    address public constant TREASURY = address(0x7EA5);
    uint64 private constant SUPPLY = 1e18;

    TestDollar public immutable token = TestDollar(deploy("TestDollar"));
    CountedVault public immutable vault = CountedVault(deploy("CountedVault"));
    Crowdfund public immutable crowdfund = Crowdfund(deploy("Crowdfund", abi.encode(vault)));
    Shares public immutable shares;
    address[PEOPLE] public people;
    Campaign[] private _campaigns;
    Books[] private _books;
    mapping(uint256 campaign => mapping(address person => Part)) private _parts;
    uint256 private _time = block.timestamp;

    /// @notice Whether a campaign ever went where it must not: back, or from success to refund.
    bool public wentAstray;
    /// @notice How often each operation was refused.
    mapping(bytes4 operation => uint256) public refused;

    modifier campaignsExist() {
        if (_campaigns.length != 0) _;
    }

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
        shares = _newShares(token, holders, amounts);
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
        _done();
    }

    function contribute(uint256 who, uint256 which, uint256 amount, bool all) public campaignsExist {
        (uint256 at, bool allowed) = _find(which, CampaignStatus.Funding, CampaignStatus.Funding);
        uint256 available = _campaigns[at].goal - _books[at].contributed;
        // Now and then beyond the goal.
        amount = all && allowed ? available : 1 + amount % (available + available / 8 + 1);
        address person = people[who % PEOPLE];
        bytes memory call_ = abi.encodeCall(crowdfund.contribute, (_campaigns[at], uint128(amount)));
        if (!_attempt(person, allowed && amount <= available, call_)) return;
        _books[at].contributed += amount;
        _parts[at][person].contributed += amount;
        if (_books[at].contributed == _campaigns[at].goal) _books[at].overdueAfter = _time + _campaigns[at].timeout;
        _done();
    }

    /// @notice Lets the deadline of a campaign pass, and of every other that was created before it. Rarely: it fails them.
    function expire(uint256 which, uint256 chance) public campaignsExist {
        (uint256 at, bool found) = _find(which, CampaignStatus.Funding, CampaignStatus.Funding);
        if (!found || chance % 4 != 0) return;
        _waitBeyond(_campaigns[at].deadline);
        _done();
    }

    function announce(uint256 who, uint256 which) public campaignsExist {
        (uint256 at, bool allowed) = _findRelease(which, false);
        bool byOwner = who % 4 != 0;
        address caller = byOwner ? address(this) : people[who % PEOPLE];
        if (!_attempt(caller, allowed && byOwner, abi.encodeCall(crowdfund.announce, (_campaigns[at])))) return;
        _books[at].vetoUntil = _time + _campaigns[at].vetoWindow;
        _books[at].overdueAfter = _books[at].vetoUntil + _campaigns[at].timeout;
        _done();
    }

    function veto(uint256 who, uint256 which) public campaignsExist {
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

    function release(uint256 which, bool inTime) public campaignsExist {
        (uint256 at, bool allowed) = _findRelease(which, true);
        Books storage b = _books[at];
        if (allowed && inTime) _waitBeyond(b.vetoUntil);
        allowed = allowed && _time > b.vetoUntil;
        if (!_attempt(address(this), allowed, abi.encodeCall(crowdfund.release, (_campaigns[at])))) return;
        b.released += _campaigns[at].milestones[b.milestone++];
        (b.vetoUntil, b.vetoes) = (0, 0);
        b.overdueAfter = _time + _campaigns[at].timeout;
        _done();
    }

    /// @dev In time rarely, since a wait of this length fails everything that is being funded.
    function end(uint256 which, uint256 chance) public campaignsExist {
        (uint256 at, bool allowed) = _find(which, CampaignStatus.Funded, CampaignStatus.Funded);
        uint256 overdueAfter = _books[at].overdueAfter;
        if (allowed && chance % 4 == 0) _waitBeyond(overdueAfter);
        allowed = allowed && _time > overdueAfter;
        if (_attempt(address(this), allowed, abi.encodeCall(crowdfund.end, (_campaigns[at])))) _done();
    }

    function refund(uint256 who, uint256 which) public campaignsExist {
        (uint256 at, bool allowed) = _find(which, CampaignStatus.Failed, CampaignStatus.Ended);
        address person = _contributor(at, who);
        Part storage part = _parts[at][person];
        allowed = allowed && part.contributed != 0 && !part.refunded;
        (bool success, bytes memory paid) =
            _call(person, allowed, abi.encodeCall(crowdfund.refund, (_campaigns[at], person)));
        if (!success) return;
        _books[at].refunded += abi.decode(paid, (uint256));
        part.refunded = true;
        _done();
    }

    function lockShares(uint256 who, uint256 which) public campaignsExist {
        (uint256 at, bool allowed) = _find(which, CampaignStatus.Funded, CampaignStatus.Funded);
        address person = _contributor(at, who);
        Part storage part = _parts[at][person];
        allowed = allowed && part.contributed != 0 && !part.locked;
        bytes memory call_ = abi.encodeCall(crowdfund.lockShares, (_campaigns[at], person));
        if (!_attempt(address(this), allowed, call_)) return;
        part.locked = true;
        _done();
    }

    function takeShares(uint256 who, uint256 which) public campaignsExist {
        (uint256 at, bool allowed) = _find(which, CampaignStatus.Completed, CampaignStatus.Ended);
        address person = _contributor(at, who);
        Part storage part = _parts[at][person];
        allowed = allowed && part.contributed != 0 && !part.taken;
        (bool success, bytes memory amounts) =
            _call(address(this), allowed, abi.encodeCall(crowdfund.takeShares, (_campaigns[at], person)));
        if (!success) return;
        (uint64 kept, uint64 surrendered) = abi.decode(amounts, (uint64, uint64));
        _books[at].kept += kept;
        _books[at].surrendered += surrendered;
        part.taken = true;
        _done();
    }

    function returnShares(uint256 which) public campaignsExist {
        uint256 at = which % _campaigns.length;
        uint64 returned = crowdfund.returnShares(_campaigns[at]);
        _books[at].returned += returned;
        if (returned != 0) _done();
    }

    /// @notice The model earns, and a lock is paid its part.
    function earn(uint256 amount, uint256 lock) public campaignsExist {
        token.mint(address(shares), _magnitude(amount));
        shares.accrue();
        vault.claim(1 + lock % vault.count());
        _done();
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

    /// @dev The first campaign from `which` on that stands at `one` or at `other`, and to which somebody contributed if
    /// it is no longer being funded; if there is none, any.
    function _find(uint256 which, CampaignStatus one, CampaignStatus other)
        private
        view
        returns (uint256 at, bool found)
    {
        for (uint256 i; i < _campaigns.length; ++i) {
            at = addmod(which, i, _campaigns.length);
            CampaignStatus actual = statusOf(at);
            if (actual != CampaignStatus.Funding && _books[at].contributed == 0) continue;
            if (actual == one || actual == other) return (at, true);
        }
    }

    /// @dev The first funded campaign from `which` on whose next release is announced, or is not; if none is, any.
    function _findRelease(uint256 which, bool announced) private view returns (uint256 at, bool found) {
        for (uint256 i; i < _campaigns.length; ++i) {
            at = addmod(which, i, _campaigns.length);
            bool isAnnounced = _books[at].vetoUntil != 0;
            if (statusOf(at) == CampaignStatus.Funded && isAnnounced == announced) return (at, true);
        }
    }

    /// @dev The first person from `who` on that contributed to a campaign; if nobody did, any.
    function _contributor(uint256 at, uint256 who) private view returns (address person) {
        for (uint256 i; i < PEOPLE; ++i) {
            person = people[addmod(who, i, PEOPLE)];
            if (_parts[at][person].contributed != 0) return person;
        }
    }

    /// @dev From 0 to 10^12, of every magnitude.
    function _magnitude(uint256 seed) private pure returns (uint256) {
        return (seed >> 8) % 10 ** (1 + seed % 12);
    }

    function _waitBeyond(uint256 time) private {
        if (time >= _time) VM.warp(_time = time + 1);
    }

    /// @dev Makes a call that must go through if it is allowed, and must not otherwise.
    function _call(address caller, bool allowed, bytes memory call_)
        private
        returns (bool success, bytes memory result)
    {
        VM.prank(caller);
        (success, result) = address(crowdfund).call(call_);
        require(success || !allowed, "refused against the rules");
        require(allowed || !success, "succeeded against the rules");
        if (!success) ++refused[msg.sig];
    }

    function _attempt(address caller, bool allowed, bytes memory call_) private returns (bool success) {
        (success,) = _call(caller, allowed, call_);
    }

    function _done() internal override {
        super._done();
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
