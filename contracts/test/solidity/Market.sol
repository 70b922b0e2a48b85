// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {IERC1271} from "@openzeppelin/contracts/interfaces/IERC1271.sol";
import {Credits} from "../../contracts/Credits.sol";
import {Shares} from "../../contracts/Shares.sol";
import {TestDollar} from "../../contracts/TestDollar.sol";
import {ICredits, Offering, Order, Payment} from "../../contracts/interfaces/ICredits.sol";
import {deploy} from "./deploy.sol";
import {Handler} from "./Handler.sol";
import {NewSlots} from "./NewSlots.sol";
import {VM, Vm} from "./Vm.sol";

/// @notice An operator that agrees to everything, as long as it is there.
contract AgreeableOperator is IERC1271 {
    bool private _gone;

    /// @notice From now on it answers nothing.
    function leave() external {
        _gone = true;
    }

    /// @inheritdoc IERC1271
    function isValidSignature(bytes32, bytes calldata) external view returns (bytes4) {
        require(!_gone, "gone");
        return IERC1271.isValidSignature.selector;
    }
}

/**
 * @notice A market for the invariant tests: two offerings of one model, three people, and every operation that moves
 * credits, money or shares, each with arguments that make it succeed. The second offering's credits stay where they are
 * bought; its sale ends on the way, and later they expire.
 * @dev The market itself is the model's owner. It keeps its own books, of what went in and out, to compare with the
 * state of the contracts.
 */
