// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {MessageHashUtils} from "@openzeppelin/contracts/utils/cryptography/MessageHashUtils.sol";
import {Offering, Order, Payment} from "../../contracts/interfaces/ICredits.sol";
import {CreditSignatures} from "./CreditSignatures.sol";
import {Market} from "./Market.sol";
import {VM} from "./Vm.sol";
import {Flaw, VoucherRows} from "./VoucherRows.sol";

/// @notice Every call by which somebody may go for what belongs to the owner of a session: credits, money, shares, or
/// the place of an account of the split.
abstract contract Crimes is Market {
    uint256 internal constant CRIMES = 21;
    uint256 internal constant CRIMINAL_KEY = 666;
    bytes32 private constant PERMIT_TYPEHASH =
        keccak256("Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)");

    /// @dev The name of a crime, whom it calls, and with what. Nothing signed by the victim is meant for it.
    function _crime(uint256 crime, Opened memory victim, address criminal, uint48 amount)
        internal
        view
        returns (bytes32 kind, address target, bytes memory call_)
    {
        if (crime >= 18) return _crimeOfShares(crime, victim, criminal, amount);
        target = address(credits);
        Offering memory o = _offerings[victim.offering];
        address signer = VM.addr(victim.key);
        (address owner, bytes32 salt, uint256 id) = (victim.owner, victim.salt, uint256(idOf(victim.offering)));
        if (crime == 0) {
            (kind, call_) = ("seize: redeem", abi.encodeCall(credits.redeem, (o, amount, criminal)));
        } else if (crime == 1) {
            (kind, call_) = ("seize: consume", abi.encodeCall(credits.consume, (o, amount, 0)));
        } else if (crime == 2) {
            (kind, call_) = ("seize: requestClose", abi.encodeCall(credits.requestClose, (o, signer, salt)));
        } else if (crime == 3) {
            call_ = abi.encodeCall(credits.close, (o, signer, salt, criminal, ""));
            kind = "seize: close";
        } else if (crime == 4) {
            call_ = abi.encodeCall(credits.close, (o, signer, salt, criminal, "consent"));
            kind = "seize: close with consent";
        } else if (crime == 5) {
            call_ = abi.encodeCall(credits.safeTransferFrom, (owner, criminal, id, amount, ""));
            kind = "seize: safeTransferFrom";
        } else if (crime == 6) {
            (uint256[] memory ids, uint256[] memory amounts) = (new uint256[](1), new uint256[](1));
            (ids[0], amounts[0]) = (id, amount);
            call_ = abi.encodeCall(credits.safeBatchTransferFrom, (owner, criminal, ids, amounts, ""));
            kind = "seize: safeBatchTransferFrom";
        } else if (crime == 7) {
            (kind, call_) = ("seize: open", abi.encodeCall(credits.open, (o, criminal, salt, amount)));
        } else if (crime == 8) {
            Order memory order = Order(owner, criminal, salt, amount);
            bytes memory forged = CreditSignatures.opening(credits, bytes32(id), order, CRIMINAL_KEY);
            call_ = abi.encodeCall(credits.openFor, (o, order, type(uint256).max, forged));
            kind = "seize: openFor, forged";
        } else if (crime == 9) {
            Order memory order = Order(owner, signer, ~salt, amount);
            bytes memory signature = CreditSignatures.opening(credits, bytes32(id), order, _keyOf(owner));
            order.signer = criminal;
            call_ = abi.encodeCall(credits.openFor, (o, order, type(uint256).max, signature));
            kind = "seize: openFor, redirected";
        } else if (crime == 10) {
            (kind, call_) = ("seize: buy", abi.encodeCall(credits.buy, (o, amount, criminal)));
        } else if (crime == 11) {
            (kind, call_) = ("seize: buyAndOpen", abi.encodeCall(credits.buyAndOpen, (o, criminal, salt, amount)));
        } else if (crime == 12) {
            (kind, call_) = ("seize: topUp", abi.encodeCall(credits.topUp, (o, owner, signer, salt, amount)));
        } else if (crime == 13) {
            // By the allowance of the victim, with and without a session.
            address key = amount % 2 == 0 ? criminal : address(0);
            Payment memory payment = Payment(owner, uint8(amount % 3), 0, type(uint256).max, new bytes(65));
            call_ = abi.encodeCall(credits.purchase, (o, Order(criminal, key, salt, amount), payment));
            kind = "seize: purchase, unsigned";
        } else if (crime == 14) {
            Order memory order = Order(owner, address(0), salt, amount);
            Payment memory payment =
                CreditSignatures.authorization(credits, o, order, ~uint256(0), owner, _keyOf(owner));
            order.owner = criminal;
            call_ = abi.encodeCall(credits.purchase, (o, order, payment));
            kind = "seize: purchase, redirected";
        } else if (crime == 15) {
            // Anybody but the owner for an operator that agrees; the owner for somebody who does not.
            o.kind = keccak256(abi.encode(amount));
            if (criminal == address(this)) o.operator = owner;
            (kind, call_) = ("seize: register", abi.encodeCall(credits.register, (o, new bytes(65))));
        } else if (crime == 16) {
            // The accounts of the split hand over their own place, and nobody else's.
            uint8 role = criminal == credits.account(o, 1) || (criminal != o.operator && amount % 2 == 0) ? 0 : 1;
            (kind, call_) = ("seize: handOver", abi.encodeCall(credits.handOver, (o, role, criminal)));
        } else {
            (,, uint48 used,) = credits.session(bytes32(id), victim.id);
            bytes memory row = VoucherRows.row(credits, victim.id, used + amount, 0, CRIMINAL_KEY, Flaw.None);
            (kind, call_) = ("seize: settle", abi.encodeCall(credits.settle, (o, row, 0)));
        }
    }

    function _crimeOfShares(uint256 crime, Opened memory victim, address criminal, uint48 amount)
        private
        view
        returns (bytes32 kind, address target, bytes memory call_)
    {
        target = address(shares);
        address owner = victim.owner;
        if (crime == 18) {
            (kind, call_) = ("seize: shares", abi.encodeCall(shares.transferFrom, (owner, criminal, amount)));
        } else if (crime == 19) {
            bytes32 permit = keccak256(
                abi.encode(PERMIT_TYPEHASH, owner, criminal, amount, shares.nonces(owner), type(uint256).max)
            );
            (uint8 v, bytes32 r, bytes32 s) =
                VM.sign(CRIMINAL_KEY, MessageHashUtils.toTypedDataHash(shares.DOMAIN_SEPARATOR(), permit));
            call_ = abi.encodeCall(shares.permit, (owner, criminal, amount, type(uint256).max, v, r, s));
            kind = "seize: permit of shares";
        } else {
            (kind, call_) = ("seize: revenue", abi.encodeCall(shares.claimTo, (criminal)));
        }
    }

    /// @dev The private key that signs for one of the people.
    function _keyOf(address person) private view returns (uint256) {
        for (uint256 i; i < PEOPLE; ++i) {
            if (people[i] == person) return _key(i);
        }
        revert("nobody of these");
    }
}
