// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {Claims} from "../../contracts/Claims.sol";
import {Offering} from "../../contracts/interfaces/ICredits.sol";
import {IShares} from "../../contracts/interfaces/IShares.sol";
import {deploy} from "./deploy.sol";
import {Settling} from "./Settling.sol";
import {VM} from "./Vm.sol";

/// @notice What consumed credits earn: revenue that is released and claimed, and shares that change hands meanwhile.
abstract contract Earnings is Settling {
    Claims public immutable claims = Claims(deploy("Claims"));

    constructor() {
        _declare("claimShares: many models");
    }

    /// @dev When nothing is to be released, vouchers are settled first.
    function release(uint256 which) public thrifty {
        if (_release(which) || (_settle(which, which, false) && _release(which))) _done();
    }

    /// @dev When nothing is due, it is released first.
    function claim(uint256 which, uint256 role) public thrifty {
        if (_claim(which, role) || (_release(which) && _claim(which, role))) _done();
    }

    /// @notice The treasury hands its part of an offering over to its other account.
    function handOver(uint256 which) public thrifty {
        Offering memory o = _offerings[which % OFFERINGS];
        address from = credits.account(o, 1);
        if (from == o.treasury) _allowedSlots = 1;
        VM.prank(from);
        credits.handOver(o, 1, from == _treasuries[0] ? _treasuries[1] : _treasuries[0]);
        _done();
    }

    function claimShares(uint256 who, uint256 seed) public thrifty {
        address holder = people[who % PEOPLE];
        uint256 before = token.balanceOf(holder);
        uint256 amount = seed % 2 == 0 ? shares.claim(holder) : _claimMany(holder);
        if (token.balanceOf(holder) != before + amount) claimWentAstray = true;
        if (amount == 0) return;
        _done();
        if (seed % 2 != 0) _done("claimShares: many models");
    }

    function giveToShares(uint256 amount) public thrifty {
        amount = 1 + amount % 1e12;
        if (shares.lifetimeRevenue() == 0) _allowedSlots = 1;
        gifts += amount;
        token.mint(address(shares), amount);
        shares.accrue();
        _done();
    }

    function transferShares(uint256 from, uint256 to, uint256 amount) public thrifty {
        (from, to) = (from % PEOPLE, to % PEOPLE);
        amount %= shares.balanceOf(people[from]) + 1;
        if (shares.balanceOf(people[to]) == 0) _allowedSlots = 1;
        _allowCheckpoints(shares.delegates(people[from]), shares.delegates(people[to]), amount);
        (uint256 ofSender, uint256 ofReceiver) = (shares.claimable(people[from]), shares.claimable(people[to]));
        VM.prank(people[from]);
        shares.transfer(people[to], amount);
        if (shares.claimable(people[from]) != ofSender) transferMovedRevenue = true;
        if (shares.claimable(people[to]) != ofReceiver) transferMovedRevenue = true;
        if (amount != 0) _done();
    }

    /// @dev To somebody, or to nobody.
    function delegateShares(uint256 who, uint256 to) public thrifty {
        address holder = people[who % PEOPLE];
        address delegatee = to % 4 == PEOPLE ? address(0) : people[to % 4];
        address before = shares.delegates(holder);
        // Where the delegatee stands; and where somebody without shares says that there is one.
        if (before == address(0)) _allowedSlots = shares.balanceOf(holder) == 0 ? 2 : 1;
        _allowCheckpoints(before, delegatee, shares.balanceOf(holder));
        VM.prank(holder);
        shares.delegate(delegatee);
        _done();
    }

    /// @dev Of the first offering from `which` on that has something to release.
    function _release(uint256 which) private returns (bool) {
        bool first = shares.lifetimeRevenue() == 0;
        for (uint256 i; i < OFFERINGS; ++i) {
            if (credits.release(_offerings[addmod(which, i, OFFERINGS)]) == 0) continue;
            if (first) ++_allowedSlots;
            return true;
        }
        return false;
    }

    /// @dev The part of the first role and offering, from these on, to which something is due.
    function _claim(uint256 which, uint256 seed) private returns (bool) {
        for (uint256 i; i < 2 * OFFERINGS; ++i) {
            Offering memory o = _offerings[addmod(which, i / 2, OFFERINGS)];
            uint8 role = uint8(addmod(seed, i, 2));
            (,,, uint256 operatorClaimed, uint256 treasuryClaimed) = credits.offeringState(credits.offeringId(o));
            address account = credits.account(o, role);
            uint256 before = token.balanceOf(account);
            uint256 amount = credits.claim(o, role);
            if (token.balanceOf(account) != before + amount) claimWentAstray = true;
            if (amount == 0) continue;
            if (operatorClaimed + treasuryClaimed == 0) ++_allowedSlots;
            return true;
        }
        return false;
    }

    /// @dev With others, of which one is no model at all.
    function _claimMany(address holder) private returns (uint256 amount) {
        IShares[] memory models = new IShares[](2);
        (models[0], models[1]) = (IShares(_treasuries[0]), shares);
        return claims.claimAll(models, holder)[1];
    }
}
