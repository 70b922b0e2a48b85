// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {IERC1271} from "@openzeppelin/contracts/interfaces/IERC1271.sol";
import {ERC1155Holder} from "@openzeppelin/contracts/token/ERC1155/utils/ERC1155Holder.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";

/// @notice A wallet that is a contract: signs by ERC-1271, holds credits, and may call back when it receives them.
contract ContractWallet is IERC1271, ERC1155Holder {
    address private immutable OWNER;
    address private _target;
    bytes private _call;

    constructor(address owner) {
        OWNER = owner;
    }

    /// @notice Calls `target` as this wallet.
    function execute(address target, bytes calldata data) external {
        _forward(target, data);
    }

    /// @notice Calls `target` as this wallet whenever it receives credits.
    function onReceipt(address target, bytes calldata data) external {
        (_target, _call) = (target, data);
    }

    /// @inheritdoc IERC1271
    function isValidSignature(bytes32 hash, bytes calldata signature) external view returns (bytes4) {
        return ECDSA.recoverCalldata(hash, signature) == OWNER ? this.isValidSignature.selector : bytes4(0);
    }

    /// @inheritdoc ERC1155Holder
    function onERC1155Received(address operator, address from, uint256 id, uint256 value, bytes memory data)
        public
        override
        returns (bytes4)
    {
        if (_target != address(0)) _forward(_target, _call);
        return super.onERC1155Received(operator, from, id, value, data);
    }

    function _forward(address target, bytes memory data) private {
        (bool success, bytes memory result) = target.call(data);
        if (!success) {
            assembly ("memory-safe") {
                revert(add(result, 32), mload(result))
            }
        }
    }
}
