// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {Shares} from "../../contracts/Shares.sol";
import {deploy} from "./deploy.sol";

/// @dev A model that earns `token`.
function deployShares(IERC20 token, address owner, address[] memory holders, uint64[] memory amounts)
    returns (Shares)
{
    return Shares(deploy("Shares", abi.encode("Model", "MODEL", token, owner, holders, amounts)));
}

/// @dev One whose owner is the single holder.
function deployShares(IERC20 token, address holder, uint64 supply) returns (Shares) {
    address[] memory holders = new address[](1);
    uint64[] memory amounts = new uint64[](1);
    (holders[0], amounts[0]) = (holder, supply);
    return deployShares(token, holder, holders, amounts);
}
