// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {RelayedCall} from "@openzeppelin/contracts/utils/RelayedCall.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {SignatureChecker} from "@openzeppelin/contracts/utils/cryptography/SignatureChecker.sol";

/**
 * @title Signatures
 * @notice Whether an account signed: by its key, as a contract (ERC-1271), or as a contract that is not deployed yet
 * (ERC-6492).
 */
library Signatures {
    /// @dev What ends a signature that carries how its wallet is deployed.
    bytes32 private constant ERC6492_SUFFIX = 0x6492649264926492649264926492649264926492649264926492649264926492;

    /**
     * @notice Whether `signature` is `account`'s signature of `digest`.
     * @dev The key comes first: most accounts have no code, and looking for it costs as much as a slot. An account that
     * has both (EIP-7702) can sign with either; its key could give it other code at any time.
     */
    function isValid(address account, bytes32 digest, bytes memory signature) internal view returns (bool) {
        (address signer, ECDSA.RecoverError failure,) = ECDSA.tryRecover(digest, signature);
        if (failure == ECDSA.RecoverError.NoError && signer == account) return true;
        return SignatureChecker.isValidERC1271SignatureNow(account, digest, signature);
    }

    /**
     * @notice The signature without its ERC-6492 wrapping; deploys the wallet of `account` if it is not there.
     * @dev The call that deploys it is the signer's to choose, so it comes from a relay that holds nothing and is
     * trusted by nobody. Whether the wallet is there afterwards shows when its signature is checked.
     */
    function unwrapped(address account, bytes calldata signature) internal returns (bytes memory) {
        uint256 end = signature.length;
        if (end < 32 || bytes32(signature[end - 32:]) != ERC6492_SUFFIX) return signature;
        (address factory, bytes memory data, bytes memory inner) =
            abi.decode(signature[:end - 32], (address, bytes, bytes));
        if (account.code.length == 0) RelayedCall.relayCall(factory, data);
        return inner;
    }
}
