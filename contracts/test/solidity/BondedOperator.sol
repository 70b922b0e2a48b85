// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {TestDollar} from "../../contracts/TestDollar.sol";
import {ICredits} from "../../contracts/interfaces/ICredits.sol";
import {IOperatorBond, SignedVoucher} from "../../contracts/interfaces/IOperatorBond.sol";
import {Receipt, SignedReceipt} from "../../contracts/libraries/Receipts.sol";
import {BondMessages} from "./BondMessages.sol";
import {deploy} from "./deploy.sol";
import {RatedReceipts} from "./RatedReceipts.sol";
import {sign, signShort, typedDataHash} from "./typedData.sol";
import {VM} from "./Vm.sol";

/// @notice A bond for one metering key and two receipt keys, and what an honest operator signs with them.
abstract contract BondedOperator is RatedReceipts {
    uint256 internal constant STAKE = 1_000_005;
    uint256 private constant METERING_KEY = 1_001;
    uint256 private constant FIRST_RECEIPT_KEY = 1_002;
    uint256 private constant GATEWAYS = 2;

    TestDollar internal _token;
    ICredits internal _credits;
    IOperatorBond internal _bond;

    function setUp() public {
        _token = TestDollar(deploy("TestDollar"));
        _credits = ICredits(deploy("Credits"));
        _bond = IOperatorBond(deploy("OperatorBond", abi.encode(_credits)));
        _token.mint(address(this), STAKE);
        _token.approve(address(_bond), STAKE);
        bytes32 consent = BondMessages.meteringKeyConsent(address(this), _token);
        _bond.bond(_meteringKey(), _token, STAKE, sign(METERING_KEY, _bondDigest(consent)));
        consent = BondMessages.receiptKeyConsent(_meteringKey());
        for (uint256 key = FIRST_RECEIPT_KEY; key < FIRST_RECEIPT_KEY + GATEWAYS; ++key) {
            _bond.addReceiptKey(_meteringKey(), VM.addr(key), sign(key, _bondDigest(consent)));
        }
    }

    /// @dev Receipts of one session in their order.
    function _chain(uint256 seed, bytes32 salt, uint256 length) internal view returns (Receipt[] memory chain) {
        chain = new Receipt[](length);
        Receipt memory last;
        for (uint256 i; i < length; ++i) {
            uint256 noise = uint256(keccak256(abi.encode(seed, salt, i)));
            last = _next(last, noise);
            last.receiptKey = VM.addr(FIRST_RECEIPT_KEY + noise % GATEWAYS);
            (last.session, last.offering) = (_sessionId(salt), _offeringId());
            chain[i] = last;
        }
    }

    /// @dev Signed by the key that it names.
    function _signed(Receipt memory receipt) internal view returns (SignedReceipt memory) {
        uint256 key = FIRST_RECEIPT_KEY;
        while (VM.addr(key) != receipt.receiptKey) ++key;
        return _signedBy(key, receipt, _credits, uint256(_hash(receipt)));
    }

    function _voucher(bytes32 session, uint48 sum, bytes32 head) internal view returns (SignedVoucher memory) {
        bytes32 digest = _credits.voucherDigest(session, sum, head);
        (bytes32 r, bytes32 vs) = signShort(METERING_KEY, digest);
        return SignedVoucher(session, sum, head, r, vs);
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
