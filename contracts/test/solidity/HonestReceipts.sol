// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {Hashes} from "@openzeppelin/contracts/utils/cryptography/Hashes.sol";
import {Offering} from "../../contracts/interfaces/ICredits.sol";
import {SignedVoucher} from "../../contracts/interfaces/IOperatorBond.sol";
import {RateCard, RateCards} from "../../contracts/libraries/RateCards.sol";
import {Receipt, SignedReceipt} from "../../contracts/libraries/Receipts.sol";
import {ReceiptsHarness} from "../../contracts/test/ReceiptsHarness.sol";
import {BondedFactories} from "./BondedFactories.sol";
import {deploy} from "./deploy.sol";
import {sign, typedDataHash} from "./typedData.sol";
import {VM} from "./Vm.sol";

/**
 * @notice Factories that serve sessions as honest ones do.
 * @dev Receipts are signed as a ledger would have committed them, whenever they are needed.
 */
abstract contract HonestReceipts is BondedFactories {
    uint256 internal constant SESSIONS = 2;

    ReceiptsHarness internal immutable _receipts = ReceiptsHarness(deploy("ReceiptsHarness"));
    mapping(uint256 metering => Receipt[][SESSIONS]) internal _chains;
    Offering internal _offering;
    RateCard internal _card;

    constructor() {
        _card.input = 250_001;
        _card.cachedInput = 25_000;
        _card.cacheWrite = 312_500;
        _card.output = 1_000_000;
        _card.reasoning = 999_999;
        _offering.rateCardHash = RateCards.hash(_card);
        _declare("capture: capped");
        _declare("capture: free");
    }

    /// @notice Serves a call, which may charge nothing, or less than its price when the session has no more.
    function capture(uint256 who, uint256 seed) public {
        _capture(who % FACTORIES, seed);
        _done();
    }

    function _capture(uint256 who, uint256 seed) internal {
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

    function _offeringId() internal view returns (bytes32) {
        return _credits.offeringId(_offering);
    }

    function _sessionId(uint256 who, uint256 session) internal view returns (bytes32) {
        return _credits.sessionId(_offeringId(), address(this), _meteringKey(who), bytes32(session));
    }

    /// @dev Signed by the key that it names, in a batch of up to four.
    function _signed(Receipt memory receipt, uint256 seed) internal view returns (SignedReceipt memory signed) {
        bytes32 root = keccak256(abi.encode(_receipts.hash(receipt)));
        signed.receipt = receipt;
        signed.proof = new bytes32[](seed % 3);
        for (uint256 i; i < signed.proof.length; ++i) {
            signed.proof[i] = keccak256(abi.encode(seed, i));
            root = Hashes.commutativeKeccak256(root, signed.proof[i]);
        }
        bytes32 batch = keccak256(abi.encode(keccak256("ReceiptBatch(bytes32 root)"), root));
        bytes32 digest = typedDataHash("Joulemint", block.chainid, address(_credits), batch);
        signed.signature = sign(_privateKeys[receipt.receiptKey], digest);
    }

    function _voucher(uint256 who, Receipt memory receipt, uint256 sum, bytes32 head)
        internal
        view
        returns (SignedVoucher memory)
    {
        uint48 cumulative = uint48(sum);
        bytes32 digest = _credits.voucherDigest(receipt.session, cumulative, head);
        (uint8 v, bytes32 r, bytes32 s) = VM.sign(_metering[who], digest);
        return SignedVoucher(receipt.session, cumulative, head, r, bytes32(uint256(s) | uint256(v - 27) << 255));
    }
}
