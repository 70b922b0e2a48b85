// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {Votes} from "@openzeppelin/contracts/governance/utils/Votes.sol";
import {IERC20Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IERC20Metadata} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Metadata.sol";
import {IERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Permit.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Nonces} from "@openzeppelin/contracts/utils/Nonces.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {IShares} from "./interfaces/IShares.sol";
import {Accounts} from "./libraries/Accounts.sol";
import {HoldingSlot} from "./libraries/HoldingSlots.sol";
import {RevenueMath} from "./libraries/RevenueMath.sol";

/**
 * @title Shares
 * @notice Shares of one model, with votes and revenue. `IShares` says what each function promises.
 * @dev An ERC-20 of its own, because a holder's balance and its revenue correction share one slot.
 */
contract Shares is
    IShares,
    IERC20Metadata,
    IERC20Permit,
    IERC20Errors,
    Votes,
    Ownable,
    ReentrancyGuardTransient
{
    using SafeERC20 for IERC20;

    /// @dev The names of OpenZeppelin's ERC20Permit, which tools know.
    error ERC2612ExpiredSignature(uint256 deadline);
    error ERC2612InvalidSigner(address signer, address owner);

    bytes32 private constant PERMIT_TYPEHASH =
        keccak256("Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)");

    /// @dev With a supply of at least 1, revenue per share stays below 2^159, and so does every correction.
    uint256 private constant MAX_LIFETIME_REVENUE = (1 << 95) - 1;

    IERC20 public immutable override paymentToken;
    uint256 public immutable override totalSupply;

    string public override name;
    string public override symbol;
    /// @dev Lifetime revenue in the upper half, claimed revenue in the lower: both stay below 2^95.
    uint256 private _totals;
    mapping(address holder => HoldingSlot holding) private _holdings;
    mapping(address owner => mapping(address spender => uint256)) public override allowance;

    /**
     * @param name_ Name of the shares, also of their EIP-712 domain.
     * @param symbol_ Symbol of the shares.
     * @param paymentToken_ The one token that the model earns.
     * @param initialOwner Who registers offerings of the model: its DAO.
     * @param holders First holders.
     * @param amounts Their shares, which add up to the supply for ever.
     */
    constructor(
        string memory name_,
        string memory symbol_,
        IERC20 paymentToken_,
        address initialOwner,
        address[] memory holders,
        uint64[] memory amounts
    ) EIP712(name_, "1") Ownable(initialOwner) {
        if (address(paymentToken_).code.length == 0) revert Shares_InvalidPaymentToken(address(paymentToken_));
        if (holders.length != amounts.length) revert Shares_LengthMismatch(holders.length, amounts.length);
        name = name_;
        symbol = symbol_;
        paymentToken = paymentToken_;
        uint256 supply;
        for (uint256 i; i < holders.length; ++i) {
            supply += amounts[i];
            // Checked before the cast below could wrap in a list that names one holder twice.
            if (supply > type(uint64).max) revert Shares_SupplyOutOfBounds(supply, type(uint64).max);
            _checkReceiver(holders[i]);
            HoldingSlot holding = _holdings[holders[i]];
            _holdings[holders[i]] = holding.withBalance(holding.balance() + amounts[i]);
            emit Transfer(address(0), holders[i], amounts[i]);
            _transferVotingUnits(address(0), holders[i], amounts[i]);
        }
        if (supply == 0) revert Shares_SupplyOutOfBounds(supply, type(uint64).max);
        totalSupply = supply;
    }

    /* ------------------------------------------------ REVENUE ------------------------------------------------ */

    /// @inheritdoc IShares
    function accrue() external nonReentrant returns (uint256 inflow) {
        uint256 totals = _totals;
        uint256 lifetime = _lifetime(totals);
        uint256 held = paymentToken.balanceOf(address(this));
        uint256 owed = lifetime - _claimed(totals);
        if (held <= owed) return 0;
        inflow = held - owed;
        uint256 room = MAX_LIFETIME_REVENUE - lifetime;
        if (inflow > room) inflow = room;
        if (inflow == 0) return 0;

        _totals = totals + (inflow << 128);
        emit RevenueAccrued(inflow, lifetime + inflow);
    }

    /// @inheritdoc IShares
    function claim(address holder) external nonReentrant returns (uint256 amount) {
        return _claim(holder, holder);
    }

    /// @inheritdoc IShares
    function claimTo(address to) external nonReentrant returns (uint256 amount) {
        if (Accounts.isDeadEnd(to)) revert Shares_InvalidRecipient(to);
        return _claim(msg.sender, to);
    }

    /// @inheritdoc IShares
    function claimable(address holder) external view returns (uint256) {
        return _earned(_holdings[holder], _totals);
    }

    /// @inheritdoc IShares
    function claimableRevenue(address account, uint256) external view returns (uint256) {
        return _earned(_holdings[account], _totals);
    }

    /// @inheritdoc IShares
    function lifetimeRevenue() external view returns (uint256) {
        return _lifetime(_totals);
    }

    /// @inheritdoc IShares
    function claimedRevenue() external view returns (uint256) {
        return _claimed(_totals);
    }

    function _claim(address holder, address to) private returns (uint256 amount) {
        HoldingSlot holding = _holdings[holder];
        uint256 totals = _totals;
        amount = _earned(holding, totals);
        if (amount == 0) return 0;

        _holdings[holder] = holding.withCorrection(RevenueMath.afterClaim(holding.correction(), amount));
        _totals = totals + amount;
        emit RevenueClaimed(holder, to, amount);
        paymentToken.safeTransfer(to, amount);
    }

    function _earned(HoldingSlot holding, uint256 totals) private view returns (uint256) {
        return RevenueMath.earned(holding.balance(), holding.correction(), _revenuePerShare(totals));
    }

    function _revenuePerShare(uint256 totals) private view returns (uint256) {
        return RevenueMath.revenuePerShare(_lifetime(totals), totalSupply);
    }

    function _lifetime(uint256 totals) private pure returns (uint256) {
        return totals >> 128;
    }

    function _claimed(uint256 totals) private pure returns (uint256) {
        return uint128(totals);
    }

    /* ------------------------------------------------- ERC-20 ------------------------------------------------ */

    /// @inheritdoc IERC20Metadata
    function decimals() external pure returns (uint8) {
        return 6;
    }

    /// @inheritdoc IERC20
    function balanceOf(address holder) public view returns (uint256) {
        return _holdings[holder].balance();
    }

    /// @inheritdoc IERC20
    function transfer(address to, uint256 value) external returns (bool) {
        _transfer(msg.sender, to, value);
        return true;
    }

    /// @inheritdoc IERC20
    function transferFrom(address from, address to, uint256 value) external returns (bool) {
        // Nothing would move, but indexers take a transfer from zero for an issue.
        if (from == address(0)) revert ERC20InvalidSender(from);
        uint256 allowed = allowance[from][msg.sender];
        if (allowed != type(uint256).max) {
            if (allowed < value) revert ERC20InsufficientAllowance(msg.sender, allowed, value);
            allowance[from][msg.sender] = allowed - value;
        }
        _transfer(from, to, value);
        return true;
    }

    /// @inheritdoc IERC20
    function approve(address spender, uint256 value) external returns (bool) {
        _approve(msg.sender, spender, value);
        return true;
    }

    /// @inheritdoc IERC20Permit
    function permit(address owner, address spender, uint256 value, uint256 deadline, uint8 v, bytes32 r, bytes32 s)
        external
    {
        if (block.timestamp > deadline) revert ERC2612ExpiredSignature(deadline);
        bytes32 structHash =
            keccak256(abi.encode(PERMIT_TYPEHASH, owner, spender, value, _useNonce(owner), deadline));
        address signer = ECDSA.recover(_hashTypedDataV4(structHash), v, r, s);
        if (signer != owner) revert ERC2612InvalidSigner(signer, owner);
        _approve(owner, spender, value);
    }

    /// @inheritdoc IERC20Permit
    function nonces(address owner) public view override(IERC20Permit, Nonces) returns (uint256) {
        return super.nonces(owner);
    }

    /// @inheritdoc IERC20Permit
    // solhint-disable-next-line func-name-mixedcase
    function DOMAIN_SEPARATOR() external view returns (bytes32) {
        return _domainSeparatorV4();
    }

    /// @dev Both corrections move before any revenue can come in at the new balances.
    function _transfer(address from, address to, uint256 value) private {
        _checkReceiver(to);
        HoldingSlot source = _holdings[from];
        if (value > source.balance()) revert ERC20InsufficientBalance(from, source.balance(), value);
        int256 accrued = RevenueMath.accruedBy(value, _revenuePerShare(_totals));
        HoldingSlot target;
        // Unchecked: balances add up to the supply, and `RevenueMath` bounds the corrections.
        unchecked {
            _holdings[from] =
                source.withBalance(source.balance() - value).withCorrection(source.correction() + accrued);
            // Read after the write: `to` may be `from`.
            target = _holdings[to];
            _holdings[to] =
                target.withBalance(target.balance() + value).withCorrection(target.correction() - accrued);
        }
        emit Transfer(from, to, value);
        if (source.delegated() || target.delegated()) _transferVotingUnits(from, to, value);
    }

    function _approve(address owner, address spender, uint256 value) private {
        if (spender == address(0)) revert ERC20InvalidSpender(spender);
        allowance[owner][spender] = value;
        emit Approval(owner, spender, value);
    }

    /// @dev Shares held by their own contract would earn for nobody.
    function _checkReceiver(address to) private view {
        if (to == address(0) || to == address(this)) revert ERC20InvalidReceiver(to);
    }

    /* ------------------------------------------------- VOTES ------------------------------------------------- */

    /// @notice Votes are counted at times, not at blocks (ERC-6372).
    function clock() public view override returns (uint48) {
        return uint48(block.timestamp);
    }

    /// @notice Names the clock (ERC-6372).
    // solhint-disable-next-line func-name-mixedcase
    function CLOCK_MODE() public pure override returns (string memory) {
        return "mode=timestamp";
    }

    /// @inheritdoc Votes
    function delegates(address holder) public view override returns (address) {
        return _holdings[holder].delegated() ? super.delegates(holder) : address(0);
    }

    function _delegate(address holder, address delegatee) internal override {
        super._delegate(holder, delegatee);
        _holdings[holder] = _holdings[holder].withDelegated(delegatee != address(0));
    }

    function _getVotingUnits(address holder) internal view override returns (uint256) {
        return balanceOf(holder);
    }
}
