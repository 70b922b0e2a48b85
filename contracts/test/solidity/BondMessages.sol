// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {Receipt, Receipts} from "../../contracts/libraries/Receipts.sol";

/// @notice Struct hashes of what operators sign for `OperatorBond`, written once more.
library BondMessages {
    function meteringKeyConsent(address owner, IERC20 paymentToken) internal pure returns (bytes32) {
        return keccak256(
            abi.encode(keccak256("MeteringKeyConsent(address owner,address paymentToken)"), owner, paymentToken)
        );
    }

    function receiptKeyConsent(address meteringKey) internal pure returns (bytes32) {
        return keccak256(abi.encode(keccak256("ReceiptKeyConsent(address meteringKey)"), meteringKey));
    }

    function receipt(Receipt memory signed) internal pure returns (bytes32) {
        return keccak256(abi.encode(Receipts.TYPEHASH, signed));
    }

    /// @notice Of the root of a tree, whose leaves are the hashes of receipts, hashed again.
    function receiptBatch(bytes32 root) internal pure returns (bytes32) {
        return keccak256(abi.encode(keccak256("ReceiptBatch(bytes32 root)"), root));
    }
}
