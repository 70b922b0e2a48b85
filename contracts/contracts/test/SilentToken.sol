// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

/// @notice A token whose transfers return nothing, as those of some old dollars, or false, as told.
contract SilentToken {
    mapping(address account => uint256) public balanceOf;
    bool private _refusing;

    function mint(address to, uint256 amount) external {
        balanceOf[to] += amount;
    }

    /// @notice Does nothing: no allowance is needed.
    function approve(address spender, uint256 amount) external {}

    /// @notice Makes every later transfer return false and move nothing.
    function refuse() external {
        _refusing = true;
    }

    function transfer(address to, uint256 amount) external {
        _move(msg.sender, to, amount);
    }

    function transferFrom(address from, address to, uint256 amount) external {
        _move(from, to, amount);
    }

    function _move(address from, address to, uint256 amount) private {
        if (_refusing) {
            assembly ("memory-safe") {
                mstore(0, 0)
                return(0, 32)
            }
        }
        balanceOf[from] -= amount;
        balanceOf[to] += amount;
    }
}
