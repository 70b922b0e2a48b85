// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {ICredits} from "../interfaces/ICredits.sol";

/**
 * @title Accounts
 * @notice Where `Credits` may send money.
 */
library Accounts {
    /// @notice Refuses zero and the contract itself, where money would be lost.
    function check(address account) internal view {
        if (account == address(0) || account == address(this)) revert ICredits.Credits_InvalidAccount(account);
    }
}
