// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

/// @notice A wallet that agrees to the first thing that it is asked, and writes that down.
contract CountingWallet {
    uint256 private _asked;

    /// @notice ERC-1271, but for a call that may write.
    function isValidSignature(bytes32, bytes calldata) external returns (bytes4) {
        return ++_asked == 1 ? this.isValidSignature.selector : bytes4(0);
    }
}
