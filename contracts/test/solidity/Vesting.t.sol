// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {ShareVault} from "../../contracts/ShareVault.sol";
import {Shares} from "../../contracts/Shares.sol";
import {TestDollar} from "../../contracts/TestDollar.sol";
import {Schedule} from "../../contracts/interfaces/IShareVault.sol";
import {deploy} from "./deploy.sol";
import {deployShares} from "./deployShares.sol";
import {magnitude, parts, random} from "./random.sol";
import {VM} from "./Vm.sol";

/// @notice Locked shares come free along a straight line, and earn all the while what shares in a wallet earn.
contract VestingTest {
    uint256 private constant LOCKS = 4;
    address private constant OWNER = address(0xA11CE);

    TestDollar private _token;
    ShareVault private _vault;

    function setUp() public {
        _token = TestDollar(deploy("TestDollar"));
        _vault = ShareVault(deploy("ShareVault"));
    }

    /// hardhat-config: fuzz.runs = 128
    function testFuzz_comesFreeAlongALine(uint256 seed, uint32 start, uint32 toCliff, uint32 toEnd) public {
        uint64 amount = uint64(magnitude(random(seed, "amount"), type(uint64).max));
        Schedule memory schedule = Schedule(start, uint64(start) + toCliff, uint64(start) + toCliff + toEnd);
        Shares shares = _shares(amount);
        uint256 id = _vault.lock(shares, OWNER, amount, schedule);
        uint256 span = uint256(toCliff) + toEnd;

        uint256 time;
        uint256 free;
        uint256 released;
        for (uint256 i; i < 8; ++i) {
            // Not only the times in between, but those at which something happens.
            uint256[5] memory next = [schedule.cliff, schedule.end, uint256(start), time, 0];
            next[4] = start + random(seed, i) % (span + 2);
            uint256 chosen = next[random(seed, i) % 5];
            if (chosen < time) continue;
            VM.warp(time = chosen);
            uint256 vested = released + _vault.releasable(id);
            require(vested >= free && vested <= amount, "not monotone, or more than there is");
            free = vested;
            if (time < schedule.cliff) require(vested == 0, "before the cliff");
            else if (time >= schedule.end) require(vested == amount, "after the end");
            // The whole shares that are due, without a division.
            else require(_isFloor(vested, amount * (time - start), span), "not on the line");

            uint64 out = uint64(random(seed, vested) % (vested - released + 1));
            VM.prank(OWNER);
            _vault.release(id, OWNER, out);
            released += out;
            require(shares.balanceOf(OWNER) == released, "released");
            require(shares.balanceOf(_vault.boxOf(id)) == amount - released, "locked");
        }
    }

    /// hardhat-config: fuzz.runs = 128
    function testFuzz_dividesRevenueByLocks(uint256 seed) public {
        uint64 supply = uint64(magnitude(random(seed, "supply"), type(uint64).max));
        // The last part stays in a wallet.
        uint256[] memory divided = parts(random(seed, "parts"), supply, LOCKS + 1);
        Shares shares = _shares(supply);
        uint256[LOCKS] memory ids;
        for (uint256 i; i < LOCKS; ++i) {
            if (divided[i] != 0) ids[i] = _lock(shares, uint64(divided[i]), i);
        }

        uint256 revenue;
        for (uint256 step; step < 6; ++step) {
            uint256 amount = magnitude(random(seed, step), type(uint88).max);
            _token.mint(address(shares), amount);
            revenue += amount;
            if (amount % 2 == 0) shares.accrue();
            uint256 id = ids[random(amount, "claims") % LOCKS];
            if (id == 0) continue;
            // Whoever claims the lock's revenue, and into the box first: it comes to the payee.
            if (amount % 3 == 0) shares.claim(_vault.boxOf(id));
            _vault.claim(id);
        }

        // Claims through the vault count what came in; of a model without locks there are none.
        shares.accrue();
        uint256 left = revenue;
        for (uint256 i; i < LOCKS; ++i) {
            if (ids[i] != 0) _vault.claim(ids[i]);
            left -= _requirePart(_token.balanceOf(_payee(i)), revenue * divided[i], supply);
        }
        left -= _requirePart(shares.claim(address(this)), revenue * divided[LOCKS], supply);
        require(left <= LOCKS + 1, "a unit of each");
    }

    /// @dev Every other lock is under a controller, this contract, who names the payee.
    function _lock(Shares shares, uint64 amount, uint256 i) private returns (uint256 id) {
        if (i % 2 == 0) return _vault.lock(shares, _payee(i), amount, Schedule(0, 0, 0));
        id = _vault.lockUnder(shares, OWNER, amount, address(this));
        _vault.setPayee(id, _payee(i));
    }

    function _payee(uint256 i) private pure returns (address) {
        return VM.addr(100 + i);
    }

    function _shares(uint64 supply) private returns (Shares shares) {
        shares = deployShares(_token, address(this), supply);
        shares.approve(address(_vault), supply);
    }

    /// @dev What a part of the shares earned: rounded down, once for revenue per share and once for the part.
    function _requirePart(uint256 paid, uint256 dividend, uint256 supply) private pure returns (uint256) {
        uint256 due = dividend / supply;
        require(paid == due || paid + 1 == due, "a lock's part");
        return paid;
    }

    function _isFloor(uint256 quotient, uint256 dividend, uint256 divisor) private pure returns (bool) {
        return quotient * divisor <= dividend && dividend < (quotient + 1) * divisor;
    }
}
