// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {TestDollar} from "../../contracts/TestDollar.sol";
import {ICredits, Order, Payment} from "../../contracts/interfaces/ICredits.sol";
import {CreditSignatures} from "./CreditSignatures.sol";
import {Earnings} from "./Earnings.sol";
import {MarketState} from "./MarketState.sol";
import {VM, Vm} from "./Vm.sol";

/**
 * @notice A market for the invariant tests: every operation that moves credits, money or shares, each with arguments
 * that make it succeed. What anybody may do, the market does, to which nothing is due.
 */
contract Market is Earnings {
    constructor(TestDollar token) MarketState(token) {}

    function wait(uint256 time) public {
        VM.warp(_time += time % 6 hours);
        _done();
    }

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
        // The first person from `from` on that has some.
        for (uint256 i; i < PEOPLE && walletOf(from, which) == 0; ++i) {
            from = (from + 1) % PEOPLE;
        }
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

    function _closableAt(Opened memory opened) private view returns (uint64 closableAt) {
        (,,, closableAt) = credits.session(idOf(opened.offering), opened.id);
    }

    /// @dev From one millicredit to a million credits, of every magnitude.
    function _amount(uint256 seed) private pure returns (uint256) {
        return 1 + (seed >> 8) % 10 ** (1 + seed % 9);
    }
}
