// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

/// @notice Gives shares that it holds to many accounts in one transaction, a unit each.
contract ManyHolders {
    /// @notice Gives a unit to each of the `count` accounts from `first` on.
    function give(IERC20 shares, uint160 first, uint160 count) external {
        for (uint160 i; i < count; ++i) require(shares.transfer(address(first + i), 1));
    }
}
