// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {IVotes} from "@openzeppelin/contracts/governance/utils/IVotes.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";

/**
 * @title ShareBox
 * @notice Holds the shares of one lock of the vault that made it, and obeys only that vault.
 * @dev Each lock has a clone of this contract. The clones read the vault from its code, so they keep no state and need
 * no initialisation.
 */
contract ShareBox {
    using SafeERC20 for IERC20;

    /// @notice Only the vault commands a box.
    error ShareBox_NotVault(address vault, address caller);

    address private immutable _vault = msg.sender;

    modifier onlyVault() {
        if (msg.sender != _vault) revert ShareBox_NotVault(_vault, msg.sender);
        _;
    }

    /// @notice Sends shares or payment tokens.
    function send(IERC20 token, address to, uint256 amount) external onlyVault {
        token.safeTransfer(to, amount);
    }

    /// @notice Sends payment tokens, or says that the token refused.
    function trySend(IERC20 token, address to, uint256 amount) external onlyVault returns (bool) {
        return token.trySafeTransfer(to, amount);
    }

    /// @notice Has the shares vote through `delegatee`.
    function delegate(IVotes shares, address delegatee) external onlyVault {
        shares.delegate(delegatee);
    }
}
