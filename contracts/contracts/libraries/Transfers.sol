// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";

/**
 * @title Transfers
 * @notice Takes exactly what was asked for.
 */
library Transfers {
    using SafeERC20 for IERC20;

    /// @notice The token moved another amount than it was asked for: it keeps a fee, or moves more.
    error Transfers_Inexact(uint256 needed, uint256 received);

    /// @notice Moves exactly `amount` from the caller, by its allowance, to `to`.
    function pull(IERC20 token, address to, uint256 amount) internal {
        uint256 before = token.balanceOf(to);
        token.safeTransferFrom(msg.sender, to, amount);
        checkReceived(token, to, before, amount);
    }

    /// @notice Refuses what moved to `to`, which held `before`, unless it was exactly `needed`.
    function checkReceived(IERC20 token, address to, uint256 before, uint256 needed) internal view {
        uint256 received = token.balanceOf(to) - before;
        if (received != needed) revert Transfers_Inexact(needed, received);
    }
}
