// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {SignedPurchases} from "./SignedPurchases.sol";

/// @notice Every signature by a key has a twin, which anybody can compute: no message is taken by it, or a second time.
contract MalleabilityTest is SignedPurchases {
    function test_takesNoTwin() public {
        bytes4[14] memory messages = _messages();
        for (uint256 i; i < messages.length; ++i) {
            // Permit2 looks at no twins: below.
            if (messages[i] == this.purchaseByPermit2.selector) continue;
            _malleated = true;
            require(!_taken(messages[i], block.chainid, 0), "a twin was taken");
            _malleated = false;
            require(_taken(messages[i], block.chainid, 0), "the signature was refused");
        }
    }

    function test_takesOneOfBothByPermit2() public {
        bytes4 message = this.purchaseByPermit2.selector;
        for (uint256 which; which < 2; ++which) {
            _malleated = which == 0;
            require(_taken(message, block.chainid, which), "refused");
            _malleated = !_malleated;
            require(!_taken(message, block.chainid, which), "taken twice");
        }
    }
}
