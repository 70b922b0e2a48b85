// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

/// @notice Something like the shares of a model, which names any payment token, owes anything, keeps a fee of what is
/// moved, and makes a call of its own in the middle of everything it is asked to do.
contract HostileShares is ERC20 {
    IERC20 public paymentToken;
    uint256 public fee;
    address private _target;
    bytes private _call;

    /// @notice Whether the last call went through, and what it returned.
    event Called(bool success, bytes result);

    constructor(IERC20 paymentToken_) ERC20("Hostile", "HOST") {
        paymentToken = paymentToken_;
    }

    function mint(address to, uint256 amount) external {
        _mint(to, amount);
    }

    function setPaymentToken(IERC20 paymentToken_) external {
        paymentToken = paymentToken_;
    }

    function setFee(uint256 fee_) external {
        fee = fee_;
    }

    /// @notice Makes everything that comes later call `target` first.
    function beforeAnything(address target, bytes calldata data) external {
        (_target, _call) = (target, data);
    }

    function accrue() external returns (uint256) {
        _callFirst();
        return 0;
    }

    /// @notice Says that it paid everything there is.
    function claim(address) external returns (uint256) {
        _callFirst();
        return type(uint256).max;
    }

    function delegate(address) external {
        _callFirst();
    }

    function _update(address from, address to, uint256 value) internal override {
        _callFirst();
        super._update(from, to, value);
        if (from != address(0) && to != address(0) && fee != 0) _burn(to, fee);
    }

    function _callFirst() private {
        if (_target == address(0)) return;
        (bool success, bytes memory result) = _target.call(_call);
        emit Called(success, result);
    }
}
