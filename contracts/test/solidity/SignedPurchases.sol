// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {Order, Payment} from "../../contracts/interfaces/ICredits.sol";
import {CreditSignatures} from "./CreditSignatures.sol";
import {deployPermit2, PERMIT2} from "./deployPermit2.sol";
import {SignedMessages} from "./SignedMessages.sol";
import {VM} from "./Vm.sol";

/// @notice Brings purchases, too, which are signed for the payment token or for Permit2.
abstract contract SignedPurchases is SignedMessages {
    function setUp() public override {
        super.setUp();
        deployPermit2();
        for (uint256 which; which < 2; ++which) {
            VM.prank(VM.addr(PERSON_KEY + which));
            _token.approve(PERMIT2, type(uint256).max);
        }
    }

    function purchaseByAuthorization(uint256 chain, uint256 which) external {
        Order memory order = _order(which, "authorization");
        bytes32 authorization = CreditSignatures.authorizationHash(_credits, _terms, order, 0, order.owner);
        bytes memory signature = _signed(PERSON_KEY + which, "Test Dollar", chain, address(_token), authorization);
        _credits.purchase(_terms, order, Payment(order.owner, 1, 0, type(uint256).max, signature));
    }

    function purchaseByPermit(uint256 chain, uint256 which) external {
        Order memory order = _order(which, "permit");
        bytes32 permit = _permit(order.owner, address(_credits), COST);
        bytes memory signature = _signed(PERSON_KEY + which, "Test Dollar", chain, address(_token), permit);
        VM.prank(order.owner);
        _credits.purchase(_terms, order, Payment(order.owner, 0, 0, LATER, signature));
    }

    function purchaseByPermit2(uint256 chain, uint256 which) external {
        Order memory order = _order(which, "permit2");
        bytes32 permission =
            keccak256(abi.encode(keccak256("TokenPermissions(address token,uint256 amount)"), address(_token), COST));
        bytes32 transfer = keccak256(
            abi.encode(
                keccak256(
                    bytes.concat(
                        "PermitWitnessTransferFrom(TokenPermissions permitted,address spender,uint256 nonce,uint256 deadline,Order witness)",
                        "Order(bytes32 offering,address owner,address signer,bytes32 salt,uint48 credits,uint256 nonce)",
                        "TokenPermissions(address token,uint256 amount)"
                    )
                ),
                permission,
                address(_credits),
                0,
                LATER,
                CreditSignatures.orderHash(_id, order, 0)
            )
        );
        // Its domain has no version.
        bytes32 domain = keccak256(
            abi.encode(
                keccak256("EIP712Domain(string name,uint256 chainId,address verifyingContract)"),
                keccak256("Permit2"),
                chain,
                PERMIT2
            )
        );
        bytes memory signature =
            _signed(PERSON_KEY + which, keccak256(abi.encodePacked(hex"1901", domain, transfer)));
        _credits.purchase(_terms, order, Payment(order.owner, 2, 0, LATER, signature));
    }

    /// @dev The functions that bring messages.
    function _messages() internal pure returns (bytes4[14] memory) {
        return [
            this.registerOffering.selector,
            this.settleVoucher.selector,
            this.openSession.selector,
            this.closeSession.selector,
            this.purchaseByAuthorization.selector,
            this.purchaseByPermit.selector,
            this.purchaseByPermit2.selector,
            this.permitShares.selector,
            this.delegateShares.selector,
            this.castBallot.selector,
            this.bondMeteringKey.selector,
            this.nameReceiptKey.selector,
            this.proveByReceipt.selector,
            this.proveByVoucher.selector
        ];
    }

    function _taken(bytes4 message, uint256 chain, uint256 which) internal returns (bool taken) {
        (taken,) = address(this).call(abi.encodeWithSelector(message, chain, which));
    }
}
