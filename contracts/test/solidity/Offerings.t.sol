// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {Offering} from "../../contracts/interfaces/ICredits.sol";
import {Offerings} from "../../contracts/libraries/Offerings.sol";

/// @notice The assembly that hashes an offering does what plain Solidity does.
contract OfferingsTest {
    using Offerings for Offering;

    function testFuzz_hashesLikePlainSolidity(Offering calldata o) external pure {
        require(o.id() == keccak256(abi.encode(Offerings.TYPEHASH, o)), "id");
    }
}
