// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {Hashes} from "@openzeppelin/contracts/utils/cryptography/Hashes.sol";
import {Credits} from "../../contracts/Credits.sol";
import {OperatorBond} from "../../contracts/OperatorBond.sol";
import {TestDollar} from "../../contracts/TestDollar.sol";
import {Offering} from "../../contracts/interfaces/ICredits.sol";
import {IOperatorBond, SignedVoucher} from "../../contracts/interfaces/IOperatorBond.sol";
import {RateCard, RateCards} from "../../contracts/libraries/RateCards.sol";
import {Receipt, SignedReceipt} from "../../contracts/libraries/Receipts.sol";
import {deploy} from "./deploy.sol";
import {Handler} from "./Handler.sol";
import {ReceiptsHarness} from "../../contracts/test/ReceiptsHarness.sol";
import {VM} from "./Vm.sol";

/**
 * @notice Two bonded factories for the invariant tests. They serve sessions as honest ones do, move their stakes and
 * change their keys; they are accused with everything that they have signed; and now and then one signs what it must
 * not, is slashed for it and begins again with new keys.
 * @dev Receipts are signed as a ledger would have committed them, whenever they are needed. Keeps its own books of
 * money.
 */
contract Factories is Handler {
    uint256 public constant FACTORIES = 2;
    uint256 public constant FORGERIES = 11;
    uint256 private constant SESSIONS = 2;
    uint256 private constant GATEWAYS = 2;
    address private constant REPORTER = address(0x5E11E5);

    TestDollar public immutable token = TestDollar(deploy("TestDollar"));
    OperatorBond public immutable bond;
    Credits private immutable _credits = Credits(deploy("Credits"));
    ReceiptsHarness private immutable _receipts = ReceiptsHarness(deploy("ReceiptsHarness"));

    /// @notice Base units that went in, and where they went.
    uint256 public staked;
    uint256 public withdrawn;
    uint256 public rewarded;
    uint256 public burned;
    /// @notice Bonds that were slashed, each for a forgery.
    uint256 public slashes;
    /// @notice Metering keys of all bonds that there ever were.
    address[] public meteringKeys;

    /// @dev Private keys, which are numbers in turn; and of the factories that serve now, their gateways' by index.
    uint256 private _lastKey = 1_000;
    mapping(address key => uint256) private _privateKeys;
    uint256[FACTORIES] private _metering;
    uint256[GATEWAYS][FACTORIES] private _gateways;
    mapping(uint256 metering => Receipt[][SESSIONS]) private _chains;
    Offering private _offering;
    RateCard private _card;
    uint256 private _time = block.timestamp;

    constructor() {
        bond = OperatorBond(deploy("OperatorBond", abi.encode(_credits)));
        token.mint(address(this), 1e60);
        token.approve(address(bond), type(uint256).max);
        _card.input = 250_001;
        _card.cachedInput = 25_000;
        _card.cacheWrite = 312_500;
        _card.output = 1_000_000;
        _card.reasoning = 999_999;
        _offering.rateCardHash = RateCards.hash(_card);
        for (uint256 who; who < FACTORIES; ++who) {
            _begin(who);
        }
    }

    function bonds() external view returns (uint256) {
        return meteringKeys.length;
    }

    /* ------------------------------------------- WHAT HONEST ONES DO ----------------------------------------- */

    /// @notice Serves a call, which may charge nothing, or less than its price when the session has no more.
    function capture(uint256 who, uint256 seed) public {
        _capture(who % FACTORIES, seed);
        _done();
    }

    function _capture(uint256 who, uint256 seed) private {
        Receipt[] storage chain = _chains[_metering[who]][seed % SESSIONS];
        Receipt memory next;
        next.receiptKey = VM.addr(_gateways[who][(seed >> 8) % GATEWAYS]);
        next.session = _sessionId(who, seed % SESSIONS);
        next.offering = _offeringId();
        next.sequence = uint64(chain.length + 1);
        next.requestHash = bytes32(seed);
        next.rateCardHash = _offering.rateCardHash;
        bool free = (seed >> 16) % 3 == 0;
        if (!free) {
            // Small enough for a session's sum to fit into a voucher, whatever a campaign makes of it.
            next.input = uint24(seed >> 24);
            next.cachedInput = uint16(seed >> 56);
            next.cacheWrite = uint16(seed >> 72);
            next.output = uint64(uint24(seed >> 88)) + 1;
            next.reasoning = uint16(seed >> 120);
        }
        uint256 price = _receipts.rated(next, _card);
        bool capped = !free && (seed >> 136) % 4 == 0;
        next.charge = uint64(capped ? (seed >> 144) % price : price);
        next.cumulative = next.charge;
        if (chain.length != 0) {
            Receipt memory last = chain[chain.length - 1];
            next.previous = _receipts.hash(last);
            next.cumulative += last.cumulative;
        }
        chain.push(next);
        if (capped) _done("capture: capped");
        if (free) _done("capture: free");
    }

    function topUp(uint256 who, uint256 amount) public {
        amount = 1 + amount % 1e12;
        bond.topUp(_meteringKey(who % FACTORIES), amount);
        staked += amount;
        _done();
    }

    function unbond(uint256 who) public {
        address key = _meteringKey(who % FACTORIES);
        (,, uint256 stake, uint64 withdrawableAt,) = bond.bondOf(key);
        if (stake == 0 || withdrawableAt != 0) return;
        bond.unbond(key);
        _done();
    }

    function withdraw(uint256 who) public {
        address key = _meteringKey(who % FACTORIES);
        (,, uint256 stake, uint64 withdrawableAt,) = bond.bondOf(key);
        if (withdrawableAt == 0) return;
        if (withdrawableAt > _time) VM.warp(_time = withdrawableAt);
        require(bond.withdraw(key, address(0xCAFE)) == stake, "withdrew another amount");
        withdrawn += stake;
        _done();
    }

    function replaceKey(uint256 who, uint256 gateway) public {
        (who, gateway) = (who % FACTORIES, gateway % GATEWAYS);
        bond.removeReceiptKey(VM.addr(_gateways[who][gateway]));
        _addReceiptKey(who, gateway);
        _done();
    }

    /* ------------------------------------------- HOW THEY ARE ACCUSED ---------------------------------------- */

    /// @notice Holds what a factory has signed against it, in any combination. It must be in vain.
    function accuse(uint256 who, uint256 proof, uint256 seed) public {
        who %= FACTORIES;
        Receipt[] storage chain = _chains[_metering[who]][seed % SESSIONS];
        if (chain.length == 0) return;
        uint256 at = (seed >> 8) % chain.length;
        // Neighbours as often as any others, of this session or the other.
        uint256 after_ = (seed >> 40) % 2 == 0 && at + 1 < chain.length ? at + 1 : (seed >> 48) % chain.length;
        Receipt memory one = chain[at];
        Receipt memory other = chain[after_];
        Receipt[] storage others = _chains[_metering[who]][1 - seed % SESSIONS];
        if ((seed >> 80) % 4 == 0 && others.length != 0) other = others[(seed >> 88) % others.length];
        bytes4 reason = _try(_proof(who, proof % 8, seed, one, other, chain[(seed >> 120) % chain.length]));
        require(
            reason == IOperatorBond.OperatorBond_NoFault.selector
                || reason == IOperatorBond.OperatorBond_NotLiable.selector
                || reason == IOperatorBond.OperatorBond_HashMismatch.selector,
            "refused for another reason"
        );
        if (reason == IOperatorBond.OperatorBond_NoFault.selector) _done();
    }

    /// @notice Changes one field of what a factory has signed and signs it. What comes of it is as specified.
    function forge(uint256 who, uint256 forgery, uint256 seed) public {
        who %= FACTORIES;
        forgery %= FORGERIES;
        uint256 session = seed % SESSIONS;
        Receipt[] storage chain = _chains[_metering[who]][session];
        (,, uint256 stake,,) = bond.bondOf(_meteringKey(who));
        if (stake == 0) return;
        // Some forgeries take two receipts.
        while (chain.length < 2) {
            uint256 next = uint256(keccak256(abi.encode(seed, chain.length)));
            _capture(who, next - next % SESSIONS + session);
        }
        uint256 at = (seed >> 8) % chain.length;
        Receipt memory honest = chain[at];
        Receipt memory before;
        if (at != 0) before = chain[at - 1];
        if (!_isLiable(honest) || (at != 0 && !_isLiable(before))) return;

        uint64 change = uint64(uint32(seed >> 40)) + 1;
        // Not the seed itself, which may be what stood there before.
        bytes32 another = keccak256(abi.encode(seed));
        Receipt memory forged = _copy(honest);
        if (forgery == 0) {
            forged.responseHash = another;
            bytes memory call_ =
                abi.encodeCall(bond.proveEquivocation, (_signed(honest, seed), _signed(forged, seed), REPORTER));
            _slash(who, "forge: equivocation", call_);
        } else if (forgery == 1) {
            forged.cumulative += change;
            _slash(who, "forge: sum", _brokenChain(before, forged, at, seed));
        } else if (forgery == 2) {
            forged.sequence += change;
            _slash(who, "forge: sequence", _brokenChain(before, forged, at, seed));
        } else if (forgery == 3) {
            forged.previous = another;
            _slash(who, "forge: previous", _brokenChain(before, forged, at, seed));
        } else if (forgery == 4) {
            forged.session = another;
            // The first receipt of another session is one, whoever opened that.
            if (at == 0) _harmless(who, before, forged, at, seed);
            else _slash(who, "forge: session", _brokenChain(before, forged, at, seed));
        } else if (forgery == 5) {
            forged.offering = another;
            _slash(who, "forge: offering", _proof(who, 5, session, forged, forged, forged));
        } else if (forgery == 6) {
            forged.rateCardHash = another;
            _slash(who, "forge: rate card", _proof(who, 4, seed, forged, forged, forged));
        } else if (forgery == 7) {
            forged.charge = uint64(_receipts.rated(honest, _card)) + change;
            _slash(who, "forge: charge", _proof(who, 3, seed, forged, forged, forged));
        } else if (forgery == 8) {
            SignedVoucher memory voucher = _voucher(who, honest, honest.cumulative + change, _receipts.hash(honest));
            _slash(who, "forge: voucher", abi.encodeCall(bond.proveFalseHead, (voucher, honest, REPORTER)));
        } else if (forgery == 9) {
            if (at == 0 || before.charge == 0 || honest.charge == 0) return;
            uint256 sum = before.cumulative + (seed >> 80) % honest.charge;
            SignedVoucher memory voucher = _voucher(who, before, sum, another);
            (SignedReceipt memory one, SignedReceipt memory other) = (_signed(before, seed), _signed(honest, seed));
            _slash(who, "forge: head", abi.encodeCall(bond.proveVoucherBetween, (voucher, one, other, REPORTER)));
        } else {
            uint256 field = (seed >> 80) % 6;
            if (field == 0) forged.id = bytes16(another);
            else if (field == 1) forged.tier = uint8((forged.tier + 1) % 3);
            else if (field == 2) forged.produced += change;
            else if (field == 3) forged.flags = another;
            else if (field == 4) forged.output += change;
            else forged.endedAt += change;
            _harmless(who, before, forged, at, seed);
        }
    }

    /* ------------------------------------------------ INTERNAL ----------------------------------------------- */

    /// @dev A new bond for new keys, in the place of one that was slashed.
    function _begin(uint256 who) private {
        uint256 metering = _newKey();
        _metering[who] = metering;
        address key = VM.addr(metering);
        bytes32 consent = keccak256(
            abi.encode(
                keccak256("MeteringKeyConsent(address owner,address paymentToken)"), address(this), address(token)
            )
        );
        bond.bond(key, token, 1e6, _sign(metering, _digest("Joulemint OperatorBond", address(bond), consent)));
        staked += 1e6;
        meteringKeys.push(key);
        for (uint256 gateway; gateway < GATEWAYS; ++gateway) {
            _addReceiptKey(who, gateway);
        }
    }

    function _addReceiptKey(uint256 who, uint256 gateway) private {
        uint256 privateKey = _newKey();
        _gateways[who][gateway] = privateKey;
        address metering = _meteringKey(who);
        bytes32 consent = keccak256(abi.encode(keccak256("ReceiptKeyConsent(address meteringKey)"), metering));
        bytes memory signature = _sign(privateKey, _digest("Joulemint OperatorBond", address(bond), consent));
        bond.addReceiptKey(metering, VM.addr(privateKey), signature);
    }

    function _newKey() private returns (uint256 privateKey) {
        privateKey = ++_lastKey;
        _privateKeys[VM.addr(privateKey)] = privateKey;
    }

    /// @dev Proof number `proof` by up to two receipts and the voucher for a third.
    function _proof(
        uint256 who,
        uint256 proof,
        uint256 seed,
        Receipt memory one,
        Receipt memory other,
        Receipt memory head
    ) private view returns (bytes memory) {
        SignedReceipt memory signed = _signed(one, seed);
        if (proof == 0) return abi.encodeCall(bond.proveEquivocation, (signed, _signed(other, ~seed), REPORTER));
        if (proof == 1) return abi.encodeCall(bond.proveBrokenChain, (signed, _signed(other, ~seed), REPORTER));
        if (proof == 2) return abi.encodeCall(bond.proveBrokenStart, (signed, REPORTER));
        if (proof == 3) return abi.encodeCall(bond.proveOvercharge, (signed, _card, REPORTER));
        if (proof == 4) return abi.encodeCall(bond.proveWrongRateCard, (signed, _offering, REPORTER));
        if (proof == 5) {
            bytes32 salt = bytes32(seed % SESSIONS);
            address signer = _meteringKey(who);
            return abi.encodeCall(
                bond.proveWrongOffering, (signed, _offeringId(), address(this), signer, salt, REPORTER)
            );
        }
        SignedVoucher memory voucher = _voucher(who, head, head.cumulative, _receipts.hash(head));
        if (proof == 6) return abi.encodeCall(bond.proveFalseHead, (voucher, head, REPORTER));
        return abi.encodeCall(bond.proveVoucherBetween, (voucher, signed, _signed(other, ~seed), REPORTER));
    }

    function _brokenChain(Receipt memory before, Receipt memory forged, uint256 at, uint256 seed)
        private
        view
        returns (bytes memory)
    {
        SignedReceipt memory signed = _signed(forged, seed);
        if (at == 0) return abi.encodeCall(bond.proveBrokenStart, (signed, REPORTER));
        return abi.encodeCall(bond.proveBrokenChain, (_signed(before, seed), signed, REPORTER));
    }

    /// @dev A receipt that contradicts neither itself nor the one before it.
    function _harmless(uint256 who, Receipt memory before, Receipt memory forged, uint256 at, uint256 seed) private {
        for (uint256 proof = 2; proof < 5; ++proof) {
            _requireNoFault(_proof(who, proof, seed, forged, forged, forged));
        }
        if (at != 0) {
            _requireNoFault(_proof(who, 0, seed, before, forged, forged));
            _requireNoFault(_proof(who, 1, seed, before, forged, forged));
        }
        _done("forge: harmlessly");
    }

    function _requireNoFault(bytes memory call_) private {
        require(_try(call_) == IOperatorBond.OperatorBond_NoFault.selector, "harm in what is harmless");
    }

    function _slash(uint256 who, bytes32 kind, bytes memory call_) private {
        address key = _meteringKey(who);
        (,, uint256 stake,,) = bond.bondOf(key);
        uint256 before = token.balanceOf(REPORTER);
        (bool success,) = address(bond).call(call_);
        require(success, "a fault was not slashed");
        uint256 reward = token.balanceOf(REPORTER) - before;
        require(reward == stake / 10, "another reward");
        (rewarded, burned) = (rewarded + reward, burned + stake - reward);
        ++slashes;
        _done();
        _done(kind);
        _begin(who);
    }

    /// @dev Makes a call that must fail, and gives what it fails with.
    function _try(bytes memory call_) private returns (bytes4) {
        (bool success, bytes memory reason) = address(bond).call(call_);
        require(!success, "slashed without a fault");
        return bytes4(reason);
    }

    function _isLiable(Receipt memory receipt) private view returns (bool) {
        (, uint64 liableUntil) = bond.bondOfReceiptKey(receipt.receiptKey);
        return liableUntil == 0 || block.timestamp < liableUntil;
    }

    function _meteringKey(uint256 who) private view returns (address) {
        return VM.addr(_metering[who]);
    }

    function _offeringId() private view returns (bytes32) {
        return _credits.offeringId(_offering);
    }

    function _sessionId(uint256 who, uint256 session) private view returns (bytes32) {
        return _credits.sessionId(_offeringId(), address(this), _meteringKey(who), bytes32(session));
    }

    /// @dev Signed by the key that it names, in a batch of up to four.
    function _signed(Receipt memory receipt, uint256 seed) private view returns (SignedReceipt memory signed) {
        bytes32 root = keccak256(abi.encode(_receipts.hash(receipt)));
        signed.receipt = receipt;
        signed.proof = new bytes32[](seed % 3);
        for (uint256 i; i < signed.proof.length; ++i) {
            signed.proof[i] = keccak256(abi.encode(seed, i));
            root = Hashes.commutativeKeccak256(root, signed.proof[i]);
        }
        bytes32 batch = keccak256(abi.encode(keccak256("ReceiptBatch(bytes32 root)"), root));
        signed.signature =
            _sign(_privateKeys[receipt.receiptKey], _digest("Joulemint", address(_credits), batch));
    }

    function _voucher(uint256 who, Receipt memory receipt, uint256 sum, bytes32 head)
        private
        view
        returns (SignedVoucher memory)
    {
        uint48 cumulative = uint48(sum);
        bytes32 digest = _credits.voucherDigest(receipt.session, cumulative, head);
        (uint8 v, bytes32 r, bytes32 s) = VM.sign(_metering[who], digest);
        return SignedVoucher(receipt.session, cumulative, head, r, bytes32(uint256(s) | uint256(v - 27) << 255));
    }

    function _sign(uint256 privateKey, bytes32 digest) private pure returns (bytes memory) {
        (uint8 v, bytes32 r, bytes32 s) = VM.sign(privateKey, digest);
        return abi.encodePacked(r, s, v);
    }

    function _digest(string memory name, address verifyingContract, bytes32 structHash)
        private
        view
        returns (bytes32)
    {
        bytes32 domain = keccak256(
            abi.encode(
                keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"),
                keccak256(bytes(name)),
                keccak256("1"),
                block.chainid,
                verifyingContract
            )
        );
        return keccak256(abi.encodePacked(hex"1901", domain, structHash));
    }

    function _copy(Receipt memory receipt) private pure returns (Receipt memory) {
        return abi.decode(abi.encode(receipt), (Receipt));
    }
}
