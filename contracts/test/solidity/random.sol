// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

/// @dev A number for each purpose that a seed serves.
function random(uint256 seed, string memory purpose) pure returns (uint256) {
    return uint256(keccak256(abi.encode(seed, purpose)));
}

/// @dev A number for each of many.
function random(uint256 seed, uint256 at) pure returns (uint256) {
    return uint256(keccak256(abi.encode(seed, at)));
}

/// @dev From 1 to `most`, of every magnitude: most numbers below 2^64 are not near it.
function magnitude(uint256 seed, uint256 most) pure returns (uint256) {
    uint256 bits = 1;
    while (most >> bits != 0) ++bits;
    return 1 + (seed >> 8) % (1 << seed % (bits + 1)) % most;
}

/// @dev A whole in parts by chance, of which some may be nothing.
function parts(uint256 seed, uint256 whole, uint256 count) pure returns (uint256[] memory divided) {
    divided = new uint256[](count);
    for (uint256 i; i + 1 < count; ++i) {
        divided[i] = random(seed, i) % (whole + 1);
        whole -= divided[i];
    }
    divided[count - 1] = whole;
}
