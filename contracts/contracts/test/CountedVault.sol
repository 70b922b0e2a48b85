// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {ShareVault} from "../ShareVault.sol";
import {IShares} from "../interfaces/IShares.sol";

/// @notice The vault, with sums over its locks.
contract CountedVault is ShareVault {
    /// @notice Number of locks ever made, which are numbered from 1.
    function count() public view returns (uint256 locks) {
        for (;;) {
            try this.lockOf(locks + 1) {
                ++locks;
            } catch {
                return locks;
            }
        }
    }

    /// @notice Shares in a lock.
    function balanceOf(IShares model, uint256 id) public view returns (uint256) {
        return IERC20(address(model)).balanceOf(boxOf(id));
    }

    /// @notice Shares in all locks.
    function held(IShares model) external view returns (uint256 total) {
        uint256 locks = count();
        for (uint256 id = 1; id <= locks; ++id) {
            total += balanceOf(model, id);
        }
    }
}
