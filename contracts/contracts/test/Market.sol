// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {IERC1271} from "@openzeppelin/contracts/interfaces/IERC1271.sol";
import {Credits} from "../Credits.sol";
import {Shares} from "../Shares.sol";
import {TestDollar} from "../TestDollar.sol";
import {Offering} from "../interfaces/ICredits.sol";
import {VM} from "./Vm.sol";

/// @notice An operator that agrees to everything.
contract AgreeableOperator is IERC1271 {
    /// @inheritdoc IERC1271
    function isValidSignature(bytes32, bytes calldata) external pure returns (bytes4) {
        return IERC1271.isValidSignature.selector;
    }
}

/**
 * @notice A market for the invariant tests: two offerings of one model, of which the second is not transferable, three people, and every operation that moves
 * credits, money or shares, each with arguments that make it succeed.
 * @dev The market itself is the model's owner. It keeps its own books, of what went in
 * and out, to compare with the state of the contracts.
 */
contract Market {
    struct Opened {
        uint256 offering;
        address owner;
        bytes32 salt;
        bytes32 id;
    }

    uint256 public constant OFFERINGS = 2;
    uint256 public constant PEOPLE = 3;
    uint256 private constant SIGNER_KEY = 7;

    TestDollar public immutable token = new TestDollar();
    Credits public immutable credits = new Credits();
    Shares public immutable shares;
    address public immutable signer = VM.addr(SIGNER_KEY);
    address[PEOPLE] public people;
    address private immutable _operator = address(new AgreeableOperator());
    Offering[OFFERINGS] private _offerings;
    Opened[] private _sessions;
    uint256 private _time = block.timestamp;

    /// @notice Millicredits sold, redeemed, and consumed out of wallets, by offering.
    uint256[OFFERINGS] public sold;
    uint256[OFFERINGS] public redeemed;
    uint256[OFFERINGS] public exercised;
    /// @notice Receipts of what was consumed out of wallets, and whether one ever came twice.
    mapping(bytes32 receipt => bool) public receipts;
    bool public receiptCameTwice;
    /// @notice Whether credits ever went from one wallet to another that must not.
    bool public boundCreditsMoved;
    /// @notice What rounding left to the contract when credits were sold and redeemed, in 1e-9 base units.
    uint256 public dust;
    /// @notice Base units sent to the shares from outside.
    uint256 public gifts;
    /// @notice The highest use seen of every session.
    mapping(bytes32 session => uint256) public highestUse;

    constructor() {
        address[] memory holders = new address[](PEOPLE);
        uint64[] memory amounts = new uint64[](PEOPLE);
        for (uint256 i; i < PEOPLE; ++i) {
            people[i] = VM.addr(100 + i);
            (holders[i], amounts[i]) = (people[i], uint64(1_000_003 * (i + 1)));
            token.mint(people[i], 1e30);
            VM.prank(people[i]);
            token.approve(address(credits), type(uint256).max);
        }
        shares = new Shares("Model", "MODEL", token, address(this), holders, amounts);
        _register(0, 1_999_999, 3_333, 3_334, true);
        _register(1, 7, 9_000, 1_000, false);
    }

    function offering(uint256 index) external view returns (Offering memory) {
        return _offerings[index];
    }

    function sessions() external view returns (Opened[] memory) {
        return _sessions;
    }

    /* ----------------------------------------------- OPERATIONS ---------------------------------------------- */

    function buy(uint256 who, uint256 which, uint256 amount) public {
        (who, which, amount) = (who % PEOPLE, which % OFFERINGS, _amount(amount));
        VM.prank(people[who]);
        uint256 cost = credits.buy(_offerings[which], uint48(amount), people[who]);
        _sold(which, amount, cost);
    }

    function buyAndOpen(uint256 who, uint256 which, uint256 amount) public {
        (who, which, amount) = (who % PEOPLE, which % OFFERINGS, _amount(amount));
        bytes32 salt = bytes32(_sessions.length);
        uint256 before = token.balanceOf(address(credits));
        VM.prank(people[who]);
        bytes32 id = credits.buyAndOpen(_offerings[which], signer, salt, uint48(amount));
        _sold(which, amount, token.balanceOf(address(credits)) - before);
        _sessions.push(Opened(which, people[who], salt, id));
    }

    function open(uint256 who, uint256 which, uint256 amount) public {
        (who, which) = (who % PEOPLE, which % OFFERINGS);
        uint256 balance = walletOf(who, which);
        if (balance == 0) return;
        bytes32 salt = bytes32(_sessions.length);
        VM.prank(people[who]);
        bytes32 id = credits.open(_offerings[which], signer, salt, uint48(1 + amount % balance));
        _sessions.push(Opened(which, people[who], salt, id));
    }

    function topUp(uint256 who, uint256 at, uint256 amount) public {
        (Opened memory opened, bool usable) = _session(at);
        (,,, uint64 closableAt) = credits.session(idOf(opened.offering), opened.id);
        if (!usable || closableAt != 0) return;
        (who, amount) = (who % PEOPLE, _amount(amount));
        uint256 before = token.balanceOf(address(credits));
        VM.prank(people[who]);
        credits.topUp(_offerings[opened.offering], opened.owner, signer, opened.salt, uint48(amount));
        _sold(opened.offering, amount, token.balanceOf(address(credits)) - before);
    }

    /// @dev Two rows, of which the second may be stale, forged, over the cap, or of a closed or foreign session.
    function settle(uint256 first, uint256 second, uint256 amount, bool forged, bool releasing) public {
        if (_sessions.length == 0) return;
        Opened memory opened = _sessions[first % _sessions.length];
        bytes memory rows = abi.encodePacked(
            _row(opened, amount, SIGNER_KEY),
            _row(_sessions[second % _sessions.length], amount >> 128, forged ? SIGNER_KEY + 1 : SIGNER_KEY)
        );
        if (releasing) credits.settleAndRelease(_offerings[opened.offering], rows, bytes32(amount));
        else credits.settle(_offerings[opened.offering], rows, bytes32(amount));
    }

    function release(uint256 which) public {
        credits.release(_offerings[which % OFFERINGS]);
    }

    function requestClose(uint256 at) public {
        (Opened memory opened, bool usable) = _session(at);
        (,,, uint64 closableAt) = credits.session(idOf(opened.offering), opened.id);
        if (!usable || closableAt != 0) return;
        VM.prank(opened.owner);
        credits.requestClose(_offerings[opened.offering], signer, opened.salt);
    }

    function close(uint256 at, bool cooperative) public {
        (Opened memory opened, bool usable) = _session(at);
        (, uint48 cap, uint48 used, uint64 closableAt) = credits.session(idOf(opened.offering), opened.id);
        if (!usable || (!cooperative && closableAt == 0)) return;
        if (!cooperative && closableAt > _time) VM.warp(_time = closableAt);
        VM.prank(opened.owner);
        uint256 amount = credits.close(
            _offerings[opened.offering], signer, opened.salt, opened.owner, cooperative ? bytes("consent") : bytes("")
        );
        _redeemed(opened.offering, cap - used, amount);
    }

    function redeem(uint256 who, uint256 which, uint256 amount) public {
        (who, which) = (who % PEOPLE, which % OFFERINGS);
        uint256 balance = walletOf(who, which);
        if (balance == 0) return;
        amount = 1 + amount % balance;
        VM.prank(people[who]);
        _redeemed(which, amount, credits.redeem(_offerings[which], amount, people[who]));
    }

    function consume(uint256 who, uint256 which, uint256 amount) public {
        (who, which) = (who % PEOPLE, which % OFFERINGS);
        uint256 balance = walletOf(who, which);
        if (balance == 0) return;
        amount = 1 + amount % balance;
        VM.prank(people[who]);
        // Always the same subject, so that nothing but the sequence tells receipts apart.
        bytes32 receipt = credits.consume(_offerings[which], amount, 0);
        exercised[which] += amount;
        if (receipts[receipt]) receiptCameTwice = true;
        receipts[receipt] = true;
    }

    function claim(uint256 which, uint8 role) public {
        credits.claim(_offerings[which % OFFERINGS], role % 2);
    }

    function transferCredits(uint256 from, uint256 to, uint256 which, uint256 amount) public {
        (from, to, which) = (from % PEOPLE, to % PEOPLE, which % OFFERINGS);
        amount %= walletOf(from, which) + 1;
        // Asked before the prank, which covers one call.
        uint256 id = uint256(idOf(which));
        bool transferable = _offerings[which].transferable;
        VM.prank(people[from]);
        try credits.safeTransferFrom(people[from], people[to], id, amount, "") {
            if (!transferable) boundCreditsMoved = true;
        } catch {
            require(!transferable, "a transfer failed");
        }
    }

    function transferShares(uint256 from, uint256 to, uint256 amount) public {
        (from, to) = (from % PEOPLE, to % PEOPLE);
        amount %= shares.balanceOf(people[from]) + 1;
        VM.prank(people[from]);
        shares.transfer(people[to], amount);
    }

    function claimShares(uint256 who) public {
        shares.claim(people[who % PEOPLE]);
    }

    function giveToShares(uint256 amount) public {
        amount %= 1e12;
        gifts += amount;
        token.mint(address(shares), amount);
        shares.accrue();
    }

    /* ------------------------------------------------- VIEWS ------------------------------------------------- */

    function idOf(uint256 which) public view returns (bytes32) {
        return credits.offeringId(_offerings[which]);
    }

    function walletOf(uint256 who, uint256 which) public view returns (uint256) {
        return credits.balanceOf(people[who], uint256(idOf(which)));
    }

    /* ------------------------------------------------ INTERNAL ----------------------------------------------- */

    function _register(uint256 index, uint64 price, uint16 holdersBps, uint16 treasuryBps, bool transferable) private {
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
            treasury: address(0x7EA5),
            operator: _operator,
            sellUntil: type(uint64).max,
            exitDelay: 1 hours,
            expiresAt: 0,
            transferable: transferable
        });
        credits.register(_offerings[index], "");
    }

    /// @dev From one millicredit to a million credits, of every magnitude.
    function _amount(uint256 seed) private pure returns (uint256) {
        return 1 + (seed >> 8) % 10 ** (1 + seed % 9);
    }

    /// @dev A session, and whether it is open.
    function _session(uint256 at) private view returns (Opened memory opened, bool usable) {
        if (_sessions.length == 0) return (opened, false);
        opened = _sessions[at % _sessions.length];
        (, uint48 cap,,) = credits.session(idOf(opened.offering), opened.id);
        return (opened, cap != 0);
    }

    function _row(Opened memory opened, uint256 seed, uint256 key) private view returns (bytes memory) {
        (, uint48 cap,,) = credits.session(idOf(opened.offering), opened.id);
        // Now and then above the cap.
        uint48 cumulative = uint48(seed % (uint256(cap) + cap / 8 + 2));
        bytes32 head = bytes32(seed);
        (uint8 v, bytes32 r, bytes32 s) = VM.sign(key, credits.voucherDigest(opened.id, cumulative, head));
        return abi.encodePacked(opened.id, cumulative, head, r, bytes32(uint256(s) | uint256(v - 27) << 255));
    }

    function _sold(uint256 which, uint256 amount, uint256 cost) private {
        sold[which] += amount;
        dust += cost * 1e9 - amount * _offerings[which].pricePerMillion;
    }

    function _redeemed(uint256 which, uint256 amount, uint256 paid) private {
        redeemed[which] += amount;
        dust += amount * _offerings[which].pricePerMillion - paid * 1e9;
    }

    /// @notice Remembers the use of every session, and says whether none has ever gone down.
    function usesOnlyGrow() external returns (bool) {
        for (uint256 i; i < _sessions.length; ++i) {
            (,, uint48 used,) = credits.session(idOf(_sessions[i].offering), _sessions[i].id);
            if (used < highestUse[_sessions[i].id]) return false;
            highestUse[_sessions[i].id] = used;
        }
        return true;
    }
}
