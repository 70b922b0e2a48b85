// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {TestDollar} from "../TestDollar.sol";

/// @notice A token that makes one call before it moves anything, as an ERC-777 sender's hook would.
contract CallingToken is TestDollar {
    address private _target;
    bytes private _call;

    /// @notice Whether the last call went through, and what it returned.
    event Called(bool success, bytes result);

    /// @notice Makes every later transfer call `target` first.
    function beforeTransfer(address target, bytes calldata data) external {
        (_target, _call) = (target, data);
    }

    function _update(address from, address to, uint256 value) internal override {
        if (_target != address(0)) {
            (bool success, bytes memory result) = _target.call(_call);
            emit Called(success, result);
        }
        super._update(from, to, value);
    }
}
