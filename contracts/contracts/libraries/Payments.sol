// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Permit.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {LowLevelCall} from "@openzeppelin/contracts/utils/LowLevelCall.sol";
import {IAuthorizedTransfers} from "../interfaces/IAuthorizedTransfers.sol";
import {ICredits, Order, Payment} from "../interfaces/ICredits.sol";
import {IPermit2} from "../interfaces/IPermit2.sol";

/**
 * @title Payments
 * @notice Takes the price of an order from a payer who signed for it.
 * @dev What a payer signs names the order, so that whoever brings it to the chain can change nothing: by the nonce of
 * an EIP-3009 authorization, or as the witness of a Permit2 transfer. A permit (EIP-2612) names no order; hence it
 * counts from its payer only.
 */
library Payments {
    using SafeERC20 for IERC20;

    uint8 private constant PERMIT = 0;
    uint8 private constant AUTHORIZATION = 1;
    uint8 private constant PERMIT2 = 2;

    /// @dev The same on every chain.
    IPermit2 private constant PERMIT2_CONTRACT = IPermit2(0x000000000022D473030F116dDEE9F6B43aC78BA3);

    bytes32 private constant ORDER_TYPEHASH = keccak256(
        "Order(bytes32 offering,address owner,address signer,bytes32 salt,uint48 credits,uint256 nonce)"
    );
    string private constant WITNESS_TYPE =
        "Order witness)Order(bytes32 offering,address owner,address signer,bytes32 salt,uint48 credits,uint256 nonce)"
        "TokenPermissions(address token,uint256 amount)";

    /// @notice EIP-712 struct hash of an order of an offering; `nonce` is its payer's to choose.
    function orderHash(bytes32 offering, Order calldata order, uint256 nonce) internal pure returns (bytes32) {
        return keccak256(
            abi.encode(ORDER_TYPEHASH, offering, order.owner, order.signer, order.salt, order.credits, nonce)
        );
    }

    /**
     * @notice Has `cost` moved to this contract.
     * @param signature `payment.signature`, unwrapped.
     */
    function takeSigned(
        address token,
        uint256 cost,
        bytes32 offering,
        Order calldata order,
        Payment calldata payment,
        bytes memory signature
    ) internal {
        (address payer, uint8 method) = (payment.payer, payment.method);
        if (method == AUTHORIZATION) {
            _receiveAuthorized(token, cost, orderHash(offering, order, payment.nonce), payment, signature);
        } else if (method == PERMIT2) {
            PERMIT2_CONTRACT.permitWitnessTransferFrom(
                IPermit2.PermitTransferFrom({
                    permitted: IPermit2.TokenPermissions({token: token, amount: cost}),
                    nonce: payment.nonce,
                    deadline: payment.deadline
                }),
                IPermit2.SignatureTransferDetails({to: address(this), requestedAmount: cost}),
                payer,
                orderHash(offering, order, payment.nonce),
                WITNESS_TYPE,
                signature
            );
        } else if (method == PERMIT) {
            if (payer != msg.sender) revert ICredits.Credits_NotPayer(payer, msg.sender);
            (bytes32 r, bytes32 s, uint8 v) = _parts(signature);
            // Somebody else may have used the permit first: then the allowance is there all the same.
            // solhint-disable-next-line no-empty-blocks
            try IERC20Permit(token).permit(payer, address(this), cost, payment.deadline, v, r, s) {} catch {}
            IERC20(token).safeTransferFrom(payer, address(this), cost);
        } else {
            revert ICredits.Credits_UnknownPaymentMethod(method);
        }
    }

    /// @dev Only the payee can use such an authorization, so nobody can use it for anything but the order.
    function _receiveAuthorized(
        address token,
        uint256 cost,
        bytes32 nonce,
        Payment calldata payment,
        bytes memory signature
    ) private {
        IAuthorizedTransfers transfers = IAuthorizedTransfers(token);
        (address payer, uint256 deadline) = (payment.payer, payment.deadline);
        if (signature.length == 65) {
            (bytes32 r, bytes32 s, uint8 v) = _parts(signature);
            try transfers.receiveWithAuthorization(payer, address(this), cost, 0, deadline, nonce, v, r, s) {
                return;
            } catch (bytes memory reason) {
                // A contract's signature may be as long as a key's. Older tokens know keys only.
                if (payer.code.length == 0) LowLevelCall.bubbleRevert(reason);
            }
        }
        transfers.receiveWithAuthorization(payer, address(this), cost, 0, deadline, nonce, signature);
    }

    /// @dev The parts of a signature by a key; of anything else, parts that no token takes.
    function _parts(bytes memory signature) private pure returns (bytes32 r, bytes32 s, uint8 v) {
        if (signature.length != 65) return (r, s, v);
        (r, s) = abi.decode(signature, (bytes32, bytes32));
        v = uint8(signature[64]);
    }
}
