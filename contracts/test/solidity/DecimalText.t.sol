// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {DecimalText} from "../../contracts/libraries/DecimalText.sol";

/// @notice Amounts are written as they are by hand: a digit at a time, from the last to the first.
contract DecimalTextTest {
    /// @dev The most decimals that `ForeignViews` takes from a token.
    uint256 private constant MAX_DECIMALS = 36;

    function testFuzz_writesLikeByHand(uint256 amount, uint256 decimals) public pure {
        _check(amount, decimals % (MAX_DECIMALS + 1));
    }

    /// @notice Amounts of fewer digits than there are decimals, which begin with zeros.
    function testFuzz_writesSmallAmounts(uint256 amount, uint256 decimals, uint256 digits) public pure {
        _check(amount % 10 ** (digits % 12), decimals % (MAX_DECIMALS + 1));
    }

    function _check(uint256 amount, uint256 decimals) private pure {
        bytes memory text = bytes(DecimalText.write(amount, decimals));
        require(keccak256(text) == keccak256(_byHand(amount, decimals)), string(text));
    }

    function _byHand(uint256 amount, uint256 decimals) private pure returns (bytes memory text) {
        for (uint256 digit; digit <= decimals || amount != 0; ++digit) {
            if (digit == decimals && decimals != 0) text = bytes.concat(".", text);
            text = bytes.concat(bytes("0123456789")[amount % 10], text);
            amount /= 10;
        }
    }
}
