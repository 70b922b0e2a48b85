// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {ICredits, Offering} from "../../contracts/interfaces/ICredits.sol";
import {Terms} from "../../contracts/libraries/Terms.sol";
import {random} from "./random.sol";
import {VM} from "./Vm.sol";

/// @notice Terms are refused when they break a rule, for a rule that they break, and never else.
contract TermsTest {
    uint256 private constant RULES = 8;

    /// @dev How often terms were refused, by the error's selector; at zero, how often they were not.
    mapping(bytes4 error_ => uint256) private _outcomes;

    function testFuzz_refusesWhatBreaksARule(uint256 seed) public {
        Offering memory o = _terms(seed);
        bytes[RULES] memory broken = _brokenRules(o);
        bytes memory reason;
        try this.check(o) {}
        catch (bytes memory reason_) {
            reason = reason_;
        }
        bool any;
        bool named;
        for (uint256 i; i < RULES; ++i) {
            any = any || broken[i].length != 0;
            named = named || (broken[i].length != 0 && keccak256(broken[i]) == keccak256(reason));
        }
        require(any ? named : reason.length == 0, "refused for no rule, or not refused");
        ++_outcomes[any ? bytes4(reason) : bytes4(0)];
    }

    /// @notice The terms above break each rule now and then, and sometimes none.
    function test_everyRuleIsBroken() public {
        for (uint256 seed; seed < 256; ++seed) {
            testFuzz_refusesWhatBreaksARule(uint256(keccak256(abi.encode(seed))));
        }
        bytes4[7] memory outcomes = [
            bytes4(0),
            ICredits.Credits_UnknownTier.selector,
            ICredits.Credits_ZeroPrice.selector,
            ICredits.Credits_SplitTooLarge.selector,
            ICredits.Credits_ExitDelayOutOfBounds.selector,
            ICredits.Credits_ExpiresBeforeSaleEnds.selector,
            ICredits.Credits_InvalidAccount.selector
        ];
        for (uint256 i; i < outcomes.length; ++i) {
            require(_outcomes[outcomes[i]] != 0, "a rule was never broken");
        }
    }

    function testFuzz_letsCreditsBeUsedUntilTheyExpire(uint64 expiresAt, uint64 time, uint256 seed) public {
        if (seed % 4 == 0) expiresAt = time;
        if (seed % 4 == 1 && time != 0) expiresAt = time - 1;
        Offering memory o;
        o.expiresAt = expiresAt;
        VM.warp(time);
        try this.checkNotExpired(o) {
            require(expiresAt == 0 || time <= expiresAt, "used after it expired");
        } catch (bytes memory reason) {
            require(expiresAt != 0 && time > expiresAt, "refused before it expired");
            bytes memory expected = abi.encodeWithSelector(ICredits.Credits_Expired.selector, expiresAt, time);
            require(keccak256(reason) == keccak256(expected), "reason");
        }
    }

    function check(Offering calldata o) external view {
        Terms.check(o);
    }

    function checkNotExpired(Offering calldata o) external view {
        Terms.checkNotExpired(o);
    }

    /// @dev Each field within its bounds, at them, or just beyond.
    function _terms(uint256 seed) private view returns (Offering memory o) {
        o.tier = uint8(random(seed, "tier") % 4);
        o.pricePerMillion = uint64(random(seed, "price") % 4);
        o.holdersBps = uint16(random(seed, "holders") % 10_001);
        o.treasuryBps = uint16([0, 1, 10_000 - o.holdersBps, 10_001 - o.holdersBps][random(seed, "treasury") % 4]);
        o.exitDelay = uint32([1 hours, 30 days, 1 hours - 1, 30 days + 1][random(seed, "delay") % 4]);
        o.sellUntil = 1 + uint64(uint32(random(seed, "sale")));
        o.expiresAt = [0, o.sellUntil, o.sellUntil + 1, o.sellUntil - 1][random(seed, "expiry") % 4];
        o.model = random(seed, "model") % 4 == 0 ? address(0xC0DE) : address(this);
        o.operator = _account(random(seed, "operator"));
        o.treasury = _account(random(seed, "account"));
    }

    function _account(uint256 seed) private view returns (address) {
        return [address(0xA), address(0xB), address(0), address(this)][seed % 4];
    }

    /// @dev What the terms are refused with, for each rule that they break.
    function _brokenRules(Offering memory o) private view returns (bytes[RULES] memory broken) {
        if (o.tier > 2) broken[0] = abi.encodeWithSelector(ICredits.Credits_UnknownTier.selector, o.tier);
        if (o.pricePerMillion == 0) broken[1] = abi.encodeWithSelector(ICredits.Credits_ZeroPrice.selector);
        uint256 bps = uint256(o.holdersBps) + o.treasuryBps;
        if (bps > 10_000) broken[2] = abi.encodeWithSelector(ICredits.Credits_SplitTooLarge.selector, bps, 10_000);
        if (o.exitDelay < 1 hours || o.exitDelay > 30 days) {
            broken[3] = abi.encodeWithSelector(
                ICredits.Credits_ExitDelayOutOfBounds.selector, o.exitDelay, 1 hours, 30 days
            );
        }
        if (o.expiresAt != 0 && o.expiresAt < o.sellUntil) {
            broken[4] = abi.encodeWithSelector(
                ICredits.Credits_ExpiresBeforeSaleEnds.selector, o.expiresAt, o.sellUntil
            );
        }
        if (o.model == address(0xC0DE)) broken[5] = _invalid(o.model);
        if (o.operator == address(0) || o.operator == address(this)) broken[6] = _invalid(o.operator);
        if (o.treasuryBps != 0 && (o.treasury == address(0) || o.treasury == address(this))) {
            broken[7] = _invalid(o.treasury);
        }
    }

    function _invalid(address account) private pure returns (bytes memory) {
        return abi.encodeWithSelector(ICredits.Credits_InvalidAccount.selector, account);
    }
}
