// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";

/// @notice Passes for the shares of a model, until its transfers do, or refuse, what its owner likes.
contract HostileModel is ERC20, Ownable {
    IERC20 public immutable paymentToken;
    address private _target;
    bytes private _call;

    constructor(IERC20 paymentToken_, address owner) ERC20("Hostile", "HOST") Ownable(owner) {
        paymentToken = paymentToken_;
        _mint(owner, 1_000_000);
    }

    /// @notice Makes every later transfer call `target` first, and fail if that does.
    function beforeTransfer(address target, bytes calldata data) external {
        (_target, _call) = (target, data);
    }

    function _update(address from, address to, uint256 value) internal override {
        if (_target != address(0)) {
            (bool success, bytes memory result) = _target.call(_call);
            if (!success) {
                assembly ("memory-safe") {
                    revert(add(result, 32), mload(result))
                }
            }
        }
        super._update(from, to, value);
    }
}
