// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {IERC20Metadata} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Metadata.sol";
import {Strings} from "@openzeppelin/contracts/utils/Strings.sol";
import {ForeignViews} from "../../contracts/libraries/ForeignViews.sol";
import {AnsweringContract} from "../../contracts/test/AnsweringContract.sol";
import {deploy} from "./deploy.sol";

/// @notice Whatever a contract answers, asking it ends well: with what it said, if that is fit to be shown.
contract ForeignViewsTest {
    /// @dev What three questions may cost: the 100,000 gas that each is given, and a memory that holds all the answers that so
    /// much is good for, 17,300 words.
    uint256 private constant MAX_GAS = 1_200_000;

    AnsweringContract private _foreign;

    function setUp() public {
        _foreign = AnsweringContract(deploy("AnsweringContract"));
    }

    /// @notice Texts as ERC-20s answer them, printable but for one character that is any.
    function testFuzz_showsTextsThatCanBePrinted(uint256 seed, uint8 length, uint8 character) public {
        bytes memory text = _printable(seed, length % 80);
        if (text.length != 0) text[seed % text.length] = bytes1(character);
        bool fit = text.length != 0 && text.length <= 64 && character >= 0x20 && character <= 0x7e;
        _answer(AnsweringContract.Manner.Return, abi.encode(text));
        _requireShown(address(_foreign), fit ? string(text) : Strings.toChecksumHexString(address(_foreign)));
    }

    /// @notice Answers that are texts but for one byte, and cut or made longer anywhere.
    function testFuzz_showsNothingElse(uint256 seed, uint8 at, bytes1 character, uint8 length) public {
        bytes memory whole = abi.encode(_printable(seed, seed % 66));
        whole[uint256(at) % whole.length] = character;
        bytes memory answer = new bytes(length);
        for (uint256 i; i < length && i < whole.length; ++i) {
            answer[i] = whole[i];
        }
        _answer(AnsweringContract.Manner.Return, answer);
        (bool fit, string memory text) = _plainText(answer);
        _requireShown(address(_foreign), fit ? text : Strings.toChecksumHexString(address(_foreign)));
    }

    function testFuzz_showsNoGarbage(bytes memory answer) public {
        _answer(AnsweringContract.Manner.Return, answer);
        _requireShown(address(_foreign), Strings.toChecksumHexString(address(_foreign)));
    }

    /// @notice Decimals are one word with a number that makes sense.
    function testFuzz_knowsDecimals(uint256 value, uint256 noise, uint8 length) public {
        if (noise % 2 == 0) value %= 80;
        if (noise % 3 != 0) length = 32;
        bytes memory answer = new bytes(length);
        bytes memory word = abi.encode(value);
        for (uint256 i; i < length && i < 32; ++i) {
            answer[i] = word[i];
        }
        _answer(AnsweringContract.Manner.Return, answer);
        (bool known, uint256 decimals) = ForeignViews.decimalsOf(address(_foreign));
        require(known == (length == 32 && value <= 36), "known");
        require(decimals == (known ? value : 0), "decimals");
    }

    function testFuzz_survivesReverts(bytes memory reason) public {
        _answer(AnsweringContract.Manner.Revert, reason);
        _requireNothingShown(address(_foreign));
    }

    /// @notice Endless loops, and as many zeros as the gas is good for: they cost little.
    function testFuzz_survivesBombs(uint256 size, bool zeros) public {
        size >>= 128 + size % 128;
        // That many zeros are no bomb but an answer: no decimals.
        if (size == 32) size += 1;
        if (zeros) _answer(AnsweringContract.Manner.ReturnZeros, abi.encode(size));
        else _answer(AnsweringContract.Manner.BurnGas, "");
        uint256 gas_ = gasleft();
        _requireNothingShown(address(_foreign));
        require(gas_ - gasleft() < MAX_GAS, "expensive");
    }

    /// @notice Accounts without code, and contracts that the chain itself brings.
    function testFuzz_survivesWhatIsNoContract(uint256 seed) public view {
        _requireNothingShown(address(uint160(seed)));
        _requireNothingShown(address(uint160(seed % 32)));
    }

    function _answer(AnsweringContract.Manner manner, bytes memory data) private {
        _foreign.answer(IERC20Metadata.name.selector, manner, data);
        _foreign.answer(IERC20Metadata.symbol.selector, manner, data);
        _foreign.answer(IERC20Metadata.decimals.selector, manner, data);
    }

    function _requireShown(address token, string memory expected) private view {
        require(keccak256(bytes(ForeignViews.nameOf(token))) == keccak256(bytes(expected)), "name");
        require(keccak256(bytes(ForeignViews.symbolOf(token))) == keccak256(bytes(expected)), "symbol");
    }

    function _requireNothingShown(address token) private view {
        _requireShown(token, Strings.toChecksumHexString(token));
        (bool known, uint256 decimals) = ForeignViews.decimalsOf(token);
        require(!known && decimals == 0, "decimals");
    }

    function _printable(uint256 seed, uint256 length) private pure returns (bytes memory text) {
        text = new bytes(length);
        for (uint256 i; i < length; ++i) {
            text[i] = bytes1(uint8(0x20 + uint256(keccak256(abi.encode(seed, i))) % 95));
        }
    }

    /// @dev A text is what begins as the ABI's encoding of one, of 1 to 64 printable characters, whatever follows.
    function _plainText(bytes memory answer) private pure returns (bool fit, string memory) {
        for (uint256 length = 1; length <= 64 && 64 + length <= answer.length; ++length) {
            bytes memory text = new bytes(length);
            fit = true;
            for (uint256 i; i < length; ++i) {
                text[i] = answer[64 + i];
                fit = fit && uint8(text[i]) >= 0x20 && uint8(text[i]) <= 0x7e;
            }
            bytes memory start = new bytes(64 + length);
            for (uint256 i; i < start.length; ++i) {
                start[i] = answer[i];
            }
            bytes memory expected = bytes.concat(bytes32(uint256(32)), bytes32(length), text);
            if (fit && keccak256(start) == keccak256(expected)) return (true, string(text));
        }
        return (false, "");
    }
}