contract Market is Handler {
    struct Opened {
        uint256 offering;
        address owner;
        uint256 key;
        bytes32 salt;
        bytes32 id;
    }

    /// @dev A voucher of session number `at`, signed with the session's key or another.
    struct Row {
        uint256 at;
        uint48 cumulative;
        bool genuine;
    }

    uint256 public constant OFFERINGS = 2;
    uint256 public constant PEOPLE = 3;
    address internal constant TREASURY = address(0x7EA5);
    uint256 private constant FIRST_SIGNER_KEY = 7;

    TestDollar public immutable token;
    Credits public immutable credits = Credits(deploy("Credits"));
    Shares public immutable shares;
    AgreeableOperator public immutable operator = new AgreeableOperator();
    address[PEOPLE] public people;
    Offering[OFFERINGS] private _offerings;
    Opened[] internal _sessions;
    uint256 internal _time = block.timestamp;

    /// @notice Millicredits sold, redeemed, and consumed out of wallets, by offering.
    uint256[OFFERINGS] public sold;
    uint256[OFFERINGS] public redeemed;
    uint256[OFFERINGS] public exercised;
    /// @notice Whether a receipt of what was consumed out of a wallet ever came twice.
    bool public receiptCameTwice;
    mapping(bytes32 receipt => bool) private _receipts;
    /// @notice Whether credits that stay where they are ever went from one wallet to another.
    bool public boundCreditsMoved;
    /// @notice What rounding left to the contract when credits were sold and redeemed, in 1e-9 base units.
    uint256 public dust;
    /// @notice Base units sent to the shares from outside.
    uint256 public gifts;

    /// @notice The use of every session that its signer's vouchers amount to, each of them looked at alone.
    mapping(bytes32 session => uint256) public dueUse;
    /// @notice The most that the signer of a session signed for, of what was submitted.
    mapping(bytes32 session => uint256) public signedUse;
    /// @notice What events say: the use of every session, and what was consumed of an offering.
    mapping(bytes32 session => uint256) public toldUse;
    uint256[OFFERINGS] public toldConsumed;
    /// @notice Chains of hashes over the receipts' roots, as posted and as told by events.
    bytes32 public postedRoots;
    bytes32 public toldRoots;

    /// @notice Whether the use of a session, or the revenue or claims of the shares, ever fell.
    bool public useFell;
    bool public revenueFell;
    /// @notice Whether a transfer of shares ever changed what one of its parties had earned.
    bool public transferMovedRevenue;
    /// @notice Whether an operation filled more storage slots for the first time than it must.
    bool public slotsExceeded;
    mapping(bytes32 session => uint256) private _highestUse;
    uint256 private _highestRevenue;
    uint256 private _highestClaims;
    uint256 private _allowedSlots;
    bool private _counting;

    /// @dev An operation that creates no storage slot of ours but those that it allows itself.
    modifier thrifty() {
        if (_counting) {
            _;
            return;
        }
        _counting = true;
        _allowedSlots = 0;
        VM.startStateDiffRecording();
        _;
        if (NewSlots.count(address(credits), address(shares)) > _allowedSlots) slotsExceeded = true;
        _counting = false;
    }

    constructor(TestDollar token_) {
        token = token_;
        address[] memory holders = new address[](PEOPLE);
        uint64[] memory amounts = new uint64[](PEOPLE);
        for (uint256 i; i < PEOPLE; ++i) {
            people[i] = VM.addr(_key(i));
            (holders[i], amounts[i]) = (people[i], uint64(1_000_003 * (i + 1)));
            token.mint(people[i], 1e30);
            VM.prank(people[i]);
            token.approve(address(credits), type(uint256).max);
        }
        shares = _newShares(token, holders, amounts);
        _register(0, 333_333_333, 3_333, 3_334, type(uint64).max, 0, true);
        _register(1, 7, 9_000, 1_000, uint64(_time + 12 hours), uint64(_time + 18 hours), false);
    }

    function offering(uint256 index) external view returns (Offering memory) {
        return _offerings[index];
    }

    function sessions() external view returns (Opened[] memory) {
        return _sessions;
    }

    /* ----------------------------------------------- OPERATIONS ---------------------------------------------- */

    function wait(uint256 time) public {
        VM.warp(_time += time % 6 hours);
        _done();
    }

    function buy(uint256 who, uint256 which, uint256 amount) public thrifty {
        (who, which, amount) = (who % PEOPLE, which % OFFERINGS, _amount(amount));
        if (_time > _offerings[which].sellUntil) return;
        _allowedSlots = walletOf(who, which) == 0 ? 1 : 0;
        VM.prank(people[who]);
        uint256 cost = credits.buy(_offerings[which], uint48(amount), people[who]);
        _sold(which, amount, cost);
        _done();
    }

    function buyAndOpen(uint256 who, uint256 which, uint256 amount) public thrifty {
        (who, which, amount) = (who % PEOPLE, which % OFFERINGS, _amount(amount));
        if (_time > _offerings[which].sellUntil) return;
        Opened memory next = _next(which, people[who]);
        uint256 before = token.balanceOf(address(credits));
        _allowedSlots = 1;
        VM.prank(people[who]);
        credits.buyAndOpen(_offerings[which], VM.addr(next.key), next.salt, uint48(amount));
        _sold(which, amount, token.balanceOf(address(credits)) - before);
        _sessions.push(next);
        _done();
    }

    /// @dev Paid by a signature (EIP-3009), into the wallet or a new session.
    function purchase(uint256 who, uint256 which, uint256 amount, bool opening) public thrifty {
        (who, which, amount) = (who % PEOPLE, which % OFFERINGS, _amount(amount));
        if (_time > _offerings[which].sellUntil) return;
        Opened memory next = _next(which, people[who]);
        Order memory order =
            Order(people[who], opening ? VM.addr(next.key) : address(0), next.salt, uint48(amount));
        Payment memory payment = _authorized(who, which, order);
        _allowedSlots = opening || walletOf(who, which) == 0 ? 1 : 0;
        uint256 cost = credits.purchase(_offerings[which], order, payment);
        _sold(which, amount, cost);
        if (opening) _sessions.push(next);
        _played(abi.encodeCall(credits.purchase, (_offerings[which], order, payment)));
        _done();
    }

    function open(uint256 who, uint256 which, uint256 amount) public thrifty {
        (who, which) = (who % PEOPLE, which % OFFERINGS);
        uint256 balance = walletOf(who, which);
        if (balance == 0 || _expired(which)) return;
        Opened memory next = _next(which, people[who]);
        _allowedSlots = 1;
        VM.prank(people[who]);
        credits.open(_offerings[which], VM.addr(next.key), next.salt, uint48(1 + amount % balance));
        _sessions.push(next);
        _done();
    }

    function openFor(uint256 who, uint256 which, uint256 amount) public thrifty {
        (who, which) = (who % PEOPLE, which % OFFERINGS);
        uint256 balance = walletOf(who, which);
        if (balance == 0 || _expired(which)) return;
        Opened memory next = _next(which, people[who]);
        Order memory order = Order(people[who], VM.addr(next.key), next.salt, uint48(1 + amount % balance));
        bytes memory signature = _signOpen(_key(who), which, order);
        _allowedSlots = 1;
        credits.openFor(_offerings[which], order, type(uint256).max, signature);
        _sessions.push(next);
        _played(abi.encodeCall(credits.openFor, (_offerings[which], order, type(uint256).max, signature)));
        _done();
    }

    function topUp(uint256 who, uint256 at, uint256 amount) public thrifty {
        (Opened memory opened, bool usable) = _session(at);
        (,,, uint64 closableAt) = credits.session(idOf(opened.offering), opened.id);
        if (!usable || closableAt != 0 || _time > _offerings[opened.offering].sellUntil) return;
        (who, amount) = (who % PEOPLE, _amount(amount));
        uint256 before = token.balanceOf(address(credits));
        VM.prank(people[who]);
        credits.topUp(
            _offerings[opened.offering], opened.owner, VM.addr(opened.key), opened.salt, uint48(amount)
        );
        _sold(opened.offering, amount, token.balanceOf(address(credits)) - before);
        _done();
    }

    /// @dev Two rows, each of which may be stale, forged, over the cap, or of a closed or foreign session.
    function settle(uint256 first, uint256 second, uint256 seed, uint256 kind, bool releasing) public thrifty {
        if (_sessions.length == 0) return;
        Row[2] memory rows = [_row(first, seed, kind % 4 != 0), _row(second, seed >> 128, kind % 3 != 0)];
        uint256 which = _sessions[rows[kind % 2].at].offering;
        bytes memory packed = abi.encodePacked(_signed(rows[0], seed), _signed(rows[1], seed));
        if (releasing && shares.lifetimeRevenue() == 0) _allowedSlots = 1;
        VM.recordLogs();
        if (releasing) credits.settleAndRelease(_offerings[which], packed, bytes32(seed));
        else credits.settle(_offerings[which], packed, bytes32(seed));

        postedRoots = keccak256(abi.encode(postedRoots, seed));
        _listen(which, rows);
        bool clamped = _expect(which, rows[0]);
        // What goes beyond the cap stays good for what is locked later: the only call that may do more a second time.
        if (_expect(which, rows[1]) || clamped || releasing) clamped = true;
        if (!clamped) _played(abi.encodeCall(credits.settle, (_offerings[which], packed, bytes32(seed))));
        _done();
    }

    function release(uint256 which) public thrifty {
        if (shares.lifetimeRevenue() == 0) _allowedSlots = 1;
        // The first offering from `which` on that has something to release.
        for (uint256 i; i < OFFERINGS; ++i) {
            if (credits.release(_offerings[addmod(which, i, OFFERINGS)]) == 0) continue;
            return _done();
        }
    }

    function requestClose(uint256 at) public thrifty {
        (Opened memory opened, bool usable) = _session(at);
        (,,, uint64 closableAt) = credits.session(idOf(opened.offering), opened.id);
        if (!usable || closableAt != 0) return;
        _allowedSlots = 1;
        VM.prank(opened.owner);
        credits.requestClose(_offerings[opened.offering], VM.addr(opened.key), opened.salt);
        _done();
    }

    function close(uint256 at, bool cooperative) public thrifty {
        (Opened memory opened, bool usable) = _session(at);
        (, uint48 cap, uint48 used, uint64 closableAt) = credits.session(idOf(opened.offering), opened.id);
        if (!usable || (!cooperative && closableAt == 0)) return;
        if (!cooperative && closableAt > _time) VM.warp(_time = closableAt);
        VM.prank(opened.owner);
        uint256 amount = credits.close(
            _offerings[opened.offering],
            VM.addr(opened.key),
            opened.salt,
            opened.owner,
            cooperative ? bytes("consent") : bytes("")
        );
        _redeemed(opened.offering, cap - used, amount);
        _done();
    }

    function redeem(uint256 who, uint256 which, uint256 amount) public thrifty {
        (who, which) = (who % PEOPLE, which % OFFERINGS);
        uint256 balance = walletOf(who, which);
        if (balance == 0) return;
        amount = 1 + amount % balance;
        VM.prank(people[who]);
        _redeemed(which, amount, credits.redeem(_offerings[which], amount, people[who]));
        _done();
    }

    function consume(uint256 who, uint256 which, uint256 amount) public thrifty {
        (who, which) = (who % PEOPLE, which % OFFERINGS);
        uint256 balance = walletOf(who, which);
        if (balance == 0 || _expired(which)) return;
        amount = 1 + amount % balance;
        VM.recordLogs();
        VM.prank(people[who]);
        // Always the same subject, so that nothing but the sequence tells receipts apart.
        bytes32 receipt = credits.consume(_offerings[which], amount, 0);
        exercised[which] += amount;
        if (_receipts[receipt]) receiptCameTwice = true;
        _receipts[receipt] = true;
        Vm.Log[] memory logs = VM.getRecordedLogs();
        for (uint256 i; i < logs.length; ++i) {
            if (logs[i].topics[0] != ICredits.Consumed.selector || logs[i].topics[3] != receipt) continue;
            (uint256 told,,) = abi.decode(logs[i].data, (uint256, bytes32, uint256));
            toldConsumed[which] += told;
        }
        _done();
    }

    function claim(uint256 which, uint8 role) public thrifty {
        role %= 2;
        // The first offering from `which` on that owes something to the role.
        for (uint256 i; i < OFFERINGS; ++i) {
            Offering memory o = _offerings[addmod(which, i, OFFERINGS)];
            (,,, uint256 operatorClaimed, uint256 treasuryClaimed) = credits.offeringState(credits.offeringId(o));
            _allowedSlots = operatorClaimed + treasuryClaimed == 0 ? 1 : 0;
            if (credits.claim(o, role) == 0) continue;
            return _done();
        }
    }

    function transferCredits(uint256 from, uint256 to, uint256 which, uint256 amount) public thrifty {
        (from, to, which) = (from % PEOPLE, to % PEOPLE, which % OFFERINGS);
        amount %= walletOf(from, which) + 1;
        // A transfer of everything to oneself empties a slot and fills it again.
        if (from == to || walletOf(to, which) == 0) _allowedSlots = 1;
        // Asked before the prank, which covers one call.
        uint256 id = uint256(idOf(which));
        bool transferable = _offerings[which].transferable;
        VM.prank(people[from]);
        try credits.safeTransferFrom(people[from], people[to], id, amount, "") {
            if (!transferable) boundCreditsMoved = true;
            if (amount != 0) _done();
        } catch {
            require(!transferable, "a transfer failed");
        }
    }

    function transferShares(uint256 from, uint256 to, uint256 amount) public thrifty {
        (from, to) = (from % PEOPLE, to % PEOPLE);
        amount %= shares.balanceOf(people[from]) + 1;
        if (shares.balanceOf(people[to]) == 0) _allowedSlots = 1;
        (uint256 ofSender, uint256 ofReceiver) = (shares.claimable(people[from]), shares.claimable(people[to]));
        VM.prank(people[from]);
        shares.transfer(people[to], amount);
        if (shares.claimable(people[from]) != ofSender) transferMovedRevenue = true;
        if (shares.claimable(people[to]) != ofReceiver) transferMovedRevenue = true;
        if (amount != 0) _done();
    }

    function claimShares(uint256 who) public thrifty {
        if (shares.claim(people[who % PEOPLE]) != 0) _done();
    }

    function giveToShares(uint256 amount) public thrifty {
        amount = 1 + amount % 1e12;
        if (shares.lifetimeRevenue() == 0) _allowedSlots = 1;
        gifts += amount;
        token.mint(address(shares), amount);
        shares.accrue();
        _done();
    }

    /* ------------------------------------------------- VIEWS ------------------------------------------------- */

    function idOf(uint256 which) public view returns (bytes32) {
        return credits.offeringId(_offerings[which]);
    }

    function walletOf(uint256 who, uint256 which) public view returns (uint256) {
        return credits.balanceOf(people[who], uint256(idOf(which)));
    }

    /// @notice A genuine row for `settle`.
    function rowFor(uint256 at, uint48 cumulative) external view returns (bytes memory) {
        return _signed(Row(at, cumulative, true), 0);
    }

    /* ------------------------------------------------ INTERNAL ----------------------------------------------- */

    /// @dev Takes note of a call that anybody may see on the chain and send again.
    function _played(bytes memory call_) internal virtual {}

    function _done() internal override {
        super._done();
        for (uint256 i; i < _sessions.length; ++i) {
            (,, uint48 used,) = credits.session(idOf(_sessions[i].offering), _sessions[i].id);
            if (used < _highestUse[_sessions[i].id]) useFell = true;
            _highestUse[_sessions[i].id] = used;
        }
        (uint256 revenue, uint256 claims) = (shares.lifetimeRevenue(), shares.claimedRevenue());
        if (revenue < _highestRevenue || claims < _highestClaims) revenueFell = true;
        (_highestRevenue, _highestClaims) = (revenue, claims);
    }

    function _expired(uint256 which) private view returns (bool) {
        uint64 expiresAt = _offerings[which].expiresAt;
        return expiresAt != 0 && _time > expiresAt;
    }

    function _register(
        uint256 index,
        uint64 price,
        uint16 holdersBps,
        uint16 treasuryBps,
        uint64 sellUntil,
        uint64 expiresAt,
        bool transferable
    ) private {
        _offerings[index] = Offering({
            model: address(shares),
            kind: bytes32(index),
            termsHash: 0,
            tier: 1,
            paymentToken: address(token),
            pricePerMillion: price,
            rateCardHash: 0,
            holdersBps: holdersBps,
            treasuryBps: treasuryBps,
            treasury: TREASURY,
            operator: address(operator),
            sellUntil: sellUntil,
            exitDelay: 1 hours,
            expiresAt: expiresAt,
            transferable: transferable
        });
        credits.register(_offerings[index], "");
    }

    /// @dev From one millicredit to a million credits, of every magnitude.
    function _amount(uint256 seed) private pure returns (uint256) {
        return 1 + (seed >> 8) % 10 ** (1 + seed % 9);
    }

    /// @dev A person's private key.
    function _key(uint256 who) internal pure returns (uint256) {
        return 100 + who;
    }

    function _next(uint256 which, address owner) private view returns (Opened memory next) {
        bytes32 salt = bytes32(_sessions.length);
        uint256 key = FIRST_SIGNER_KEY + _sessions.length % 3;
        next = Opened(which, owner, key, salt, credits.sessionId(idOf(which), owner, VM.addr(key), salt));
    }

    /// @dev A session, and whether it is open.
    function _session(uint256 at) internal view returns (Opened memory opened, bool usable) {
        if (_sessions.length == 0) return (opened, false);
        opened = _sessions[at % _sessions.length];
        (, uint48 cap,,) = credits.session(idOf(opened.offering), opened.id);
        return (opened, cap != 0);
    }

    function _row(uint256 at, uint256 seed, bool genuine) private view returns (Row memory) {
        at %= _sessions.length;
        (, uint48 cap,,) = credits.session(idOf(_sessions[at].offering), _sessions[at].id);
        // Now and then above the cap.
        return Row(at, uint48(seed % (uint256(cap) + cap / 8 + 2)), genuine);
    }

    /// @dev A row that is not genuine is signed with the key of other sessions.
    function _signed(Row memory row, uint256 head) internal view returns (bytes memory) {
        Opened memory opened = _sessions[row.at];
        bytes32 digest = credits.voucherDigest(opened.id, row.cumulative, bytes32(head));
        (uint8 v, bytes32 r, bytes32 s) = VM.sign(row.genuine ? opened.key : opened.key + 1, digest);
        bytes32 vs = bytes32(uint256(s) | uint256(v - 27) << 255);
        return abi.encodePacked(opened.id, row.cumulative, bytes32(head), r, vs);
    }

    /// @dev What a row comes to, whatever else is in its batch.
    function _expect(uint256 which, Row memory row) private returns (bool clamped) {
        Opened memory opened = _sessions[row.at];
        if (!row.genuine || opened.offering != which) return false;
        (, uint48 cap,,) = credits.session(idOf(which), opened.id);
        if (row.cumulative > signedUse[opened.id]) signedUse[opened.id] = row.cumulative;
        clamped = row.cumulative > cap;
        uint256 due = clamped ? cap : row.cumulative;
        if (due > dueUse[opened.id]) dueUse[opened.id] = due;
    }

    function _listen(uint256 which, Row[2] memory rows) private {
        Vm.Log[] memory logs = VM.getRecordedLogs();
        for (uint256 i; i < logs.length; ++i) {
            if (logs[i].emitter != address(credits) || logs[i].topics[0] != ICredits.Settled.selector) continue;
            (bytes32 root, uint256 consumed, bytes memory outcomes) =
                abi.decode(logs[i].data, (bytes32, uint256, bytes));
            toldRoots = keccak256(abi.encode(toldRoots, root));
            toldConsumed[which] += consumed;
            for (uint256 at; at < rows.length; ++at) {
                uint256 used;
                // The word that ends with the use: an outcome is its session, 32 bytes, and its use, 6, and 33 more.
                assembly ("memory-safe") {
                    used := and(mload(add(outcomes, add(mul(at, 71), 38))), 0xffffffffffff)
                }
                if (_sessions[rows[at].at].offering == which) toldUse[_sessions[rows[at].at].id] = used;
            }
        }
    }

    /// @dev A payment of `who` by EIP-3009, whose nonce is the hash of the order.
    function _authorized(uint256 who, uint256 which, Order memory order) private view returns (Payment memory) {
        uint256 cost = (order.credits * uint256(_offerings[which].pricePerMillion) + 1e9 - 1) / 1e9;
        bytes32 nonce = keccak256(
            abi.encode(
                keccak256(
                    "Order(bytes32 offering,address owner,address signer,bytes32 salt,uint48 credits,uint256 nonce)"
                ),
                idOf(which),
                order,
                succeeded[msg.sig]
            )
        );
        bytes32 structHash = keccak256(
            abi.encode(
                keccak256(
                    "ReceiveWithAuthorization(address from,address to,uint256 value,uint256 validAfter,uint256 validBefore,bytes32 nonce)"
                ),
                people[who],
                address(credits),
                cost,
                0,
                type(uint256).max,
                nonce
            )
        );
        bytes memory signature = _sign(_key(who), token.DOMAIN_SEPARATOR(), structHash);
        return Payment(people[who], 1, succeeded[msg.sig], type(uint256).max, signature);
    }

    function _signOpen(uint256 key, uint256 which, Order memory order) internal view returns (bytes memory) {
        bytes32 structHash = keccak256(
            abi.encode(
                keccak256(
                    "Open(bytes32 offering,address owner,address signer,bytes32 salt,uint48 credits,uint256 deadline)"
                ),
                idOf(which),
                order.owner,
                order.signer,
                order.salt,
                order.credits,
                type(uint256).max
            )
        );
        bytes32 domain = keccak256(
            abi.encode(
                keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"),
                keccak256("Joulemint Credits"),
                keccak256("1"),
                block.chainid,
                address(credits)
            )
        );
        return _sign(key, domain, structHash);
    }

    function _sign(uint256 key, bytes32 domain, bytes32 structHash) private pure returns (bytes memory) {
        (uint8 v, bytes32 r, bytes32 s) = VM.sign(key, keccak256(abi.encodePacked(hex"1901", domain, structHash)));
        return abi.encodePacked(r, s, v);
    }

    function _sold(uint256 which, uint256 amount, uint256 cost) private {
        sold[which] += amount;
        dust += cost * 1e9 - amount * _offerings[which].pricePerMillion;
    }

    function _redeemed(uint256 which, uint256 amount, uint256 paid) private {
        redeemed[which] += amount;
        dust += amount * _offerings[which].pricePerMillion - paid * 1e9;
    }
}
