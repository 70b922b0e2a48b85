// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

/**
 * @title Accounts
 * @notice Which accounts nothing may be sent to.
 */
library Accounts {
    /// @notice Whether what is sent to `account` would be lost: to zero, or to the contract that asks.
    function isDeadEnd(address account) internal view returns (bool) {
        return account == address(0) || account == address(this);
    }
}
