// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";

/// @notice A token that refuses to pay accounts on its list, and to move nothing, as some dollars do.
contract BlockingToken is ERC20 {
    mapping(address account => bool) private _blocked;

    error Blocked(address account);
    error NothingToMove();

    constructor() ERC20("Blocking", "BLOCK") {}

    function mint(address to, uint256 amount) external {
        _mint(to, amount);
    }

    function blockAccount(address account) external {
        _blocked[account] = true;
    }

    function _update(address from, address to, uint256 value) internal override {
        if (_blocked[to]) revert Blocked(to);
        if (value == 0) revert NothingToMove();
        super._update(from, to, value);
    }
}
