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
 * @notice Who and what there is in a fundraiser: several campaigns of one model side by side, and three people.
 * @dev The fundraiser itself is the model's owner. It keeps its own books of what went in and out, to compare with the
 * state of the contracts.
 */
abstract contract FundraiserState is Handler {
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
        bool surrendered;
        bool taken;
        bool refunded;
    }

    uint256 public constant PEOPLE = 3;
    uint256 public constant MAX_CAMPAIGNS = 4;
    address public constant BENEFICIARY = address(0xBE7E);
    address public constant TREASURY = address(0x7EA5);
    uint64 internal constant SUPPLY = 1e18;

    TestDollar public immutable token = TestDollar(deploy("TestDollar"));
    CountedVault public immutable vault = CountedVault(deploy("CountedVault"));
    Crowdfund public immutable crowdfund = Crowdfund(deploy("Crowdfund", abi.encode(vault)));
    Shares public immutable shares;
    address[PEOPLE] public people;
    Campaign[] internal _campaigns;
    Books[] internal _books;
    mapping(uint256 campaign => mapping(address person => Part)) internal _parts;
    uint256 internal _time = block.timestamp;

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
        address[] memory founders = new address[](1);
        uint64[] memory amounts = new uint64[](1);
        (founders[0], amounts[0]) = (address(this), SUPPLY);
        shares = _newShares(token, founders, amounts);
        shares.approve(address(crowdfund), type(uint256).max);
    }

    function campaigns() external view returns (uint256) {
        return _campaigns.length;
    }

    function campaign(uint256 at) external view returns (Campaign memory) {
        return _campaigns[at];
    }

    function books(uint256 at) external view returns (Books memory) {
        return _books[at];
    }

    /// @notice All who ever hold shares: people, treasury, founder and the boxes of locks.
    function holders() public view returns (address[] memory all) {
        uint256 locks = vault.count();
        all = new address[](PEOPLE + 2 + locks);
        for (uint256 i; i < PEOPLE; ++i) {
            all[i] = people[i];
        }
        (all[PEOPLE], all[PEOPLE + 1]) = (TREASURY, address(this));
        for (uint256 id = 1; id <= locks; ++id) {
            all[PEOPLE + 1 + id] = vault.boxOf(id);
        }
    }

    function idOf(uint256 at) public view returns (bytes32) {
        return crowdfund.campaignId(_campaigns[at]);
    }

    function statusOf(uint256 at) public view returns (CampaignStatus) {
        return crowdfund.status(_campaigns[at]);
    }

    /// @dev The first campaign from `which` on that stands at `one` or at `other`, and to which somebody contributed if
    /// it is no longer being funded; if there is none, any.
    function _find(uint256 which, CampaignStatus one, CampaignStatus other)
        internal
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

    /// @dev The first funded campaign from `which` on that is not overdue and whose next release is announced, or is not;
    /// if none is, any.
    function _findRelease(uint256 which, bool announced) internal view returns (uint256 at, bool found) {
        for (uint256 i; i < _campaigns.length; ++i) {
            at = addmod(which, i, _campaigns.length);
            bool isAnnounced = _books[at].vetoUntil != 0;
            if (statusOf(at) != CampaignStatus.Funded || _time > _books[at].overdueAfter) continue;
            if (isAnnounced == announced) return (at, true);
        }
    }

    /// @dev The first person from `who` on that contributed to a campaign; if nobody did, any.
    function _contributor(uint256 at, uint256 who) internal view returns (address person) {
        for (uint256 i; i < PEOPLE; ++i) {
            person = people[addmod(who, i, PEOPLE)];
            if (_parts[at][person].contributed != 0) return person;
        }
    }

    /// @dev A contributor to a campaign that stands at `one` or at `other`, if there is any.
    function _findPart(uint256 which, uint256 who, CampaignStatus one, CampaignStatus other)
        internal
        view
        returns (uint256 at, address person, bool found)
    {
        (at, found) = _find(which, one, other);
        person = _contributor(at, who);
        found = found && _parts[at][person].contributed != 0;
    }

    /// @dev What a contributor does not keep is the treasury's, once.
    function _surrendered(uint256 at, address person) internal returns (bool first) {
        Part storage part = _parts[at][person];
        if (part.surrendered) return false;
        part.surrendered = true;
        (Campaign storage c, Books storage b) = (_campaigns[at], _books[at]);
        uint256 due = c.allocation * part.contributed / c.goal;
        b.surrendered += due - due * b.released / c.goal;
        return true;
    }

    /// @dev From 0 to 10^12, of every magnitude.
    function _magnitude(uint256 seed) internal pure returns (uint256) {
        return (seed >> 8) % 10 ** (1 + seed % 12);
    }

    function _waitBeyond(uint256 time) internal {
        if (time >= _time) VM.warp(_time = time + 1);
    }

    /// @dev Makes a call that must go through if it is allowed, and must not otherwise.
    function _call(address caller, bool allowed, bytes memory call_)
        internal
        returns (bool success, bytes memory result)
    {
        VM.prank(caller);
        (success, result) = address(crowdfund).call(call_);
        require(success || !allowed, "refused against the rules");
        require(allowed || !success, "succeeded against the rules");
        if (!success) ++refused[msg.sig];
    }

    function _attempt(address caller, bool allowed, bytes memory call_) internal returns (bool success) {
        (success,) = _call(caller, allowed, call_);
    }

    function _done() internal override {
        super._done();
        _follow();
    }

    /// @dev Sees where campaigns went.
    function _follow() internal {
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
