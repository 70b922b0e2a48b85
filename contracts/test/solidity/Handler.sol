// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {Shares} from "../../contracts/Shares.sol";
import {deploy} from "./deploy.sol";
import {Tally} from "./Tally.sol";

/// @notice What the test runner plays with: each of its functions is an operation, and counts whether it did something.
abstract contract Handler is Tally {
    /// @dev The function that the runner called did something.
    function _done() internal virtual {
        _declare(msg.sig);
        _done(msg.sig);
    }

    /// @dev A model of that token's revenue.
    function _newShares(IERC20 token, address[] memory holders, uint64[] memory amounts) internal returns (Shares) {
        return Shares(deploy("Shares", abi.encode("Model", "MODEL", token, address(this), holders, amounts)));
    }
}
