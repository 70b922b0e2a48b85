// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {Offering} from "../interfaces/ICredits.sol";

/**
 * @title Offerings
 * @notice Identifies an offering.
 */
library Offerings {
    bytes32 internal constant TYPEHASH = keccak256(
        "Offering(address model,bytes32 kind,bytes32 termsHash,uint8 tier,address paymentToken,"
        "uint64 pricePerMillion,bytes32 rateCardHash,uint16 holdersBps,uint16 treasuryBps,address treasury,"
        "address operator,uint64 sellUntil,uint32 exitDelay,uint64 expiresAt,bool transferable)"
    );

    /// @dev Fifteen fields of one word each.
    uint256 private constant ENCODED_BYTES = 480;

    /**
     * @notice EIP-712 struct hash of `o`, which is the offering's id.
     * @dev Hashes the calldata as it is, which is cheaper than decoding it. A field with bits beyond its type gives the
     * id of an offering that does not exist: `register` decodes every field and refuses it.
     */
    function id(Offering calldata o) internal pure returns (bytes32 hash) {
        bytes32 typehash = TYPEHASH;
        // solhint-disable-next-line no-inline-assembly
        assembly ("memory-safe") {
            // Everything beyond the free memory pointer is scratch space.
            let scratch := mload(0x40)
            mstore(scratch, typehash)
            calldatacopy(add(scratch, 32), o, ENCODED_BYTES)
            hash := keccak256(scratch, add(ENCODED_BYTES, 32))
        }
    }
}
