// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {Shares} from "../Shares.sol";

/// @notice Borrows shares for the length of one call, as from a flash loan, and delegates their votes to itself.
contract FlashBorrower {
    /// @notice Calls `target` while this contract holds `amount` shares of `lender`, who has approved it.
    function borrow(Shares shares, address lender, uint256 amount, address target, bytes calldata data) external {
        shares.delegate(address(this));
        shares.transferFrom(lender, address(this), amount);
        require(shares.getVotes(address(this)) == amount, "borrowed without votes");
        (bool success, bytes memory result) = target.call(data);
        shares.transfer(lender, amount);
        if (!success) {
            assembly ("memory-safe") {
                revert(add(result, 32), mload(result))
            }
        }
    }
}
