// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IShares} from "./IShares.sol";

/**
 * @notice When the shares of a lock vest: linearly from `start` to `end`, and none before `cliff`.
 * @dev Unix seconds, `start <= cliff <= end`. All three the same is a lock that opens at once, at that time.
 * @param start When shares begin to vest.
 * @param cliff Until when none can be taken out.
 * @param end When all have vested.
 */
struct Schedule {
    uint64 start;
    uint64 cliff;
    uint64 end;
}

/**
 * @notice Shares that the vault holds for somebody.
 * @param model Whose shares they are.
 * @param amount Shares locked in the first place.
 * @param owner Whose shares vote through this lock, and who takes out what has vested.
 * @param released Shares that left the lock. It holds `amount - released`.
 * @param controller Who alone takes shares out and names the payee; zero for a lock that vests.
 * @param payee Who receives the lock's revenue: the owner, unless the controller named another.
 * @param schedule When shares vest; all zero under a controller.
 * @param reserved Base units of the payment token that the lock still owes to former payees.
 */
struct Lock {
    IShares model;
    uint64 amount;
    address owner;
    uint64 released;
    address controller;
    address payee;
    Schedule schedule;
    uint256 reserved;
}

/**
 * @title ShareVault
 * @notice Holds shares for vesting, crowdfunds and pledges, while they keep earning and voting.
 * @dev Units: shares with 6 decimals; revenue in base units of the model's payment token. Times are Unix seconds.
 *
 * Every lock has a box: an account of its own, which holds the shares of that one lock and obeys only the vault. So it
 * is the model that accounts for each lock's revenue and votes, as for any holder, and a transfer of shares between
 * other holders knows nothing of the vault. Shares or tokens of a model that misbehaves can harm locks of that model
 * only. Shares that somebody sends to a box from outside are not part of its lock, and stay there.
 *
 * Trust: the vault has no owner, no pause and no upgrade. Nobody can take back a lock that vests. Who accepts a lock
 * under a controller trusts that controller with the shares and with the revenue to come; votes and revenue that came
 * in before stay out of its reach. Revenue comes from the model, which the vault does not vouch for.
 */
interface IShareVault {
    /* ------------------------------------------------ EVENTS ------------------------------------------------ */

    /// @notice `amount` shares of `model` are locked for `owner`, to vest, or under `controller` if that is not zero.
    event SharesLocked(
        uint256 indexed id,
        IShares indexed model,
        address indexed owner,
        uint64 amount,
        address controller,
        Schedule schedule
    );

    /// @notice `amount` shares left the lock.
    event SharesReleased(uint256 indexed id, address indexed to, uint64 amount);

    /// @notice Revenue of the lock that was due to `account` was paid to `to`.
    event LockClaimed(uint256 indexed id, address indexed account, address indexed to, uint256 amount);

    /// @notice Revenue of the lock goes to `payee` from now on.
    event PayeeChanged(uint256 indexed id, address indexed former, address indexed payee);

    /// @notice `amount` due to a former payee could not be paid, and waits for its `claimTo`.
    event RevenueReserved(uint256 indexed id, address indexed account, uint256 amount);

    /// @notice The shares of the lock vote through `delegatee`.
    event LockDelegated(uint256 indexed id, address indexed delegatee);

    /* ------------------------------------------------ ERRORS ------------------------------------------------ */

    /// @notice No lock has this id.
    error ShareVault_UnknownLock(uint256 id);

    /// @notice A lock of 0 shares.
    error ShareVault_ZeroShares();

    /// @notice The model is not a contract.
    error ShareVault_InvalidModel(address model);

    /// @notice An account that cannot hold this place: zero, the vault, the lock's own box, or the owner as controller.
    error ShareVault_InvalidAccount(address account);

    /// @notice The schedule is not in the order `start <= cliff <= end`.
    error ShareVault_InvalidSchedule(uint64 start, uint64 cliff, uint64 end);

    /// @notice Only `expected` may do this.
    error ShareVault_NotAllowed(address expected, address actual);

    /// @notice More shares than have vested, or than the lock holds.
    error ShareVault_ExceedsReleasable(uint256 needed, uint256 available);

    /* ----------------------------------------------- LOCKING ------------------------------------------------ */

    /**
     * @notice Locks shares of the caller for `owner`, who takes them out as they vest.
     * @dev Takes exactly `amount` by allowance. Nobody can shorten, prolong or revoke the lock.
     *
     * Reverts: `ShareVault_ZeroShares`, `ShareVault_InvalidModel`, `ShareVault_InvalidAccount`,
     * `ShareVault_InvalidSchedule`, `Transfers_Inexact`, or as the model does.
     * @param model Whose shares. Not vouched for: one that lies harms its own locks only.
     * @param owner Whose shares they become.
     * @param amount Shares, in units. Above 0.
     * @param schedule When they vest.
     * @return id Of the lock: 1, 2, and so on.
     */
    function lock(IShares model, address owner, uint64 amount, Schedule calldata schedule)
        external
        returns (uint256 id);

