// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {ERC20Votes} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Votes.sol";
import {ERC4626, IERC20} from "@openzeppelin/contracts/token/ERC20/extensions/ERC4626.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {PaymentSplitter} from "oz4/finance/PaymentSplitter.sol";
import {ERC1155 as Solady1155} from "solady/src/tokens/ERC1155.sol";
import {ERC20Votes as SoladyVotes} from "solady/src/tokens/ERC20Votes.sol";
import {ERC4626 as Solady4626} from "solady/src/tokens/ERC4626.sol";
import {ERC6909 as Solady6909} from "solady/src/tokens/ERC6909.sol";

// Contracts of other packages as they are, with the little that makes them deployable: what our gas is compared with.

contract SplitterAnchor is PaymentSplitter {
    constructor(address[] memory payees, uint256[] memory shares) PaymentSplitter(payees, shares) {}
}

contract ERC6909Anchor is Solady6909 {
    function mint(address to, uint256 amount) external {
        _mint(to, 1, amount);
    }

    function burn(uint256 amount) external {
        _burn(msg.sender, 1, amount);
    }

    function name(uint256) public pure override returns (string memory) {
        return "";
    }

    function symbol(uint256) public pure override returns (string memory) {
        return "";
    }

    function tokenURI(uint256) public pure override returns (string memory) {
        return "";
    }
}

contract ERC1155Anchor is Solady1155 {
    function mint(address to, uint256 amount) external {
        _mint(to, 1, amount, "");
    }

    function burn(uint256 amount) external {
        _burn(msg.sender, 1, amount);
    }

    function uri(uint256) public pure override returns (string memory) {
        return "";
    }
}

contract ERC4626Anchor is ERC4626 {
    constructor(IERC20 asset) ERC20("", "") ERC4626(asset) {}
}

contract SoladyERC4626Anchor is Solady4626 {
    address private immutable _asset;

    constructor(address asset_) {
        _asset = asset_;
    }

    function asset() public view override returns (address) {
        return _asset;
    }

    function name() public pure override returns (string memory) {
        return "";
    }

    function symbol() public pure override returns (string memory) {
        return "";
    }
}

contract VotesAnchor is ERC20Votes {
    constructor(address holder) ERC20("", "") EIP712("", "1") {
        _mint(holder, 1_000_000);
    }
}

contract SoladyVotesAnchor is SoladyVotes {
    constructor(address holder) {
        _mint(holder, 1_000_000);
    }

    function name() public pure override returns (string memory) {
        return "";
    }

    function symbol() public pure override returns (string memory) {
        return "";
    }
}
