// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {Claims} from "../../contracts/Claims.sol";
import {TestDollar} from "../../contracts/TestDollar.sol";
import {ICredits, Offering, Order, Payment} from "../../contracts/interfaces/ICredits.sol";
import {IShares} from "../../contracts/interfaces/IShares.sol";
import {CreditSignatures} from "./CreditSignatures.sol";
import {deploy} from "./deploy.sol";
import {MarketState} from "./MarketState.sol";
import {Settling} from "./Settling.sol";
import {VM, Vm} from "./Vm.sol";

/**
 * @notice A market for the invariant tests: every operation that moves credits, money or shares, each with arguments
 * that make it succeed. What anybody may do, the market does, to which nothing is due.
 */
contract Market is Settling {
    Claims public immutable claims = Claims(deploy("Claims"));

    constructor(TestDollar token) MarketState(token) {
        _declare("claimShares: many models");
    }

    function wait(uint256 time) public {
        VM.warp(_time += time % 6 hours);
        _done();
    }

    /* ------------------------------------------------ CREDITS ------------------------------------------------ */

    function buy(uint256 who, uint256 which, uint256 amount) public thrifty {
        (who, which, amount) = (who % PEOPLE, which % OFFERINGS, _amount(amount));
        if (_saleEnded(which)) return;
        _allowedSlots = walletOf(who, which) == 0 ? 1 : 0;
        VM.prank(people[who]);
        uint256 cost = credits.buy(_offerings[which], uint48(amount), people[who]);
        _sold(which, amount, cost);
        _done();
    }

    function buyAndOpen(uint256 who, uint256 which, uint256 amount) public thrifty {
        (who, which, amount) = (who % PEOPLE, which % OFFERINGS, _amount(amount));
        if (_saleEnded(which)) return;
        Opened memory next = _next(which, people[who]);
        uint256 before = token.balanceOf(address(credits));
        _allowedSlots = 1;
        VM.prank(people[who]);
        credits.buyAndOpen(_offerings[which], VM.addr(next.key), next.salt, uint48(amount));
        _sold(which, amount, token.balanceOf(address(credits)) - before);
        _sessions.push(next);
        _done();
    }

    /// @dev Paid by a signature (EIP-3009), into the wallet or a new session.
    function purchase(uint256 who, uint256 which, uint256 amount, uint256 opening) public thrifty {
        (who, which, amount) = (who % PEOPLE, which % OFFERINGS, _amount(amount));
        if (_saleEnded(which)) return;
        bool opens = opening % 2 == 0;
        Opened memory next = _next(which, people[who]);
        Order memory order = Order(people[who], opens ? VM.addr(next.key) : address(0), next.salt, uint48(amount));
        Payment memory payment = CreditSignatures.authorization(
            credits, _offerings[which], order, succeeded[msg.sig], people[who], _key(who)
        );
        _allowedSlots = opens || walletOf(who, which) == 0 ? 1 : 0;
        uint256 cost = credits.purchase(_offerings[which], order, payment);
        _sold(which, amount, cost);
        if (opens) _sessions.push(next);
        _played("replay: purchase", abi.encodeCall(credits.purchase, (_offerings[which], order, payment)));
        _done();
    }

    function open(uint256 who, uint256 which, uint256 amount) public thrifty {
        (who, which) = (who % PEOPLE, which % OFFERINGS);
        uint256 balance = walletOf(who, which);
        if (balance == 0 || _expired(which)) return;
        Opened memory next = _next(which, people[who]);
        _allowedSlots = 1;
        VM.prank(people[who]);
        credits.open(_offerings[which], VM.addr(next.key), next.salt, uint48(1 + amount % balance));
        _sessions.push(next);
        _done();
    }

    function openFor(uint256 who, uint256 which, uint256 amount) public thrifty {
        (who, which) = (who % PEOPLE, which % OFFERINGS);
        uint256 balance = walletOf(who, which);
        if (balance == 0 || _expired(which)) return;
        Opened memory next = _next(which, people[who]);
        Order memory order = Order(people[who], VM.addr(next.key), next.salt, uint48(1 + amount % balance));
        bytes memory signature = CreditSignatures.opening(credits, idOf(which), order, _key(who));
        _allowedSlots = 1;
        credits.openFor(_offerings[which], order, type(uint256).max, signature);
        _sessions.push(next);
        _played(
            "replay: openFor",
            abi.encodeCall(credits.openFor, (_offerings[which], order, type(uint256).max, signature))
        );
        _done();
    }

    function topUp(uint256 who, uint256 at, uint256 amount) public thrifty {
        (Opened memory opened, bool usable) = _session(at);
        if (!usable || _saleEnded(opened.offering) || _closableAt(opened) != 0) return;
        (who, amount) = (who % PEOPLE, _amount(amount));
        uint256 before = token.balanceOf(address(credits));
        VM.prank(people[who]);
        credits.topUp(
            _offerings[opened.offering], opened.owner, VM.addr(opened.key), opened.salt, uint48(amount)
        );
        _sold(opened.offering, amount, token.balanceOf(address(credits)) - before);
        _done();
    }

    function requestClose(uint256 at) public thrifty {
        (Opened memory opened, bool usable) = _session(at);
        if (!usable || _closableAt(opened) != 0) return;
        _allowedSlots = 1;
        VM.prank(opened.owner);
        credits.requestClose(_offerings[opened.offering], VM.addr(opened.key), opened.salt);
        _done();
    }

    function close(uint256 at, uint256 cooperative) public thrifty {
        (Opened memory opened, bool usable) = _session(at);
        bytes memory consent = cooperative % 2 == 0 ? bytes("consent") : bytes("");
        (, uint48 cap, uint48 used, uint64 closableAt) = credits.session(idOf(opened.offering), opened.id);
        if (!usable || (consent.length == 0 && closableAt == 0)) return;
        if (consent.length == 0 && closableAt > _time) VM.warp(_time = closableAt);
        VM.prank(opened.owner);
        uint256 amount = credits.close(
            _offerings[opened.offering], VM.addr(opened.key), opened.salt, opened.owner, consent
        );
        _redeemed(opened.offering, cap - used, amount);
        _done();
    }

    function redeem(uint256 who, uint256 which, uint256 amount) public thrifty {
        (who, which) = (who % PEOPLE, which % OFFERINGS);
        uint256 balance = walletOf(who, which);
        if (balance == 0) return;
        amount = 1 + amount % balance;
        VM.prank(people[who]);
        _redeemed(which, amount, credits.redeem(_offerings[which], amount, people[who]));
        _done();
    }

    function consume(uint256 who, uint256 which, uint256 amount) public thrifty {
        (who, which) = (who % PEOPLE, which % OFFERINGS);
        uint256 balance = walletOf(who, which);
        if (balance == 0 || _expired(which)) return;
        amount = 1 + amount % balance;
        VM.recordLogs();
        VM.prank(people[who]);
        // Always the same subject, so that nothing but the sequence tells receipts apart.
        bytes32 receipt = credits.consume(_offerings[which], amount, 0);
        _exercised(which, amount, receipt);
        Vm.Log[] memory logs = VM.getRecordedLogs();
        for (uint256 i; i < logs.length; ++i) {
            if (logs[i].topics[0] != ICredits.Consumed.selector || logs[i].topics[3] != receipt) continue;
            (uint256 told,,) = abi.decode(logs[i].data, (uint256, bytes32, uint256));
            toldConsumed[which] += told;
        }
        _done();
    }

    function transferCredits(uint256 from, uint256 to, uint256 which, uint256 amount) public thrifty {
        (from, to, which) = (from % PEOPLE, to % PEOPLE, which % OFFERINGS);
        amount %= walletOf(from, which) + 1;
        // A transfer of everything to oneself empties a slot and fills it again.
        if (from == to || walletOf(to, which) == 0) _allowedSlots = 1;
        // Asked before the prank, which covers one call.
        uint256 id = uint256(idOf(which));
        bool transferable = _offerings[which].transferable;
        VM.prank(people[from]);
        try credits.safeTransferFrom(people[from], people[to], id, amount, "") {
            if (!transferable) boundCreditsMoved = true;
            if (amount != 0) _done();
        } catch {
            require(!transferable, "a transfer failed");
        }
    }

    /* ------------------------------------------------ REVENUE ------------------------------------------------ */

    function release(uint256 which) public thrifty {
        if (shares.lifetimeRevenue() == 0) _allowedSlots = 1;
        // The first offering from `which` on that has something to release.
        for (uint256 i; i < OFFERINGS; ++i) {
            if (credits.release(_offerings[addmod(which, i, OFFERINGS)]) == 0) continue;
            return _done();
        }
    }

    function claim(uint256 which, uint256 seed) public thrifty {
        uint8 role = uint8(seed % 2);
        // The first offering from `which` on that owes something to the role.
        for (uint256 i; i < OFFERINGS; ++i) {
            Offering memory o = _offerings[addmod(which, i, OFFERINGS)];
            (,,, uint256 operatorClaimed, uint256 treasuryClaimed) = credits.offeringState(credits.offeringId(o));
            _allowedSlots = operatorClaimed + treasuryClaimed == 0 ? 1 : 0;
            address account = credits.account(o, role);
            uint256 before = token.balanceOf(account);
            uint256 amount = credits.claim(o, role);
            if (token.balanceOf(account) != before + amount) claimWentAstray = true;
            if (amount != 0) return _done();
        }
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

    /* ------------------------------------------------ INTERNAL ----------------------------------------------- */

    /// @dev With others, of which one is no model at all.
    function _claimMany(address holder) private returns (uint256 amount) {
        IShares[] memory models = new IShares[](2);
        (models[0], models[1]) = (IShares(_treasuries[0]), shares);
        return claims.claimAll(models, holder)[1];
    }

    function _closableAt(Opened memory opened) private view returns (uint64 closableAt) {
        (,,, closableAt) = credits.session(idOf(opened.offering), opened.id);
    }

    /// @dev From one millicredit to a million credits, of every magnitude.
    function _amount(uint256 seed) private pure returns (uint256) {
        return 1 + (seed >> 8) % 10 ** (1 + seed % 9);
    }
}
