// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {LowLevelCall} from "@openzeppelin/contracts/utils/LowLevelCall.sol";
import {IClaims} from "./interfaces/IClaims.sol";
import {IShares} from "./interfaces/IShares.sol";

/**
 * @title Claims
 * @notice Claims the revenue of many models in one transaction. `IClaims` says what its function promises.
 */
contract Claims is IClaims {
    /// @inheritdoc IClaims
    function claimAll(IShares[] calldata models, address holder) external returns (uint256[] memory amounts) {
        amounts = new uint256[](models.length);
        bytes memory call = abi.encodeCall(IShares.claim, (holder));
        for (uint256 i; i < models.length; ++i) {
            // Not `try`, which reverts when the answer is too short, or when there is no contract to ask.
            (bool success, bytes32 amount,) = LowLevelCall.callReturn64Bytes(address(models[i]), call);
            if (success && LowLevelCall.returnDataSize() >= 32) amounts[i] = uint256(amount);
            else emit ClaimFailed(models[i], holder);
        }
    }
}
