// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IShares} from "./IShares.sol";

/**
 * @title Claims
 * @notice Claims the revenue of many models in one transaction.
 * @dev Units: base units of each model's own payment token.
 *
 * Trust: none. The contract holds nothing and remembers nothing; each model pays the holder itself.
 */
interface IClaims {
    /// @notice `model` did not pay `holder`: its call failed, or it is no model. What it owes can be claimed later.
    event ClaimFailed(IShares indexed model, address indexed holder);

    /**
     * @notice Has each model pay `holder` all its accrued revenue. Anyone may call.
     * @dev Never reverts by itself. A model that fails is skipped with `ClaimFailed`, because models have nothing to do
     * with each other: a payment token that is paused, or that refuses this holder, is no reason to withhold what the
     * others owe. Only a model that burns the gas of the whole transaction can stop it; leave that one out.
     * @param models Where to claim, in any order. Naming a model twice pays once.
     * @param holder Whose revenue is claimed, and who is paid.
     * @return amounts What each model says that it paid, in the same order; 0 if nothing was claimable, or it failed.
     */
    function claimAll(IShares[] calldata models, address holder) external returns (uint256[] memory amounts);
}
