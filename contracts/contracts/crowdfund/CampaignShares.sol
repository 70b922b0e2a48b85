// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {Campaign, CampaignStatus, ICrowdfund} from "../interfaces/ICrowdfund.sol";
import {IShareVault} from "../interfaces/IShareVault.sol";
import {IShares} from "../interfaces/IShares.sol";
import {CampaignTerms} from "../libraries/CampaignTerms.sol";
import {CampaignBooks} from "./CampaignBooks.sol";

/**
 * @title CampaignShares
 * @notice The shares of every campaign: allocated in one lock of the vault, from where they go into locks of their
 * contributors, out to them, or to the treasury.
 * @dev Shares pass through this contract only in the middle of a call.
 */
abstract contract CampaignShares is CampaignBooks, ReentrancyGuardTransient {
    using SafeERC20 for IERC20;

    struct Allocation {
        /// @dev Shares that are no contributor's by now, and that the treasury did not receive.
        uint64 unassigned;
        /// @dev Base units of the contributions whose shares were locked, surrendered or taken.
        uint128 assignedFor;
        /// @dev The vault's lock of the unassigned shares, and of assigned ones whose contributor has no lock.
        uint64 lock;
    }

    /// @inheritdoc ICrowdfund
    IShareVault public immutable override vault;

    mapping(bytes32 campaign => Allocation allocation) internal _allocations;

    /// @param vault_ Where shares are held.
    constructor(IShareVault vault_) {
        vault = vault_;
    }

    /// @inheritdoc ICrowdfund
    function lockShares(Campaign calldata c, address contributor)
        external
        nonReentrant
        returns (uint256 lock, uint64 shares)
    {
        bytes32 campaign = _id(c);
        State storage state = _states[campaign];
        CampaignStatus current = _status(c, state);
        if (current < CampaignStatus.Funded) revert Crowdfund_WrongStatus(current);
        Contribution storage theirs = _contribution(campaign, contributor);
        if (theirs.locked) revert Crowdfund_AlreadyLocked(contributor);
        if (theirs.taken) revert Crowdfund_AlreadyTaken(contributor);

        theirs.locked = true;
        Allocation storage allocation = _allocations[campaign];
        uint128 amount = theirs.amount;
        shares = theirs.surrendered ? _paidFor(c, state, amount) : _assign(c, allocation, amount);
        // The vault holds no empty locks.
        if (shares != 0) {
            vault.release(allocation.lock, address(this), shares);
            lock = _lock(c, contributor, shares);
            theirs.lock = uint64(lock);
        }
        emit SharesLocked(campaign, contributor, lock, shares);
    }

    /// @inheritdoc ICrowdfund
    function surrenderShares(Campaign calldata c, address contributor)
        external
        nonReentrant
        returns (uint64 surrendered)
    {
        (bytes32 campaign, State storage state) = _at(c, CampaignStatus.Completed, CampaignStatus.Ended);
        return _surrender(c, campaign, state, contributor);
    }

    /// @inheritdoc ICrowdfund
    function takeShares(Campaign calldata c, address to) external nonReentrant returns (uint64 shares) {
        (bytes32 campaign, State storage state) = _at(c, CampaignStatus.Completed, CampaignStatus.Ended);
        CampaignTerms.checkAccount(to);
        Contribution storage mine = _contribution(campaign, msg.sender);
        if (mine.taken) revert Crowdfund_AlreadyTaken(msg.sender);

        mine.taken = true;
        _surrender(c, campaign, state, msg.sender);
        shares = _paidFor(c, state, mine.amount);
        emit SharesTaken(campaign, msg.sender, to, shares);
        // The vault moves no empty parcels.
        if (shares != 0) vault.release(_lockOf(campaign, mine), to, shares);
    }

    /// @inheritdoc ICrowdfund
    function returnShares(Campaign calldata c) external nonReentrant returns (uint64 shares) {
        bytes32 campaign = _id(c);
        Allocation storage allocation = _allocations[campaign];
        bool failed = _status(c, _states[campaign]) == CampaignStatus.Failed;
        if (!failed && allocation.assignedFor != c.goal) return 0;
        shares = allocation.unassigned;
        if (shares == 0) return 0;

        allocation.unassigned = 0;
        emit SharesReturned(campaign, shares);
        _returnToTreasury(c, allocation.lock, shares);
    }

    /// @dev Takes the allocation from the caller by its allowance; the treasury earns for it at first.
    function _allocate(Campaign calldata c, bytes32 campaign) internal {
        Allocation storage allocation = _allocations[campaign];
        allocation.unassigned = c.allocation;
        IERC20(c.model).safeTransferFrom(msg.sender, address(this), c.allocation);
        allocation.lock = uint64(_lock(c, c.treasury, c.allocation));
    }

    function _lock(Campaign calldata c, address owner, uint64 shares) private returns (uint256) {
        IERC20(c.model).forceApprove(address(vault), shares);
        return vault.lockUnder(IShares(c.model), owner, shares, address(this));
    }

    /// @dev Takes the shares of a contribution out of what is unassigned.
    function _assign(Campaign calldata c, Allocation storage allocation, uint128 amount)
        private
        returns (uint64 shares)
    {
        shares = _sharesOf(c, amount);
        allocation.assignedFor += amount;
        allocation.unassigned -= shares;
    }

    /// @dev Gives the treasury, once, the shares that a contributor did not pay for. The others stay where they are,
    /// and vote as before.
    function _surrender(Campaign calldata c, bytes32 campaign, State storage state, address contributor)
        private
        returns (uint64 surrendered)
    {
        Contribution storage theirs = _contribution(campaign, contributor);
        if (theirs.surrendered) return 0;

        theirs.surrendered = true;
        uint128 amount = theirs.amount;
        if (!theirs.locked) _assign(c, _allocations[campaign], amount);
        surrendered = _sharesOf(c, amount) - _paidFor(c, state, amount);
        if (surrendered == 0) return 0;
        emit SharesSurrendered(campaign, contributor, surrendered);
        _returnToTreasury(c, _lockOf(campaign, theirs), surrendered);
    }

    /// @dev A treasury that is the box of the contributor's lock has the shares already: no choice of treasury holds up
    /// a contributor. The box of the allocation's lock is no treasury (`create`).
    function _returnToTreasury(Campaign calldata c, uint256 lock, uint64 shares) private {
        if (c.treasury != vault.boxOf(lock)) vault.release(lock, c.treasury, shares);
    }

    function _lockOf(bytes32 campaign, Contribution storage theirs) private view returns (uint256) {
        return theirs.locked ? theirs.lock : _allocations[campaign].lock;
    }

    /// @dev Of the shares of a contribution, those that match what was spent of it: the contributor's for good.
    function _paidFor(Campaign calldata c, State storage state, uint128 amount) private view returns (uint64) {
        return uint64(_part(_sharesOf(c, amount), state.spent, c.goal));
    }

    function _sharesOf(Campaign calldata c, uint128 amount) private pure returns (uint64) {
        return uint64(_part(c.allocation, amount, c.goal));
    }
}
