// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {Shares} from "../../contracts/Shares.sol";
import {TestDollar} from "../../contracts/TestDollar.sol";
import {deploy} from "./deploy.sol";
import {deployShares} from "./deployShares.sol";
import {magnitude, parts, random} from "./random.sol";
import {VM} from "./Vm.sol";

/// @notice Shares against a ledger that writes down what every holder earns of every revenue, one by one.
contract ShareRevenueTest {
    uint256 private constant HOLDERS = 4;
    uint256 private constant STEPS = 24;

    TestDollar private _token;
    Shares private _shares;
    address[] private _holders;
    uint256 private _supply;

    uint256 private _waiting;
    uint256 private _revenue;
    mapping(address holder => uint256) private _balances;
    /// @dev Base units times the supply, so that nothing is rounded.
    mapping(address holder => uint256) private _earned;
    mapping(address holder => uint256) private _claimed;

    /// hardhat-config: fuzz.runs = 128
    function testFuzz_earnWhatALedgerOfAllRevenueSays(uint256 seed) public {
        _found(seed);
        for (uint256 i; i < STEPS; ++i) {
            uint256 step = random(seed, i);
            address one = _holders[random(step, "one") % HOLDERS];
            address other = _holders[random(step, "other") % HOLDERS];
            if (step % 4 == 0) _earn(magnitude(random(step, "amount"), type(uint88).max), step % 3 != 0);
            else if (step % 4 == 1) _claim(one);
            else _transfer(one, other, random(step, "amount"));
            _check();
        }
    }

    /// @dev Shares of any supply, in any parts.
    function _found(uint256 seed) private {
        _token = TestDollar(deploy("TestDollar"));
        _supply = magnitude(random(seed, "supply"), type(uint64).max);
        uint256[] memory divided = parts(random(seed, "parts"), _supply, HOLDERS);
        uint64[] memory amounts = new uint64[](HOLDERS);
        for (uint256 i; i < HOLDERS; ++i) {
            _holders.push(VM.addr(100 + i));
            amounts[i] = uint64(divided[i]);
            _balances[_holders[i]] = divided[i];
        }
        _shares = deployShares(_token, address(this), _holders, amounts);
    }

    /// @dev Revenue belongs to whoever holds the shares when it is counted, not when it comes.
    function _earn(uint256 amount, bool counted) private {
        _token.mint(address(_shares), amount);
        _waiting += amount;
        if (!counted) return;
        require(_shares.accrue() == _waiting, "accrued");
        for (uint256 i; i < HOLDERS; ++i) {
            _earned[_holders[i]] += _waiting * _balances[_holders[i]];
        }
        (_revenue, _waiting) = (_revenue + _waiting, 0);
    }

    function _claim(address holder) private {
        _claimed[holder] += _shares.claim(holder);
    }

    function _transfer(address from, address to, uint256 amount) private {
        amount %= _balances[from] + 1;
        VM.prank(from);
        _shares.transfer(to, amount);
        _balances[from] -= amount;
        _balances[to] += amount;
    }

    function _check() private view {
        uint256 claimed;
        uint256 claimable;
        // Revenue per share is a binary fraction of 64 bits, rounded down at every step; claims are rounded down once.
        uint256 tolerance = 1 + (STEPS * _supply >> 64);
        for (uint256 i; i < HOLDERS; ++i) {
            address holder = _holders[i];
            require(_shares.balanceOf(holder) == _balances[holder], "balance");
            require(_token.balanceOf(holder) == _claimed[holder], "paid");
            uint256 due = _earned[holder] / _supply;
            uint256 earned = _claimed[holder] + _shares.claimable(holder);
            require(earned <= due + tolerance && due <= earned + tolerance, "earned");
            (claimed, claimable) = (claimed + _claimed[holder], claimable + _shares.claimable(holder));
        }
        require(_shares.lifetimeRevenue() == _revenue, "revenue");
        require(_shares.claimedRevenue() == claimed, "claimed");
        require(_token.balanceOf(address(_shares)) == _revenue + _waiting - claimed, "held");
        require(claimed + claimable <= _revenue, "more than the revenue");
        require(_revenue - claimed - claimable <= HOLDERS, "less than the revenue");
    }
}
