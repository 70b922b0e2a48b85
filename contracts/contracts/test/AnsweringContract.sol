// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

/// @notice Answers each call with whatever it was told to, by the call's selector.
contract AnsweringContract {
    enum Manner {
        Return,
        Revert,
        ReturnZeros,
        BurnGas
    }

    mapping(bytes4 selector => Manner) private _manners;
    mapping(bytes4 selector => bytes) private _answers;

    /// @notice Sets an answer; of zeros, `data` is how many bytes of them.
    function answer(bytes4 selector, Manner manner, bytes calldata data) external {
        (_manners[selector], _answers[selector]) = (manner, data);
    }

    fallback(bytes calldata) external returns (bytes memory) {
        Manner manner = _manners[msg.sig];
        bytes memory data = _answers[msg.sig];
        if (manner == Manner.Revert) revert(string(data));
        if (manner == Manner.ReturnZeros) return new bytes(abi.decode(data, (uint256)));
        while (manner == Manner.BurnGas) {}
        return data;
    }
}