    /**
     * @notice Locks shares of the caller for `owner` under a controller.
     * @dev Takes exactly `amount` by allowance. The owner is the payee until the controller names another.
     *
     * Reverts: as `lock`, but for the schedule.
     *
     * Trust: the owner trusts the controller with the shares and with their future revenue.
     * @param model Whose shares. Not vouched for: one that lies harms its own locks only.
     * @param owner Who votes with them, and earns at first.
     * @param amount Shares, in units. Above 0.
     * @param controller Who takes shares out and names the payee; not the owner.
     * @return id Of the lock, as `lock`.
     */
    function lockUnder(IShares model, address owner, uint64 amount, address controller)
        external
        returns (uint256 id);

    /**
     * @notice Takes shares out of the lock. Their accrued revenue stays the payee's.
     * @dev For the owner of a lock that vests, as far as it has; for the controller of any other, as far as there are
     * shares left. Asks nothing of the payment token, so that its failure traps no shares.
     *
     * Reverts: `ShareVault_UnknownLock`, `ShareVault_NotAllowed`, `ShareVault_InvalidAccount`,
     * `ShareVault_ExceedsReleasable`, or as the model does.
     * @param id Id of the lock.
     * @param to Receives the shares.
     * @param amount Shares, in units, at most `releasable(id)`.
     */
    function release(uint256 id, address to, uint64 amount) external;

    /* ----------------------------------------------- REVENUE ------------------------------------------------ */

    /**
     * @notice Pays the lock's revenue to its payee. Anyone may call, but for a lock whose controller is its own payee:
     * that one claims by itself, so that it always knows which lock a payment came from.
     * @dev Pays nothing, and does not revert, when nothing is due. A payee that the payment token refuses blocks nobody
     * else, and has `claimTo`.
     *
     * Reverts: `ShareVault_UnknownLock`, `ShareVault_NotAllowed`, or as the model or its payment token do.
     * @param id Id of the lock.
     * @return amount Base units paid.
     */
    function claim(uint256 id) external returns (uint256 amount);

    /**
     * @notice Pays what the lock owes the caller, as its payee or as a former one, to `to`.
     * @dev Pays nothing, and does not revert, when nothing is due.
     *
     * Reverts: `ShareVault_UnknownLock`, `ShareVault_InvalidAccount`, or as the model or its payment token do.
     * @param id Id of the lock.
     * @param to Receives the money.
     * @return amount Base units paid.
     */
    function claimTo(uint256 id, address to) external returns (uint256 amount);

    /**
     * @notice Names who receives the lock's revenue from now on. For the controller alone.
     * @dev All revenue that came in until now is paid to the former payee, or reserved for it if the payment token
     * refuses, so that neither payee can block or rob the other.
     *
     * Reverts: `ShareVault_UnknownLock`, `ShareVault_NotAllowed`, `ShareVault_InvalidAccount`, or as the model does.
     * @param id Id of the lock.
     * @param payee Who earns from now on.
     */
    function setPayee(uint256 id, address payee) external;

    /* ------------------------------------------------ VOTES ------------------------------------------------- */

    /**
     * @notice Has the shares of the lock vote through `delegatee`; zero for nobody. For the owner alone.
     * @dev The shares of a new lock vote through nobody. Reverts: `ShareVault_UnknownLock`, `ShareVault_NotAllowed`,
     * or as the model does.
     * @param id Id of the lock.
     * @param delegatee Who votes; zero for nobody.
     */
    function delegate(uint256 id, address delegatee) external;

    /* ------------------------------------------------ VIEWS ------------------------------------------------- */

    /**
     * @notice What the vault holds, and for whom. Reverts with `ShareVault_UnknownLock`.
     * @param id Id of the lock.
     * @return The lock. Its `payee` is never zero.
     */
    function lockOf(uint256 id) external view returns (Lock memory);

    /**
     * @notice Shares that `release` could take out now. Reverts with `ShareVault_UnknownLock`.
     * @param id Id of the lock.
     * @return Shares, in units: vested and not released, or all that are left under a controller.
     */
    function releasable(uint256 id) external view returns (uint64);

    /**
     * @notice Base units that the lock could pay `account` now; what came in for the payee and is not accrued comes on
     * top. Reverts with `ShareVault_UnknownLock`.
     * @param id Id of the lock.
     * @param account The payee, a former one, or any other, who gets 0.
     * @return Base units.
     */
    function claimable(uint256 id, address account) external view returns (uint256);

    /**
     * @notice The account that holds, earns and votes for this lock alone; known before the lock is.
     * @param id Id of a lock, existing or not.
     * @return Its address, for ever the same.
     */
    function boxOf(uint256 id) external view returns (address);
}
