// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {Strings} from "@openzeppelin/contracts/utils/Strings.sol";

/**
 * @title DecimalText
 * @notice Writes amounts of base units the way people read them.
 */
library DecimalText {
    /// @notice `amount` / 10^`decimals`, with all its decimals: 2500000 and 6 give `2.500000`.
    function write(uint256 amount, uint256 decimals) internal pure returns (string memory) {
        if (decimals == 0) return Strings.toString(amount);
        uint256 unit = 10 ** decimals;
        // With a one in front, so that zeros that come first stay.
        bytes memory fraction = bytes(Strings.toString(unit + amount % unit));
        fraction[0] = ".";
        return string.concat(Strings.toString(amount / unit), string(fraction));
    }
}
