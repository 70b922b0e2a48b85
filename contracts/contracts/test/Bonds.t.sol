// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {Factories} from "./Factories.sol";

/// @notice Stakes are where they belong, and only those who forged have lost theirs.
contract BondsTest {
    address private constant BURN = 0x000000000000000000000000000000000000dEaD;

    Factories private _factories;

    function setUp() public {
        _factories = new Factories();
    }

    /// @dev Names what the runner may call.
    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(_factories);
    }

    /// @notice One campaign checks everything after every operation; the failed requirement names the law.
    function invariant_bonds() public view {
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
        for (uint256 proof; proof < 8; ++proof) {
            _factories.accuse(0, proof, seed);
        }
        for (uint256 forgery; forgery < _factories.FORGERIES(); ++forgery) {
            _forge(forgery, uint256(keccak256(abi.encode(seed, "forge", forgery))));
        }
        _factories.unbond(0);
        _factories.withdraw(0);
        invariant_bonds();
        for (uint256 kind; kind <= uint256(type(Factories.Kind).max); ++kind) {
            require(_factories.succeeded(Factories.Kind(kind)) != 0, "never succeeded");
        }
    }

    /// @dev Serves until the forgery finds something to change.
    function _forge(uint256 forgery, uint256 seed) private {
        for (uint256 i; i < 64; ++i) {
            uint256 next = uint256(keccak256(abi.encode(seed, i)));
            _factories.capture(0, next);
            (uint256 slashes, uint256 harmless) =
                (_factories.slashes(), _factories.succeeded(Factories.Kind.ForgeHarmlessly));
            _factories.forge(0, forgery, next >> 1);
            if (_factories.slashes() != slashes) return;
            if (forgery == 10 && _factories.succeeded(Factories.Kind.ForgeHarmlessly) != harmless) return;
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
}
