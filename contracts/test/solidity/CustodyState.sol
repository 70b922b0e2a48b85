// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {Pledge} from "../../contracts/Pledge.sol";
import {ShareVault} from "../../contracts/ShareVault.sol";
import {Shares} from "../../contracts/Shares.sol";
import {Lock} from "../../contracts/interfaces/IShareVault.sol";
import {FreezableToken} from "../../contracts/test/FreezableToken.sol";
import {deploy} from "./deploy.sol";
import {Handler} from "./Handler.sol";
import {VM} from "./Vm.sol";

/**
 * @notice Who and what there is where shares are held: four people, and two models that earn one payment token.
 */
abstract contract CustodyState is Handler {
    uint256 public constant PEOPLE = 4;
    uint256 public constant MODELS = 2;
    /// @dev Enough for every kind at once, and few enough to check all of them after every operation.
    uint256 internal constant MAX_LOCKS = 12;
    /// @dev What a test passes, and the runner hardly ever.
    uint256 internal constant SMALL = 1_000;

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
    /// @notice Base units that were paid to each model, accrued or not.
    uint256[MODELS] public earned;

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

    /// @dev Revenue that nobody accrues.
    function _pay(uint256 m, uint256 amount) internal {
        earned[m] += amount;
        _mint(address(models[m]), amount);
    }

    /// @dev What came in for a model and is not accrued.
    function _unaccrued(Shares model) internal view returns (uint256) {
        uint256 owed = model.lifetimeRevenue() - model.claimedRevenue();
        return token.balanceOf(address(model)) - owed;
    }

    /// @dev What shares will have earned of what is not accrued, give or take a unit: it is rounded with what they had before.
    function _unaccruedOf(Shares model, uint256 shares) internal view returns (uint256) {
        return _unaccrued(model) * shares / model.totalSupply();
    }

    /// @dev What a lock owes, as soon as what came in is accrued.
    function _due(uint256 id, address account) internal view returns (uint256 due) {
        due = vault.claimable(id, account);
        Lock memory held = vault.lockOf(id);
        if (held.payee != account) return due;
        return due + _unaccruedOf(Shares(address(held.model)), Shares(address(held.model)).balanceOf(vault.boxOf(id)));
    }

    function _isDue(uint256 paid, uint256 due, bool unaccrued) internal pure {
        uint256 slack = unaccrued ? 1 : 0;
        require(due <= paid + slack && paid <= due + slack, "paid what is not due");
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
}
