// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IShares} from "../interfaces/IShares.sol";
import {IShareVault} from "../interfaces/IShareVault.sol";

/// @notice The simplest vault: each lock is a box that holds its shares and earns for its owner. The first id is 0.
contract BoxVault is IShareVault {
    struct Lock {
        LockBox box;
        address owner;
        address controller;
    }

    Lock[] public locks;

    error BoxVault_EmptyLock();
    error BoxVault_NotController(address expected, address actual);

    /// @inheritdoc IShareVault
    function lockUnder(IShares model, address owner, uint64 amount, address controller)
        external
        returns (uint256 id)
    {
        if (amount == 0) revert BoxVault_EmptyLock();
        LockBox box = new LockBox(model);
        locks.push(Lock(box, owner, controller));
        IERC20(address(model)).transferFrom(msg.sender, address(box), amount);
        return locks.length - 1;
    }

    /// @inheritdoc IShareVault
    function release(uint256 id, address to, uint64 amount) external {
        Lock storage lock = locks[id];
        if (msg.sender != lock.controller) revert BoxVault_NotController(lock.controller, msg.sender);
        if (amount == 0) revert BoxVault_EmptyLock();
        lock.box.send(to, amount);
    }

    /// @notice Pays what a lock has earned to its owner.
    function claim(uint256 id) external {
        locks[id].box.claimTo(locks[id].owner);
    }

    /// @notice Number of locks ever made.
    function count() external view returns (uint256) {
        return locks.length;
    }

    /// @notice Shares in a lock.
    function balanceOf(IShares model, uint256 id) external view returns (uint256) {
        return IERC20(address(model)).balanceOf(address(locks[id].box));
    }

    /// @notice Shares in all locks.
    function held(IShares model) external view returns (uint256 total) {
        for (uint256 id; id < locks.length; ++id) {
            total += IERC20(address(model)).balanceOf(address(locks[id].box));
        }
    }
}

/// @notice Holds the shares of one lock.
contract LockBox {
    address private immutable VAULT = msg.sender;
    IShares private immutable MODEL;

    constructor(IShares model) {
        MODEL = model;
    }

    function send(address to, uint64 amount) external {
        require(msg.sender == VAULT, "not the vault");
        IERC20(address(MODEL)).transfer(to, amount);
    }

    function claimTo(address owner) external {
        require(msg.sender == VAULT, "not the vault");
        MODEL.claimTo(owner);
    }
}
