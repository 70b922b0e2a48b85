// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IERC20Metadata} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Metadata.sol";
import {Bytes} from "@openzeppelin/contracts/utils/Bytes.sol";
import {Strings} from "@openzeppelin/contracts/utils/Strings.sol";

/**
 * @title ForeignViews
 * @notice Asks contracts that nobody vouches for what they are called. No answer, however hostile, makes these revert.
 */
library ForeignViews {
    /// @dev Enough for a name in storage, and too little to return so much that it hurts.
    uint256 private constant GAS = 100_000;
    uint256 private constant MAX_CHARACTERS = 64;
    uint256 private constant MAX_DECIMALS = 36;

    /// @notice Name of an ERC-20, or its address.
    function nameOf(address token) internal view returns (string memory) {
        return _text(token, IERC20Metadata.name.selector);
    }

    /// @notice Symbol of an ERC-20, or its address.
    function symbolOf(address token) internal view returns (string memory) {
        return _text(token, IERC20Metadata.symbol.selector);
    }

    /// @notice Decimals of an ERC-20, if it says a number that makes sense.
    function decimalsOf(address token) internal view returns (bool known, uint256 decimals) {
        (bool success, bytes memory answer) = _ask(token, IERC20Metadata.decimals.selector);
        if (!success || answer.length != 32) return (false, 0);
        decimals = uint256(bytes32(answer));
        return decimals > MAX_DECIMALS ? (false, 0) : (true, decimals);
    }

    function _text(address token, bytes4 selector) private view returns (string memory) {
        (bool success, bytes memory answer) = _ask(token, selector);
        // Decoded by hand, because `abi.decode` reverts on what is no string.
        if (success && answer.length > 64) {
            (uint256 offset, uint256 length) = abi.decode(answer, (uint256, uint256));
            bool fits = offset == 32 && length != 0 && length <= MAX_CHARACTERS && length <= answer.length - 64;
            if (fits && _isPrintable(answer, 64, 64 + length)) return string(Bytes.slice(answer, 64, 64 + length));
        }
        return Strings.toChecksumHexString(token);
    }

    /// @dev Nothing beyond ASCII: a name beside money must not look like another, nor turn the text around.
    function _isPrintable(bytes memory text, uint256 start, uint256 end) private pure returns (bool) {
        for (uint256 i = start; i < end; ++i) {
            if (text[i] < 0x20 || text[i] > 0x7e) return false;
        }
        return true;
    }

    function _ask(address token, bytes4 selector) private view returns (bool success, bytes memory answer) {
        return token.staticcall{gas: GAS}(abi.encodePacked(selector));
    }
}
