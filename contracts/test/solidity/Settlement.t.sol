// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {MessageHashUtils} from "@openzeppelin/contracts/utils/cryptography/MessageHashUtils.sol";
import {SessionSlot, SessionSlots} from "../../contracts/libraries/SessionSlots.sol";
import {Settlement} from "../../contracts/libraries/Settlement.sol";
import {LibraryHarness} from "../../contracts/test/LibraryHarness.sol";
import {deploy} from "./deploy.sol";
import {PlainSettlement} from "./PlainSettlement.sol";
import {random} from "./random.sol";
import {signShort} from "./typedData.sol";
import {VM} from "./Vm.sol";

/// @notice The assembly of `Settlement` does what plain Solidity does, to the same sessions.
contract SettlementTest {
    uint256 private constant SESSIONS = 4;
    uint256 private constant KEY = 7;
    bytes32 private constant DOMAIN = keccak256("domain");

    LibraryHarness private immutable _fast = LibraryHarness(deploy("LibraryHarness"));
    mapping(bytes32 session => SessionSlot) private _plain;
    /// @dev By reason.
    uint256[5] private _outcomes;

    /// @notice Two batches, one after the other, of rows that are good, stale, over the cap, forged, garbage, or of
    /// sessions that are closed or were never opened.
    function testFuzz_settlesLikePlainSolidity(uint256 seed) public {
        for (uint256 i; i < SESSIONS; ++i) {
            _open(bytes32(i), uint48(random(seed, i) % 1_000));
        }
        this.settleBoth(_batch(random(seed, "first")));
        this.settleBoth(_batch(random(seed, "second")));
    }

    /// @notice What the fuzzer compares are not all failures.
    function test_everyReasonOccurs() public {
        for (uint256 seed; seed < 20; ++seed) {
            testFuzz_settlesLikePlainSolidity(seed);
        }
        for (uint256 reason; reason < _outcomes.length; ++reason) {
            require(_outcomes[reason] != 0, "a reason never occurred");
        }
    }

    function settleBoth(bytes calldata rows) external {
        (uint256 consumed, bytes memory outcomes) = _fast.settleRows(rows, DOMAIN);
        (uint256 expected, bytes memory expectedOutcomes) = PlainSettlement.settleRows(_plain, rows, DOMAIN);
        require(consumed == expected, "consumed");
        require(keccak256(outcomes) == keccak256(expectedOutcomes), "outcomes");
        for (uint256 i; i <= SESSIONS; ++i) {
            bytes32 id = bytes32(i);
            require(SessionSlot.unwrap(_fast.sessionSlot(id)) == SessionSlot.unwrap(_plain[id]), "session");
        }
        for (uint256 end = Settlement.OUTCOME_BYTES; end <= outcomes.length; end += Settlement.OUTCOME_BYTES) {
            ++_outcomes[uint8(outcomes[end - 1])];
        }
    }

    /// @dev A cap of zero: the session is closed.
    function _open(bytes32 id, uint48 cap) private {
        if (cap < 200) cap = 0;
        _plain[id] = SessionSlots.opened(VM.addr(KEY), cap);
        _fast.open(id, VM.addr(KEY), cap);
    }

    function _batch(uint256 seed) private pure returns (bytes memory rows) {
        for (uint256 i; i < 1 + seed % 8; ++i) {
            rows = bytes.concat(rows, _row(random(seed, i)));
        }
    }

    function _row(uint256 seed) private pure returns (bytes memory) {
        // One more than there are sessions.
        bytes32 id = bytes32(seed % (SESSIONS + 1));
        uint48 cumulative = uint48(random(seed, "cumulative") % 1_200);
        bytes32 head = bytes32(random(seed, "head"));
        uint256 manner = random(seed, "manner") % 8;
        bytes32 digest = MessageHashUtils.toTypedDataHash(DOMAIN, Settlement.voucherHash(id, cumulative, head));
        (bytes32 r, bytes32 vs) = signShort(manner == 0 ? KEY + 1 : KEY, digest);
        if (manner == 1) (r, vs) = (head, bytes32(random(seed, "garbage")));
        if (manner == 2) cumulative += 1;
        return abi.encodePacked(id, cumulative, head, r, vs);
    }
}
