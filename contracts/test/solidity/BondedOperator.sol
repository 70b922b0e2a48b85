// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {Hashes} from "@openzeppelin/contracts/utils/cryptography/Hashes.sol";
import {TestDollar} from "../../contracts/TestDollar.sol";
import {ICredits, Offering} from "../../contracts/interfaces/ICredits.sol";
import {IOperatorBond, SignedVoucher} from "../../contracts/interfaces/IOperatorBond.sol";
import {RateCard, RateCards} from "../../contracts/libraries/RateCards.sol";
import {Receipt, Receipts, SignedReceipt} from "../../contracts/libraries/Receipts.sol";
import {deploy} from "./deploy.sol";
import {sign, typedDataHash} from "./typedData.sol";
import {VM} from "./Vm.sol";

/// @notice A bond for one metering key and two receipt keys, and what an honest operator signs with them.
abstract contract BondedOperator {
    uint256 internal constant STAKE = 1_000_005;
    uint256 private constant METERING_KEY = 1_001;
    uint256 private constant FIRST_RECEIPT_KEY = 1_002;
    uint256 private constant GATEWAYS = 2;

    TestDollar internal _token;
    ICredits internal _credits;
    IOperatorBond internal _bond;
    Offering internal _offering;
    RateCard internal _card;

    function setUp() public {
        _token = TestDollar(deploy("TestDollar"));
        _credits = ICredits(deploy("Credits"));
        _bond = IOperatorBond(deploy("OperatorBond", abi.encode(_credits)));
        _card.input = 250_001;
        _card.cachedInput = 25_000;
        _card.cacheWrite = 312_500;
        _card.output = 1_000_000;
        _card.reasoning = 999_999;
        _offering.rateCardHash = RateCards.hash(_card);

        _token.mint(address(this), STAKE);
        _token.approve(address(_bond), STAKE);
        bytes32 consent = keccak256(
            abi.encode(
                keccak256("MeteringKeyConsent(address owner,address paymentToken)"), address(this), address(_token)
            )
        );
        _bond.bond(_meteringKey(), _token, STAKE, sign(METERING_KEY, _bondDigest(consent)));
        consent = keccak256(abi.encode(keccak256("ReceiptKeyConsent(address meteringKey)"), _meteringKey()));
        for (uint256 key = FIRST_RECEIPT_KEY; key < FIRST_RECEIPT_KEY + GATEWAYS; ++key) {
            _bond.addReceiptKey(_meteringKey(), VM.addr(key), sign(key, _bondDigest(consent)));
        }
    }

    /// @dev Receipts of one session in their order: some charge nothing, some less than their price.
    function _chain(uint256 seed, bytes32 salt, uint256 length) internal view returns (Receipt[] memory chain) {
        chain = new Receipt[](length);
        for (uint256 i; i < length; ++i) {
            uint256 noise = uint256(keccak256(abi.encode(seed, salt, i)));
            Receipt memory next = chain[i];
            next.id = bytes16(bytes32(noise));
            next.receiptKey = VM.addr(FIRST_RECEIPT_KEY + noise % GATEWAYS);
            next.session = _sessionId(salt);
            next.offering = _offeringId();
            next.sequence = uint64(i + 1);
            next.rateCardHash = _offering.rateCardHash;
            bool free = (noise >> 8) % 3 == 0;
            if (!free) {
                next.input = uint24(noise >> 16);
                next.cachedInput = uint16(noise >> 40);
                next.cacheWrite = uint16(noise >> 56);
                next.output = uint24(noise >> 72);
                next.reasoning = 1 + uint64(uint16(noise >> 96));
            }
            uint256 price = _price(next);
            bool capped = !free && (noise >> 112) % 4 == 0;
            next.charge = uint64(capped ? (noise >> 120) % price : price);
            next.cumulative = next.charge;
            if (i == 0) continue;
            next.previous = _hash(chain[i - 1]);
            next.cumulative += chain[i - 1].cumulative;
        }
    }

    /// @dev Signed by the key that it names, in a batch of up to four.
    function _signed(Receipt memory receipt) internal view returns (SignedReceipt memory signed) {
        bytes32 root = keccak256(abi.encode(_hash(receipt)));
        signed.receipt = receipt;
        signed.proof = new bytes32[](uint256(root) % 3);
        for (uint256 i; i < signed.proof.length; ++i) {
            signed.proof[i] = keccak256(abi.encode(root, i));
            root = Hashes.commutativeKeccak256(root, signed.proof[i]);
        }
        uint256 key = FIRST_RECEIPT_KEY;
        while (VM.addr(key) != receipt.receiptKey) ++key;
        bytes32 batch = keccak256(abi.encode(keccak256("ReceiptBatch(bytes32 root)"), root));
        signed.signature = sign(key, typedDataHash("Joulemint", block.chainid, address(_credits), batch));
    }

    function _voucher(bytes32 session, uint48 sum, bytes32 head) internal view returns (SignedVoucher memory) {
        bytes32 digest = _credits.voucherDigest(session, sum, head);
        (uint8 v, bytes32 r, bytes32 s) = VM.sign(METERING_KEY, digest);
        return SignedVoucher(session, sum, head, r, bytes32(uint256(s) | uint256(v - 27) << 255));
    }

    function _hash(Receipt memory receipt) internal pure returns (bytes32) {
        return keccak256(abi.encode(Receipts.TYPEHASH, receipt));
    }

    /// @dev Millicredits that the rate card makes of a receipt's usage.
    function _price(Receipt memory r) internal view returns (uint256) {
        uint256 microcredits = uint256(_card.input) * r.input + uint256(_card.cachedInput) * r.cachedInput
            + uint256(_card.cacheWrite) * r.cacheWrite + uint256(_card.output) * r.output
            + uint256(_card.reasoning) * r.reasoning;
        return (microcredits + 999) / 1_000;
    }

    function _meteringKey() internal pure returns (address) {
        return VM.addr(METERING_KEY);
    }

    function _offeringId() internal view returns (bytes32) {
        return _credits.offeringId(_offering);
    }

    function _sessionId(bytes32 salt) internal view returns (bytes32) {
        return _credits.sessionId(_offeringId(), address(this), _meteringKey(), salt);
    }

    function _bondDigest(bytes32 consent) private view returns (bytes32) {
        return typedDataHash("Joulemint OperatorBond", block.chainid, address(_bond), consent);
    }
}
