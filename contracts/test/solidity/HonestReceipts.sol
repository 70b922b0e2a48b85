// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {SignedVoucher} from "../../contracts/interfaces/IOperatorBond.sol";
import {Receipt, SignedReceipt} from "../../contracts/libraries/Receipts.sol";
import {BondedFactories} from "./BondedFactories.sol";
import {RatedReceipts} from "./RatedReceipts.sol";
import {signShort} from "./typedData.sol";
import {VM} from "./Vm.sol";

/**
 * @notice Factories that serve sessions as honest ones do.
 * @dev Receipts are signed as a ledger would have committed them, whenever they are needed.
 */
abstract contract HonestReceipts is BondedFactories, RatedReceipts {
    uint256 internal constant SESSIONS = 2;

    mapping(uint256 metering => Receipt[][SESSIONS]) internal _chains;

    constructor() {
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
        Receipt memory last;
        if (chain.length != 0) last = chain[chain.length - 1];
        Receipt memory next = _next(last, seed >> 16);
        next.receiptKey = VM.addr(_gateways[who][(seed >> 8) % GATEWAYS]);
        (next.session, next.offering) = (_sessionId(who, seed % SESSIONS), _offeringId());
        chain.push(next);
        uint256 price = _price(next);
        if (next.charge < price) _done("capture: capped");
        if (price == 0) _done("capture: free");
    }

    function _offeringId() internal view returns (bytes32) {
        return _credits.offeringId(_offering);
    }

    function _sessionId(uint256 who, uint256 session) internal view returns (bytes32) {
        return _credits.sessionId(_offeringId(), address(this), _meteringKey(who), bytes32(session));
    }

    /// @dev Signed by the key that it names.
    function _signed(Receipt memory receipt, uint256 seed) internal view returns (SignedReceipt memory) {
        return _signedBy(_privateKeys[receipt.receiptKey], receipt, _credits, seed);
    }

    function _voucher(uint256 who, Receipt memory receipt, uint256 sum, bytes32 head)
        internal
        view
        returns (SignedVoucher memory)
    {
        uint48 cumulative = uint48(sum);
        bytes32 digest = _credits.voucherDigest(receipt.session, cumulative, head);
        (bytes32 r, bytes32 vs) = signShort(_metering[who], digest);
        return SignedVoucher(receipt.session, cumulative, head, r, vs);
    }
}
