// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {Offering} from "../../contracts/interfaces/ICredits.sol";
import {Offerings} from "../../contracts/libraries/Offerings.sol";
import {LibraryHarness} from "../../contracts/test/LibraryHarness.sol";
import {deploy} from "./deploy.sol";

/// @notice The assembly that hashes an offering does what plain Solidity does.
contract OfferingsTest {
    LibraryHarness private immutable _harness = LibraryHarness(deploy("LibraryHarness"));

    function testFuzz_hashesLikePlainSolidity(Offering calldata o) external view {
        require(_harness.offeringId(o) == keccak256(abi.encode(Offerings.TYPEHASH, o)), "id");
    }
}
