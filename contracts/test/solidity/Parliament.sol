// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {ModelGovernor} from "../../contracts/ModelGovernor.sol";
import {Shares} from "../../contracts/Shares.sol";
import {GovernanceSettings} from "../../contracts/interfaces/IModelRegistry.sol";
import {FlashBorrower} from "../../contracts/test/FlashBorrower.sol";
import {deploy} from "./deploy.sol";
import {Handler} from "./Handler.sol";
import {VM} from "./Vm.sol";

/**
 * @notice Three people who trade, delegate, propose and vote, and a borrower who takes anybody's shares for the length of
 * one call.
 * @dev Keeps its own books of whose votes there were at the end of each second.
 */
contract Parliament is Handler {
    uint256 public constant PEOPLE = 3;
    uint256 private constant VOTING_DELAY = 1 hours;
    uint256 private constant VOTING_PERIOD = 1 days;

    Shares public immutable shares;
    ModelGovernor public immutable governor;
    FlashBorrower public immutable borrower = FlashBorrower(deploy("FlashBorrower"));
    address[PEOPLE] public people;
    uint256[] private _proposals;
    uint256 private _time = block.timestamp;

    /// @dev Seconds at whose end votes were counted, in order, and what the count was.
    uint256[] private _counted;
    mapping(uint256 time => uint256[PEOPLE]) private _votesAt;

    /// @notice Votes that a proposal is due, of those who voted.
    mapping(uint256 proposal => uint256) public due;
    /// @notice Whether borrowed shares were ever enough to propose something.
    bool public borrowedProposal;

    constructor() {
        address[] memory holders = new address[](PEOPLE);
        uint64[] memory amounts = new uint64[](PEOPLE);
        for (uint256 i; i < PEOPLE; ++i) {
            holders[i] = people[i] = VM.addr(100 + i);
            amounts[i] = uint64(1_000 * (i + 1));
        }
        shares = _newShares(IERC20(deploy("TestDollar")), holders, amounts);
        for (uint256 i; i < PEOPLE; ++i) {
            VM.prank(people[i]);
            shares.approve(address(borrower), type(uint256).max);
            VM.prank(people[i]);
            shares.delegate(people[i]);
        }
        GovernanceSettings memory settings = GovernanceSettings({
            votingDelay: uint48(VOTING_DELAY),
            votingPeriod: uint32(VOTING_PERIOD),
            lateQuorumExtension: 1 hours,
            proposalThreshold: 1,
            quorumPercent: 25,
            timelockDelay: 2 days
        });
        governor = ModelGovernor(payable(deploy("ModelGovernor", abi.encode(shares, settings))));
        _passTo(_time + 1);
        _declare("borrow: vote");
    }

    function proposals() external view returns (uint256[] memory) {
        return _proposals;
    }

    /* ----------------------------------------------- OPERATIONS ---------------------------------------------- */

    /// @notice Lets time pass, often to the very second whose votes count for the latest proposal.
    function wait(uint256 time) public {
        uint256 snapshot = _proposals.length == 0 ? 0 : governor.proposalSnapshot(_proposals[_proposals.length - 1]);
        _passTo(time % 2 == 0 && snapshot > _time ? snapshot : _time + 1 + time % 6 hours);
        _done();
    }

    function transferShares(uint256 from, uint256 to, uint256 amount) public {
        (from, to) = (from % PEOPLE, to % PEOPLE);
        amount %= shares.balanceOf(people[from]) + 1;
        VM.prank(people[from]);
        shares.transfer(people[to], amount);
        if (amount != 0) _done();
    }

    /// @dev To somebody, or to nobody.
    function delegate(uint256 who, uint256 to) public {
        address delegatee = to % 4 == PEOPLE ? address(0) : people[to % 4];
        VM.prank(people[who % PEOPLE]);
        shares.delegate(delegatee);
        _done();
    }

    function propose(uint256 who) public {
        who %= PEOPLE;
        if (_votesBefore(_time, who) == 0) return;
        (address[] memory targets, uint256[] memory values, bytes[] memory data, string memory text) = _motion();
        VM.prank(people[who]);
        _proposals.push(governor.propose(targets, values, data, text));
        _done();
    }

    function vote(uint256 who, uint256 at, uint8 support) public {
        (uint256 proposal, bool open) = _openProposal(at);
        address voter = people[who % PEOPLE];
        if (!open || governor.hasVoted(proposal, voter)) return;
        VM.prank(voter);
        governor.castVote(proposal, support % 3);
        due[proposal] += _votesBefore(governor.proposalSnapshot(proposal) + 1, who % PEOPLE);
        _done();
    }

    /// @notice Votes with borrowed shares, or merely holds them at a time that may count later.
    function borrow(uint256 lender, uint256 at, uint8 support) public {
        (uint256 proposal, bool open) = _openProposal(at);
        open = open && !governor.hasVoted(proposal, address(borrower));
        address from = people[lender % PEOPLE];
        uint256 amount = shares.balanceOf(from);
        if (open) {
            bytes memory call_ = abi.encodeCall(governor.castVote, (proposal, support % 3));
            borrower.borrow(shares, from, amount, address(governor), call_);
        } else {
            borrower.borrow(shares, from, amount, address(shares), abi.encodeCall(shares.clock, ()));
        }
        _done();
        if (open) _done("borrow: vote");
    }

    function borrowToPropose(uint256 lender) public {
        (address[] memory targets, uint256[] memory values, bytes[] memory data, string memory text) = _motion();
        bytes memory call_ = abi.encodeCall(governor.propose, (targets, values, data, text));
        address from = people[lender % PEOPLE];
        try borrower.borrow(shares, from, shares.balanceOf(from), address(governor), call_) {
            borrowedProposal = true;
        } catch {
            _done();
        }
    }

    /* ------------------------------------------------ INTERNAL ----------------------------------------------- */

    /// @dev The end of the present second: counts the votes, then goes on.
    function _passTo(uint256 time) private {
        for (uint256 holder; holder < PEOPLE; ++holder) {
            address delegatee = shares.delegates(people[holder]);
            for (uint256 i; i < PEOPLE; ++i) {
                if (delegatee == people[i]) _votesAt[_time][i] += shares.balanceOf(people[holder]);
            }
        }
        _counted.push(_time);
        VM.warp(_time = time);
    }

    /// @dev The votes of a person at the end of the last second before `time`.
    function _votesBefore(uint256 time, uint256 who) private view returns (uint256) {
        for (uint256 i = _counted.length; i > 0; --i) {
            if (_counted[i - 1] < time) return _votesAt[_counted[i - 1]][who];
        }
        return 0;
    }

    function _openProposal(uint256 at) private view returns (uint256 proposal, bool open) {
        for (uint256 i; i < _proposals.length; ++i) {
            proposal = _proposals[(at % _proposals.length + i) % _proposals.length];
            if (governor.proposalSnapshot(proposal) < _time && _time <= governor.proposalDeadline(proposal)) {
                return (proposal, true);
            }
        }
    }

    /// @dev Something that nobody has proposed yet.
    function _motion()
        private
        view
        returns (address[] memory targets, uint256[] memory values, bytes[] memory data, string memory text)
    {
        targets = new address[](1);
        (targets[0], values, data) = (address(this), new uint256[](1), new bytes[](1));
        text = VM.toString(_proposals.length);
    }
}
