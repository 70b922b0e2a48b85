// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {TestDollar} from "../TestDollar.sol";

/// @notice A dollar of before contracts signed: it takes authorizations by keys alone.
contract KeysOnlyDollar is TestDollar {
    /// @notice Does not exist.
    function receiveWithAuthorization(address, address, uint256, uint256, uint256, bytes32, bytes calldata)
        external
        pure
        override
    {
        revert();
    }
}
