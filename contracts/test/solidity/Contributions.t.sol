// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {Crowdfund} from "../../contracts/Crowdfund.sol";
import {Shares} from "../../contracts/Shares.sol";
import {TestDollar} from "../../contracts/TestDollar.sol";
import {Campaign, CampaignStatus} from "../../contracts/interfaces/ICrowdfund.sol";
import {deploy} from "./deploy.sol";
import {deployShares} from "./deployShares.sol";
import {magnitude, parts, random} from "./random.sol";
import {VM} from "./Vm.sol";

/// @notice Whatever people contribute, each has its part of the unspent money, and of the shares for what is spent.
contract ContributionsTest {
    uint256 private constant PEOPLE = 5;
    uint256 private constant MILESTONES = 4;
    address private constant TREASURY = address(0x7EA5);
    address private constant BENEFICIARY = address(0xBE7E);

    TestDollar private _token;
    Crowdfund private _crowdfund;
    Shares private _shares;
    Campaign private _campaign;
    uint256[] private _contributions;
    uint256 private _time = block.timestamp;

    function setUp() public {
        _token = TestDollar(deploy("TestDollar"));
        _crowdfund = Crowdfund(deploy("Crowdfund", abi.encode(deploy("ShareVault"))));
    }

    /// hardhat-config: fuzz.runs = 128
    function testFuzz_divideMoneyAndShares(uint256 seed) public {
        uint256 goal = MILESTONES - 1 + magnitude(random(seed, "goal"), type(uint128).max - MILESTONES);
        _fund(seed, parts(random(seed, "contributions"), goal, PEOPLE), 1);
        uint256 spent;
        for (uint256 i; i < random(seed, "released") % (MILESTONES + 1); ++i) {
            spent += _release(i);
        }
        bool completed = spent == _campaign.goal;
        if (!completed) _end();

        for (uint256 i; i < PEOPLE; ++i) {
            uint256 mine = _contributions[i];
            if (mine == 0) continue;
            uint256 unspent = _campaign.goal - spent;
            uint256 refund;
            if (!completed) {
                VM.prank(_person(i));
                refund = _crowdfund.refund(_campaign, _person(i));
            }
            require(_isFloor(refund, mine * unspent, _campaign.goal), "refund");
            require(_token.balanceOf(_person(i)) == refund, "refunded");
            _requireShares(i, random(seed, i), spent);
        }
        _requireRest(spent);
    }

    /// hardhat-config: fuzz.runs = 128
    function testFuzz_endAtTheVetoThreshold(uint256 seed, uint16 bps) public {
        uint256 first = random(seed, "first") % PEOPLE;
        uint256[] memory contributions = parts(random(seed, "contributions"), 10_000, PEOPLE);
        // As often as not what somebody gave, so that the threshold is reached to the unit.
        if (seed % 2 == 0) bps = uint16(contributions[first]);
        uint256 unit = magnitude(random(seed, "unit"), type(uint128).max / 10_000);
        for (uint256 i; i < PEOPLE; ++i) {
            contributions[i] *= unit;
        }
        _fund(seed, contributions, bps == 0 || bps > 5000 ? 1 + bps % 5000 : bps);

        _crowdfund.announce(_campaign);
        uint256 vetoes;
        for (uint256 i; i < PEOPLE; ++i) {
            uint256 who = (first + i) % PEOPLE;
            if (_contributions[who] == 0) continue;
            VM.prank(_person(who));
            _crowdfund.veto(_campaign);
            vetoes += _contributions[who];
            bool reached = vetoes * 10_000 >= uint256(_campaign.goal) * _campaign.vetoThresholdBps;
            CampaignStatus status = _crowdfund.status(_campaign);
            require(status == (reached ? CampaignStatus.Ended : CampaignStatus.Funded), "threshold");
            if (reached) return;
        }
        revert("all contributors are fewer than the threshold");
    }

    /// @dev A campaign that is funded by these contributions, for an allocation of any size.
    function _fund(uint256 seed, uint256[] memory contributions, uint16 vetoThresholdBps) private {
        uint256 goal;
        for (uint256 i; i < PEOPLE; ++i) {
            goal += contributions[i];
        }
        uint64 allocation = uint64(magnitude(random(seed, "allocation"), type(uint64).max));
        _shares = deployShares(_token, address(this), allocation);
        _shares.approve(address(_crowdfund), allocation);
        _campaign = Campaign({
            model: address(_shares),
            paymentToken: address(_token),
            beneficiary: BENEFICIARY,
            treasury: TREASURY,
            goal: uint128(goal),
            allocation: allocation,
            deadline: uint64(_time + 1 days),
            vetoThresholdBps: vetoThresholdBps,
            vetoWindow: 1 days,
            timeout: 7 days,
            milestones: new uint128[](MILESTONES)
        });
        uint256[] memory milestones = parts(random(seed, "milestones"), goal - MILESTONES, MILESTONES);
        for (uint256 i; i < MILESTONES; ++i) {
            _campaign.milestones[i] = uint128(1 + milestones[i]);
        }
        _crowdfund.create(_campaign);

        _contributions = contributions;
        for (uint256 i; i < PEOPLE; ++i) {
            if (_contributions[i] == 0) continue;
            _token.mint(_person(i), _contributions[i]);
            VM.prank(_person(i));
            _token.approve(address(_crowdfund), type(uint256).max);
            VM.prank(_person(i));
            _crowdfund.contribute(_campaign, uint128(_contributions[i]));
        }
    }

    function _release(uint256 milestone) private returns (uint256) {
        _crowdfund.announce(_campaign);
        VM.warp(_time += 1 days + 1);
        _crowdfund.release(_campaign);
        return _campaign.milestones[milestone];
    }

    function _end() private {
        VM.warp(_time += 8 days);
        _crowdfund.end(_campaign);
    }

    /// @dev Locked before or not, surrendered by another before or not: what is taken is the same.
    function _requireShares(uint256 i, uint256 seed, uint256 spent) private {
        address person = _person(i);
        if (seed % 2 == 0) _crowdfund.lockShares(_campaign, person);
        if (seed % 3 == 0) _crowdfund.surrenderShares(_campaign, person);
        VM.prank(person);
        uint256 kept = _crowdfund.takeShares(_campaign, person);
        uint256 due = _campaign.allocation * _contributions[i] / _campaign.goal;
        require(_isFloor(kept, due * spent, _campaign.goal), "shares");
        require(_shares.balanceOf(person) == kept, "taken");
    }

    /// @dev Of the money less than a unit for each stays; of the shares nothing.
    function _requireRest(uint256 spent) private {
        _crowdfund.returnShares(_campaign);
        uint256 held = _token.balanceOf(address(_crowdfund));
        require(held < PEOPLE, "money is left");
        require(_token.balanceOf(BENEFICIARY) == spent, "spent");
        uint256 all = _shares.balanceOf(TREASURY);
        for (uint256 i; i < PEOPLE; ++i) {
            all += _shares.balanceOf(_person(i));
        }
        require(all == _campaign.allocation, "shares are left");
    }

    function _person(uint256 i) private pure returns (address) {
        return VM.addr(100 + i);
    }

    /// @dev Without a division. The product of two numbers below 2^128 is one of 256 bits.
    function _isFloor(uint256 quotient, uint256 dividend, uint256 divisor) private pure returns (bool) {
        return quotient * divisor <= dividend && dividend - quotient * divisor < divisor;
    }
}
