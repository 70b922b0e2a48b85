// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {Base64} from "@openzeppelin/contracts/utils/Base64.sol";
import {Strings} from "@openzeppelin/contracts/utils/Strings.sol";

/**
 * @title CreditImage
 * @notice The picture of an offering's credits: a flash in a colour of its own, and what the right is to.
 * @dev No text of others goes in, so that none has to be escaped.
 */
library CreditImage {
    /// @notice The image as a `data:` URI.
    /// @param kind Our word for it.
    /// @param tier Our word for it.
    function uri(bytes32 offering, string memory kind, string memory tier) internal pure returns (string memory) {
        string memory hue = Strings.toString(uint256(offering) % 360);
        bytes memory svg = abi.encodePacked(
            '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 320 320">'
            '<rect width="320" height="320" rx="32" fill="#101624"/>'
            '<path d="M176 36 92 172h54l-14 84 96-136h-56z" fill="hsl(',
            hue,
            ',85%,62%)"/><g fill="#fff" font-family="sans-serif" text-anchor="middle">'
            '<text x="160" y="278" font-size="24">',
            kind,
            '</text><text x="160" y="302" font-size="16">',
            tier,
            "</text></g></svg>"
        );
        return string.concat("data:image/svg+xml;base64,", Base64.encode(svg));
    }
}
