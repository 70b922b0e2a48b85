// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {IERC1271} from "@openzeppelin/contracts/interfaces/IERC1271.sol";

/// @notice An operator that agrees to everything, as long as it is there.
contract AgreeableOperator is IERC1271 {
    bool private _gone;

    /// @notice From now on it answers nothing.
    function leave() external {
        _gone = true;
    }

    /// @inheritdoc IERC1271
    function isValidSignature(bytes32, bytes calldata) external view returns (bytes4) {
        require(!_gone, "gone");
        return IERC1271.isValidSignature.selector;
    }
}
