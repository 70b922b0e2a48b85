// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {ICredits} from "../../contracts/interfaces/ICredits.sol";
import {Settlement} from "../../contracts/libraries/Settlement.sol";
import {MarketBooks} from "./MarketBooks.sol";
import {VM, Vm} from "./Vm.sol";
import {Flaw, VoucherRows} from "./VoucherRows.sol";

/**
 * @notice Settles batches of vouchers, honest and hostile ones side by side.
 * @dev Keeps its own books of what each session's vouchers come to, each of them looked at alone.
 */
abstract contract Settling is MarketBooks {
    /// @dev What a row is. Behind these come rows for more than the session's use, each with one of the flaws.
    uint256 private constant GENUINE = 0;
    uint256 private constant EXCESSIVE = 1;
    uint256 private constant STALE = 2;
    /// @dev Of the same session as the row before.
    uint256 private constant AGAIN = 3;
    uint256 private constant CLOSED = 4;
    uint256 private constant NEVER_OPENED = 5;
    uint256 private constant ANOTHER_OFFERING = 6;
    uint256 private constant FIRST_FLAW = 7;
    /// @dev Each kind as often as it is drawn: more often, if there is seldom a session for it.
    bytes private constant DRAWN = hex"000000000000000102020202020303030404040404050606060708090a0b0c0d";

    struct Row {
        uint256 kind;
        Opened opened;
        uint256 cap;
        uint48 cumulative;
    }

    bytes32[] private _kinds = [
        bytes32("row: genuine"),
        "row: excessive",
        "row: stale",
        "row: again",
        "row: closed",
        "row: never opened",
        "row: another offering",
        "row: another signer",
        "row: another session",
        "row: another use",
        "row: another chain",
        "row: another contract",
        "row: twin signature",
        "row: garbage"
    ];

    /// @notice The use of every session that its signer's vouchers amount to, each of them looked at alone.
    mapping(bytes32 session => uint256) public dueUse;
    /// @notice The most that the signer of a session signed for, of what was submitted.
    mapping(bytes32 session => uint256) public signedUse;
    /// @notice What events say: the use of every session.
    mapping(bytes32 session => uint256) public toldUse;
    /// @notice Chains of hashes over the receipts' roots, as posted and as told by events.
    bytes32 public postedRoots;
    bytes32 public toldRoots;

    constructor() {
        for (uint256 i; i < _kinds.length; ++i) {
            _declare(_kinds[i]);
        }
    }

    function settle(uint256 at, uint256 seed, uint256 releasing) public thrifty {
        if (_settle(at, seed, releasing % 4 == 0)) _done();
    }

    /// @notice A genuine row for `settle`.
    function rowFor(uint256 at, uint48 cumulative) external view returns (bytes memory) {
        Opened memory opened = _sessions[at];
        return VoucherRows.row(credits, opened.id, cumulative, 0, opened.key, Flaw.None);
    }

    /// @dev A batch of a few rows for the offering of some session, if there is any.
    function _settle(uint256 at, uint256 seed, bool alsoReleasing) internal returns (bool) {
        if (_sessions.length == 0) return false;
        uint256 which = _sessions[at % _sessions.length].offering;
        (Row[] memory rows, bytes memory packed) = _batch(which, at, seed);
        if (rows.length == 0) return false;
        if (alsoReleasing && shares.lifetimeRevenue() == 0) _allowedSlots = 1;
        VM.recordLogs();
        if (alsoReleasing) credits.settleAndRelease(_offerings[which], packed, bytes32(seed));
        else credits.settle(_offerings[which], packed, bytes32(seed));

        postedRoots = keccak256(abi.encode(postedRoots, seed));
        _listen(which, rows);
        // What goes beyond the cap stays good for what is locked later: the only call that may do more a second time.
        bool again = !alsoReleasing;
        for (uint256 i; i < rows.length; ++i) {
            _expect(rows[i]);
            if (rows[i].kind == EXCESSIVE) again = false;
            _done(_kinds[rows[i].kind]);
        }
        bytes memory call_ = abi.encodeCall(credits.settle, (_offerings[which], packed, bytes32(seed)));
        if (again) _played("replay: settle", call_);
        return true;
    }

    /// @dev Takes note of a call that anybody may see on the chain and send again.
    function _played(bytes32 kind, bytes memory call_) internal virtual {}

    /// @dev The rows of a batch for which there are sessions.
    function _batch(uint256 which, uint256 at, uint256 seed)
        private
        view
        returns (Row[] memory rows, bytes memory packed)
    {
        rows = new Row[](3 + seed % 4);
        uint256 count;
        for (uint256 i; i < rows.length; ++i) {
            uint256 next = uint256(keccak256(abi.encode(seed, i)));
            uint256 kind = uint8(DRAWN[next % DRAWN.length]);
            bool found;
            if (kind == AGAIN && count != 0) (rows[count], found) = _again(rows[count - 1].opened, which, next);
            else if (kind != AGAIN) (rows[count], found) = _row(kind, which, addmod(at, i, _sessions.length), next);
            if (found) packed = bytes.concat(packed, _packed(rows[count++], bytes32(next)));
        }
        // Fewer than there is room for.
        assembly ("memory-safe") {
            mstore(rows, count)
        }
    }

    /// @dev A row of this kind, of the first session from `at` on for which there is one.
    function _row(uint256 kind, uint256 which, uint256 at, uint256 seed)
        private
        view
        returns (Row memory row, bool found)
    {
        for (uint256 i; i < _sessions.length && !found; ++i) {
            Opened memory opened = _sessions[addmod(at, i, _sessions.length)];
            bool here = opened.offering == which;
            if (here == (kind == ANOTHER_OFFERING)) continue;
            (, uint48 cap, uint48 used,) = credits.session(idOf(opened.offering), opened.id);
            if (kind == CLOSED) found = cap == 0;
            else if (kind == STALE) found = cap != 0 && used != 0;
            else found = used < cap;
            row = Row(kind, opened, cap, _cumulative(kind, cap, used, seed));
        }
        if (kind == NEVER_OPENED) row.opened.id = keccak256(abi.encode(seed));
    }

    /// @dev One more row of a session, good if the session is.
    function _again(Opened memory opened, uint256 which, uint256 seed)
        private
        view
        returns (Row memory row, bool found)
    {
        (, uint48 cap, uint48 used,) = credits.session(idOf(which), opened.id);
        return (Row(AGAIN, opened, cap, _cumulative(GENUINE, cap, used, seed)), opened.offering == which && used < cap);
    }

    function _cumulative(uint256 kind, uint48 cap, uint48 used, uint256 seed) private pure returns (uint48) {
        if (kind == STALE) return uint48(seed % (uint256(used) + 1));
        if (kind == EXCESSIVE) return cap + 1 + uint48(seed % (uint256(cap) + 1));
        // A closed session keeps its use and has no cap.
        return used + 1 + uint48(seed % (cap > used ? cap - used : used + 1));
    }

    function _packed(Row memory row, bytes32 head) private view returns (bytes memory) {
        Flaw flaw = row.kind < FIRST_FLAW ? Flaw.None : Flaw(row.kind - FIRST_FLAW + 1);
        return VoucherRows.row(credits, row.opened.id, row.cumulative, head, row.opened.key, flaw);
    }

    /// @dev What a row comes to, whatever else is in its batch.
    function _expect(Row memory row) private {
        if (row.kind > AGAIN) return;
        bytes32 id = row.opened.id;
        if (row.cumulative > signedUse[id]) signedUse[id] = row.cumulative;
        uint256 due = row.cumulative > row.cap ? row.cap : row.cumulative;
        if (due > dueUse[id]) dueUse[id] = due;
    }

    function _listen(uint256 which, Row[] memory rows) private {
        Vm.Log[] memory logs = VM.getRecordedLogs();
        for (uint256 i; i < logs.length; ++i) {
            if (logs[i].emitter != address(credits) || logs[i].topics[0] != ICredits.Settled.selector) continue;
            (bytes32 root, uint256 consumed, bytes memory outcomes) =
                abi.decode(logs[i].data, (bytes32, uint256, bytes));
            toldRoots = keccak256(abi.encode(toldRoots, root));
            toldConsumed[which] += consumed;
            for (uint256 at; at < rows.length; ++at) {
                uint256 used;
                // The word that ends with the use, which stands behind the session.
                uint256 end = at * Settlement.OUTCOME_BYTES + 38;
                assembly ("memory-safe") {
                    used := and(mload(add(outcomes, end)), 0xffffffffffff)
                }
                if (rows[at].opened.offering == which) toldUse[rows[at].opened.id] = used;
            }
        }
    }
}
