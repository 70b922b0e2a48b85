// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {deploy} from "./deploy.sol";
import {Factories} from "./Factories.sol";
import {Handler} from "./Handler.sol";
import {HandlerTest} from "./HandlerTest.sol";

/// @notice Stakes are where they belong, and only those who forged have lost theirs.
contract BondsTest is HandlerTest {
    address private constant BURN = 0x000000000000000000000000000000000000dEaD;

    Factories private _factories;

    function setUp() public {
        _factories = Factories(deploy("Factories"));
    }

    function invariant_I15_stakesAreLostByProofAlone() public view {
        (uint256 stakes, uint256 slashed) = _stakes();
        uint256 held = _factories.token().balanceOf(address(_factories.bond()));
        require(held == stakes, "balance is not the sum of stakes");
        uint256 gone = _factories.withdrawn() + _factories.rewarded() + _factories.burned();
        require(_factories.staked() == stakes + gone, "money that was staked");
        require(_factories.token().balanceOf(BURN) == _factories.burned(), "money that was burned");
        require(slashed == _factories.slashes(), "slashed for no forgery");
    }

    /// @notice Every operation comes off for any seed, so that the campaign above is about something.
    function testFuzz_everyOperationCanSucceed(uint256 seed) public {
        for (uint256 i; i < 24; ++i) {
            _factories.capture(0, uint256(keccak256(abi.encode(seed, i))));
        }
        _factories.topUp(0, seed);
        _factories.replaceKey(0, seed);
        _factories.unbond(0);
        for (uint256 proof; proof < _factories.PROOFS(); ++proof) {
            _factories.accuse(0, proof, seed);
        }
        for (uint256 forgery; forgery < _factories.FORGERIES(); ++forgery) {
            _forge(forgery, uint256(keccak256(abi.encode(seed, "forge", forgery))));
        }
        _factories.unbond(0);
        _factories.withdraw(0);
        invariant_I15_stakesAreLostByProofAlone();
        require(_factories.slashes() == _factories.FORGERIES() - 1, "a forgery was not slashed");
        require(_factories.succeeded(_factories.accuse.selector) != 0, "nothing was accused");
    }

    /// @dev Serves until the forgery finds something to change.
    function _forge(uint256 forgery, uint256 seed) private {
        for (uint256 i; i < 64; ++i) {
            uint256 next = uint256(keccak256(abi.encode(seed, i)));
            _factories.capture(0, next);
            (uint256 slashes, uint256 harmless) =
                (_factories.slashes(), _factories.succeeded("forge: harmlessly"));
            _factories.forge(0, forgery, next >> 1);
            if (_factories.slashes() != slashes) return;
            if (forgery == _factories.HARMLESS() && _factories.succeeded("forge: harmlessly") != harmless) return;
        }
        revert("nothing to forge");
    }

    function _stakes() private view returns (uint256 total, uint256 slashed) {
        uint256 count = _factories.bonds();
        for (uint256 i; i < count; ++i) {
            (,, uint256 stake,, bool isSlashed) = _factories.bond().bondOf(_factories.meteringKeys(i));
            total += stake;
            if (!isSlashed) continue;
            ++slashed;
            require(stake == 0, "a stake that was slashed");
        }
    }

    function _handler() internal view override returns (Handler) {
        return _factories;
    }

    function _name() internal pure override returns (string memory) {
        return "Factories";
    }
}
