// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

/**
 * @title Shares
 * @notice The shares of one model: an ERC-20 with votes whose holders accrue the model's revenue.
 * @dev Units: shares have 6 decimals and a fixed supply below 2^64; revenue is in base units of the payment token.
 * Revenue per share is derived from lifetime revenue alone, so nothing is lost to rounding between payments, and a
 * transfer of shares moves no accrued revenue: it stays with the account that held them when it was accrued. Who pays
 * revenue in accrues it in the same transaction, as `Credits` does: what lies here unaccrued goes to those who hold
 * shares, even for a moment, when somebody does.
 *
 * Trust: none in the owner, whose only power lies outside, where it registers offerings of the model. Revenue can be
 * accrued and claimed by anyone for anyone, and only reaches holders.
 */
interface IShares {
    /// @notice `amount` came in; `lifetime` has come in since creation.
    event RevenueAccrued(uint256 amount, uint256 lifetime);

    /// @notice `holder`'s revenue of `amount` was paid to `to`.
    event RevenueClaimed(address indexed holder, address indexed to, uint256 amount);

    /// @notice The lists of first holders and of their amounts differ in length.
    error Shares_LengthMismatch(uint256 holders, uint256 amounts);

    /// @notice The supply is 0, or above `max`.
    error Shares_SupplyOutOfBounds(uint256 supply, uint256 max);

    /// @notice The payment token is not a contract, or these shares themselves.
    error Shares_InvalidPaymentToken(address paymentToken);

    /// @notice An account that cannot receive revenue: zero, or this contract.
    error Shares_InvalidRecipient(address to);

    /**
     * @notice Shares out what the contract holds above what it owes. Anyone may call.
     * @dev Accrues nothing, and does not revert, when nothing came in. Lifetime revenue stops at 2^95 - 1 base units
     * (39 billion tokens of 18 decimals): what comes in above never accrues, and stays in the contract for ever. What
     * was accrued can be claimed all the same.
     * @return inflow Base units accrued by this call.
     */
    function accrue() external returns (uint256 inflow);

    /**
     * @notice Pays `holder` all its accrued revenue. Anyone may call; it never lapses.
     * @dev Pays nothing, and does not revert, when nothing is claimable. Reverts only if the payment token does.
     * @param holder Whose revenue is claimed, and who is paid.
     * @return amount Base units paid.
     */
    function claim(address holder) external returns (uint256 amount);

    /**
     * @notice Pays all accrued revenue of the caller to `to`.
     * @dev Reverts with `Shares_InvalidRecipient`.
     * @param to Receives the money.
     * @return amount Base units paid.
     */
    function claimTo(address to) external returns (uint256 amount);

    /**
     * @notice Base units that `claim(holder)` would pay now.
     * @param holder Any account.
     * @return Base units; 0 for who never held shares.
     */
    function claimable(address holder) external view returns (uint256);

    /**
     * @notice The name by which ERC-7641 asks for `claimable(account)`.
     * @dev There are no snapshots: revenue accrues to whoever holds the shares when it is accrued. Every snapshot id,
     * of the future too, gives the same answer.
     * @param account Any account.
     * @param snapshotId Ignored.
     * @return Base units.
     */
    function claimableRevenue(address account, uint256 snapshotId) external view returns (uint256);

    /**
     * @notice Base units accrued since creation.
     * @return Base units, claimed or not. Never falls.
     */
    function lifetimeRevenue() external view returns (uint256);

    /**
     * @notice Base units claimed since creation.
     * @return Base units, at most `lifetimeRevenue`. Never falls.
     */
    function claimedRevenue() external view returns (uint256);

    /**
     * @notice The one token that these shares earn.
     * @return The ERC-20, for ever the same. Trust: it is believed to pay what it is told to.
     */
    function paymentToken() external view returns (IERC20);
}
