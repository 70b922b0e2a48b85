// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IShares} from "./IShares.sol";

/**
 * @title Share vault
 * @notice Holds shares for others while they keep earning.
 * @dev Trust: the controller of a lock decides where its shares go, and nobody else.
 */
interface IShareVault {
    /**
     * @notice Locks shares of the caller, by its allowance, under a controller. Their revenue is `owner`'s.
     * @param model The shares.
     * @param owner Whose they are, as long as they are locked.
     * @param amount How many.
     * @param controller Who may release them.
     * @return id Id of the lock.
     */
    function lockUnder(IShares model, address owner, uint64 amount, address controller)
        external
        returns (uint256 id);

    /// @notice Sends `amount` of what is left in a lock to `to`. For its controller alone.
    function release(uint256 id, address to, uint64 amount) external;
}
