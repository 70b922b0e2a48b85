// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {Pledge} from "../../contracts/Pledge.sol";
import {ShareVault} from "../../contracts/ShareVault.sol";
import {Shares} from "../../contracts/Shares.sol";
import {FreezableToken} from "../../contracts/test/FreezableToken.sol";
import {deploy} from "./deploy.sol";
import {Handler} from "./Handler.sol";
import {VM} from "./Vm.sol";

/**
 * @notice Who and what there is where shares are held: four people, and two models that earn one payment token, which
 * now and then freezes some of them.
 */
abstract contract CustodyState is Handler {
    uint256 public constant PEOPLE = 4;
    uint256 public constant MODELS = 2;
    /// @dev Enough for every kind at once, and few enough to check all of them after every operation.
    uint256 internal constant MAX_LOCKS = 12;

    FreezableToken public immutable token = FreezableToken(deploy("FreezableToken"));
    ShareVault public immutable vault = ShareVault(deploy("ShareVault"));
    Pledge public immutable pledge = Pledge(deploy("Pledge", abi.encode(vault)));
    Shares[MODELS] public models;
    address[PEOPLE] public people;
    uint256 internal _time = block.timestamp;

    /// @notice Locks are numbered from 1 to this.
    uint256 public locks;
    /// @notice Base units that ever existed.
    uint256 public minted;

    constructor() {
        address[] memory holders = new address[](PEOPLE);
        for (uint256 i; i < PEOPLE; ++i) {
            holders[i] = people[i] = VM.addr(100 + i);
            _mint(people[i], 1e30);
            VM.prank(people[i]);
            token.approve(address(pledge), type(uint256).max);
        }
        for (uint256 m; m < MODELS; ++m) {
            uint64[] memory amounts = new uint64[](PEOPLE);
            for (uint256 i; i < PEOPLE; ++i) {
                amounts[i] = uint64(m == 0 ? 1_000_003 * (i + 1) : 5);
            }
            models[m] = _newShares(token, holders, amounts);
            for (uint256 i; i < PEOPLE; ++i) {
                VM.prank(people[i]);
                models[m].approve(address(vault), type(uint256).max);
                VM.prank(people[i]);
                models[m].approve(address(pledge), type(uint256).max);
            }
        }
    }

    function _mint(address to, uint256 amount) internal {
        minted += amount;
        token.mint(to, amount);
    }

    /// @dev From one base unit to ten millions, of every magnitude.
    function _amount(uint256 seed) internal pure returns (uint256) {
        return 1 + (seed >> 8) % 10 ** (1 + seed % 7);
    }

    /// @dev None to all of somebody's shares, and a small part more often than not, so that some are left for others.
    function _part(uint256 who, uint256 m, uint256 seed) internal view returns (uint256) {
        uint256 balance = models[m].balanceOf(people[who]);
        return seed % 4 == 0 ? balance : seed % (balance / 3 + 1);
    }

    /// @dev The first person from `who` on that is not frozen; if all are, any.
    function _unfrozen(uint256 who) internal view returns (address person) {
        for (uint256 i; i < PEOPLE; ++i) {
            person = people[addmod(who, i, PEOPLE)];
            if (!token.frozen(person)) return person;
        }
    }
}
