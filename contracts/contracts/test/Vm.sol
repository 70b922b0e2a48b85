// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

/// @notice The test runner's cheat codes that our tests use.
interface Vm {
    function addr(uint256 privateKey) external pure returns (address);
    function prank(address sender) external;
    function sign(uint256 privateKey, bytes32 digest) external pure returns (uint8 v, bytes32 r, bytes32 s);
    function warp(uint256 timestamp) external;
}

Vm constant VM = Vm(0x7109709ECfa91a80626fF3989D68f67F5b1DD12D);
