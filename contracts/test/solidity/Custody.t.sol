// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {Custody} from "./Custody.sol";
import {CustodyLaws} from "./CustodyLaws.sol";
import {deploy} from "./deploy.sol";
import {Freezing} from "./Freezing.sol";
import {Handler} from "./Handler.sol";
import {HeldShares} from "./HeldShares.sol";

/// @notice Shares and their revenue are conserved, whoever locks, pledges, earns, lends and buys.
contract CustodyTest is CustodyLaws {
    bytes4[] private _operations = [
        HeldShares.earn.selector,
        Freezing.freeze.selector,
        Freezing.thaw.selector,
        HeldShares.wait.selector,
        HeldShares.transferShares.selector,
        HeldShares.delegateShares.selector,
        HeldShares.claimShares.selector,
        HeldShares.meddle.selector,
        HeldShares.lock.selector,
        HeldShares.lockUnder.selector,
        HeldShares.release.selector,
        HeldShares.claim.selector,
        HeldShares.claimTo.selector,
        HeldShares.setPayee.selector,
        HeldShares.delegateLock.selector,
        Custody.offer.selector,
        Custody.withdraw.selector,
        Custody.lend.selector,
        Custody.serve.selector,
        Custody.repay.selector,
        Custody.buy.selector,
        Custody.collect.selector
    ];

    function setUp() public {
        _custody = Custody(deploy("Custody"));
    }

    function invariant_I16_pledgedSharesWaitAndLendersGetTheDebt() public view {
        _pledgedSharesWait();
        _lendersReceiveNoMoreThanTheDebt();
    }

    /// @notice Held shares, and what they earn, obey the same laws as others.
    function invariant_custody() public view {
        _everyShareIsInOnePlace();
        _boxesHoldWhatTheirLocksSay();
        _releasesFollowSchedules();
        _sharesOweWhatTheyHold();
        _everyBaseUnitIsInOnePlace();
        _boxesOweWhatTheyHold();
        _votesAreThoseOfDelegatedShares();
    }

    /// @notice None of the operations is one that never does anything.
    function test_everyOperationSucceeds() public {
        _custody.earn(0, 1_000_000_006);
        _custody.transferShares(0, 1, 0, 7);
        _custody.delegateShares(0, 1, 0);
        _custody.claimShares(0, 0);
        _custody.lock(0, 1, 0, 1_001, 0);
        _custody.lockUnder(0, 1, 0, 1_001);
        _custody.delegateLock(0, 1);
        _custody.release(0, 1, 11);
        _custody.earn(0, 1_000_000_006);
        _custody.meddle(0, 0, 2);
        _custody.claim(0);
        _custody.freeze(5 + 8);
        _custody.earn(0, 1_000_000_006);
        _custody.setPayee(1, 2);
        _custody.claimTo(1, 1, 3);
        _custody.offer(0, 0, 1_001, 1_000_000_006);
        _custody.withdraw(0);
        _custody.offer(0, 0, 1_001, 1_000_000_006);
        _custody.lend(1, 2);
        _custody.freeze(5 + 2 * 8);
        _custody.repay(1, 3, 3);
        _custody.collect(2, 3);
        _custody.wait(1);
        _custody.earn(0, 1_000_000_006);
        _custody.serve(1);
        _custody.buy(1, 3, 0);
        _custody.thaw();
        for (uint256 i; i < _operations.length; ++i) {
            require(_custody.succeeded(_operations[i]) != 0, "an operation did nothing");
        }
        invariant_custody();
        invariant_I16_pledgedSharesWaitAndLendersGetTheDebt();
    }

    /// @notice Whatever happened, everybody gets their shares and their money, and nothing but dust stays behind.
    function testFuzz_everybodyCanLeave(uint256 seed) public {
        _play(_operations, 40, seed);
        _leave();
        invariant_custody();
        invariant_I16_pledgedSharesWaitAndLendersGetTheDebt();
        for (uint256 id = 1; id <= _custody.locks(); ++id) {
            address box = _custody.vault().boxOf(id);
            require(_custody.vault().releasable(id) == 0, "shares stayed");
            require(_custody.token().balanceOf(box) == 0, "money stayed in a box");
        }
        require(_custody.token().balanceOf(address(_custody.pledge())) == 0, "money stayed in the pledge");
        for (uint256 m; m < _custody.MODELS(); ++m) {
            uint256 left = _custody.token().balanceOf(address(_custody.models(m)));
            require(left <= _custody.PEOPLE() + _custody.locks(), "revenue stayed");
        }
    }

    function _leave() private {
        _custody.thaw();
        for (uint256 m; m < _custody.MODELS(); ++m) {
            _custody.models(m).accrue();
        }
        // Long enough for every schedule to end.
        for (uint256 i; i < 5; ++i) {
            _custody.wait(20 days - 1);
        }
        uint256 pledges = _custody.pledges().length;
        for (uint256 i; i < pledges; ++i) {
            _custody.withdraw(i);
            _custody.serve(i);
            _custody.buy(i, i, 0);
        }
        // What is repaid by now.
        for (uint256 i; i < pledges; ++i) {
            _custody.withdraw(i);
        }
        for (uint256 at; at < _custody.locks(); ++at) {
            _custody.release(at, at, _custody.vault().releasable(at + 1));
            for (uint256 who; who < _custody.PEOPLE(); ++who) {
                _custody.claimTo(at, who, who);
            }
        }
        for (uint256 who; who < _custody.PEOPLE(); ++who) {
            _custody.collect(who, who);
            for (uint256 m; m < _custody.MODELS(); ++m) {
                _custody.claimShares(who, m);
            }
        }
    }

    function _handler() internal view override returns (Handler) {
        return _custody;
    }

    function _name() internal pure override returns (string memory) {
        return "Custody";
    }
}
