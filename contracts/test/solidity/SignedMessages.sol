// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {ModelGovernor} from "../../contracts/ModelGovernor.sol";
import {Shares} from "../../contracts/Shares.sol";
import {TestDollar} from "../../contracts/TestDollar.sol";
import {ICredits, Offering, Order} from "../../contracts/interfaces/ICredits.sol";
import {GovernanceSettings} from "../../contracts/interfaces/IModelRegistry.sol";
import {IOperatorBond, SignedVoucher} from "../../contracts/interfaces/IOperatorBond.sol";
import {Offerings} from "../../contracts/libraries/Offerings.sol";
import {Receipt, SignedReceipt} from "../../contracts/libraries/Receipts.sol";
import {Settlement} from "../../contracts/libraries/Settlement.sol";
import {BondMessages} from "./BondMessages.sol";
import {CreditSignatures} from "./CreditSignatures.sol";
import {deploy} from "./deploy.sol";
import {deployShares} from "./deployShares.sol";
import {short, twin, typedDataHash} from "./typedData.sol";
import {VM} from "./Vm.sol";

/**
 * @notice Brings signed messages to the contracts that they are for, signed for a chain of the caller's choice. Each
 * function reverts unless the message does what it says.
 * @dev There are two of each message, number 0 and 1, which have nothing to do with each other: either can be brought once.
 */
abstract contract SignedMessages {
    uint256 private constant OPERATOR_KEY = 7;
    uint256 internal constant PERSON_KEY = 100;
    uint256 private constant SIGNER_KEY = 200;
    uint256 private constant NEW_KEY = 300;
    uint256 private constant METERING_KEY = 400;
    uint256 private constant RECEIPT_KEY = 500;
    uint48 private constant CREDITS = 1_000;
    uint256 internal constant COST = 1_000;
    uint256 private constant STAKE = 1_000;
    uint256 internal constant LATER = 4_000_000_000;
    address private constant DELEGATE = address(0xDE1E);
    address private constant REPORTER = address(0x5E11E5);

    TestDollar internal _token;
    ICredits internal _credits;
    Shares internal _shares;
    ModelGovernor internal _governor;
    IOperatorBond internal _bond;
    uint256 internal _firstChain;
    Offering internal _terms;
    bytes32 internal _id;
    uint256 private _proposal;
    /// @dev Whether messages carry the other signature that their key has for them.
    bool internal _malleated;

    function setUp() public virtual {
        _firstChain = block.chainid;
        _token = TestDollar(deploy("TestDollar"));
        _credits = ICredits(deploy("Credits"));
        _bond = IOperatorBond(deploy("OperatorBond", abi.encode(_credits)));
        _token.mint(address(this), 1e12);
        _token.approve(address(_credits), type(uint256).max);
        _token.approve(address(_bond), type(uint256).max);
        _foundModel();

        _terms.model = address(_shares);
        _terms.paymentToken = address(_token);
        // A base unit for a millicredit.
        _terms.pricePerMillion = 1e9;
        _terms.operator = VM.addr(OPERATOR_KEY);
        _terms.sellUntil = uint64(LATER);
        _terms.exitDelay = 1 hours;
        _terms.transferable = true;
        _id = _credits.offeringId(_terms);
        _credits.register(_terms, _signed(OPERATOR_KEY, "Joulemint Credits", _firstChain, address(_credits), _id));
        for (uint256 which; which < 2; ++which) {
            _credits.buy(_terms, CREDITS, VM.addr(PERSON_KEY + which));
            _credits.buyAndOpen(_terms, VM.addr(SIGNER_KEY), bytes32(which), CREDITS);
            _token.mint(VM.addr(PERSON_KEY + which), 3 * COST);
            _bondKey(_firstChain, METERING_KEY + which);
            _addReceiptKey(_firstChain, METERING_KEY + which, RECEIPT_KEY + which);
        }
        // A bond is slashed once: by receipts the first two, by vouchers these.
        _bondKey(_firstChain, METERING_KEY + 2);
        _bondKey(_firstChain, METERING_KEY + 3);
    }

    /* -------------------------------------------- MESSAGES FOR CREDITS --------------------------------------- */

    function registerOffering(uint256 chain, uint256 which) external {
        Offering memory terms = _terms;
        terms.termsHash = bytes32(1 + which);
        bytes32 id = keccak256(abi.encode(Offerings.TYPEHASH, terms));
        _credits.register(terms, _signed(OPERATOR_KEY, "Joulemint Credits", chain, address(_credits), id));
    }

    function settleVoucher(uint256 chain, uint256 which) external {
        bytes32 session = _sessionId(which);
        (bytes32 r, bytes32 vs) = _signedVoucher(chain, SIGNER_KEY, session, 0);
        bytes memory row = abi.encodePacked(session, uint48(1), bytes32(0), r, vs);
        require(_credits.settle(_terms, row, 0) == 1, "skipped");
    }

    function openSession(uint256 chain, uint256 which) external {
        Order memory order = _order(which, "open");
        bytes32 opening = CreditSignatures.openingHash(_id, order);
        bytes memory signature =
            _signed(PERSON_KEY + which, "Joulemint Credits", chain, address(_credits), opening);
        _credits.openFor(_terms, order, type(uint256).max, signature);
    }

    function closeSession(uint256 chain, uint256 which) external {
        (,, uint256 used,) = _credits.session(_id, _sessionId(which));
        bytes32 consent = keccak256(
            abi.encode(keccak256("CooperativeClose(bytes32 session,uint48 used)"), _sessionId(which), used)
        );
        bytes memory signature = _signed(OPERATOR_KEY, "Joulemint Credits", chain, address(_credits), consent);
        _credits.close(_terms, VM.addr(SIGNER_KEY), bytes32(which), address(this), signature);
    }

    /* --------------------------------------- MESSAGES FOR SHARES AND DAO ------------------------------------- */

    function permitShares(uint256 chain, uint256 which) external {
        address owner = VM.addr(PERSON_KEY + which);
        bytes32 digest = typedDataHash(_shares.name(), chain, address(_shares), _permit(owner, DELEGATE, 5));
        (uint8 v, bytes32 r, bytes32 s) = _sign(PERSON_KEY + which, digest);
        _shares.permit(owner, DELEGATE, 5, LATER, v, r, s);
    }

    /// @dev Signed for elsewhere it is the message of another account, which nobody knows.
    function delegateShares(uint256 chain, uint256 which) external {
        // After the first, if the owner has let somebody take shares.
        uint256 nonce = _shares.nonces(VM.addr(PERSON_KEY + which));
        bytes32 delegation = keccak256(
            abi.encode(
                keccak256("Delegation(address delegatee,uint256 nonce,uint256 expiry)"), DELEGATE, nonce, LATER
            )
        );
        bytes32 digest = typedDataHash(_shares.name(), chain, address(_shares), delegation);
        (uint8 v, bytes32 r, bytes32 s) = _sign(PERSON_KEY + which, digest);
        _shares.delegateBySig(DELEGATE, nonce, LATER, v, r, s);
        require(_shares.delegates(VM.addr(PERSON_KEY + which)) == DELEGATE, "another account delegated");
    }

    function castBallot(uint256 chain, uint256 which) external {
        address voter = VM.addr(PERSON_KEY + which);
        bytes32 ballot = keccak256(
            abi.encode(
                keccak256("Ballot(uint256 proposalId,uint8 support,address voter,uint256 nonce)"),
                _proposal,
                1,
                voter,
                0
            )
        );
        bytes memory signature =
            _signed(PERSON_KEY + which, "Joulemint Model Governor", chain, address(_governor), ballot);
        _governor.castVoteBySig(_proposal, 1, voter, signature);
    }

    /* ------------------------------------------ MESSAGES FOR THE BOND ---------------------------------------- */

    function bondMeteringKey(uint256 chain, uint256 which) external {
        _bondKey(chain, NEW_KEY + which);
    }

    function nameReceiptKey(uint256 chain, uint256 which) external {
        _addReceiptKey(chain, METERING_KEY + 2, NEW_KEY + 2 + which);
    }

    /// @dev A first receipt that is none.
    function proveByReceipt(uint256 chain, uint256 which) external {
        SignedReceipt memory signed;
        signed.receipt.receiptKey = VM.addr(RECEIPT_KEY + which);
        bytes32 root = keccak256(abi.encode(BondMessages.receipt(signed.receipt)));
        bytes32 batch = BondMessages.receiptBatch(root);
        signed.signature = _signed(RECEIPT_KEY + which, "Joulemint", chain, address(_credits), batch);
        _bond.proveBrokenStart(signed, REPORTER);
    }

    /// @dev A voucher for another session than that of its head.
    function proveByVoucher(uint256 chain, uint256 which) external {
        Receipt memory head;
        head.session = "another";
        bytes32 hash = BondMessages.receipt(head);
        (bytes32 r, bytes32 vs) = _signedVoucher(chain, METERING_KEY + 2 + which, 0, hash);
        _bond.proveFalseHead(SignedVoucher(0, 1, hash, r, vs), head, REPORTER);
    }

    /* ------------------------------------------------ INTERNAL ----------------------------------------------- */

    /// @dev Shares of two people with votes, this contract their owner, and a proposal that is put to the vote.
    function _foundModel() private {
        address[] memory holders = new address[](2);
        uint64[] memory amounts = new uint64[](2);
        (holders[0], holders[1]) = (VM.addr(PERSON_KEY), VM.addr(PERSON_KEY + 1));
        (amounts[0], amounts[1]) = (600, 400);
        _shares = deployShares(_token, address(this), holders, amounts);
        GovernanceSettings memory settings = GovernanceSettings({
            votingDelay: 1,
            votingPeriod: 1 weeks,
            lateQuorumExtension: 1 hours,
            proposalThreshold: 1,
            quorumPercent: 25,
            timelockDelay: 2 days
        });
        _governor = ModelGovernor(payable(deploy("ModelGovernor", abi.encode(_shares, settings))));
        for (uint256 i; i < 2; ++i) {
            VM.prank(holders[i]);
            _shares.delegate(holders[i]);
        }
        uint256 time = block.timestamp;
        VM.warp(time + 1);
        VM.prank(holders[0]);
        _proposal = _governor.propose(new address[](1), new uint256[](1), new bytes[](1), "");
        VM.warp(time + 3);
    }

    function _bondKey(uint256 chain, uint256 key) private {
        bytes32 consent = BondMessages.meteringKeyConsent(address(this), _token);
        bytes memory signature = _signed(key, "Joulemint OperatorBond", chain, address(_bond), consent);
        _bond.bond(VM.addr(key), _token, STAKE, signature);
    }

    function _addReceiptKey(uint256 chain, uint256 meteringKey, uint256 key) private {
        bytes32 consent = BondMessages.receiptKeyConsent(VM.addr(meteringKey));
        bytes memory signature = _signed(key, "Joulemint OperatorBond", chain, address(_bond), consent);
        _bond.addReceiptKey(VM.addr(meteringKey), VM.addr(key), signature);
    }

    /// @dev For a use of one millicredit.
    function _signedVoucher(uint256 chain, uint256 key, bytes32 session, bytes32 head)
        private
        view
        returns (bytes32 r, bytes32 vs)
    {
        bytes32 voucher = Settlement.voucherHash(session, 1, head);
        uint8 v;
        (v, r, vs) = _sign(key, typedDataHash("Joulemint Credits", chain, address(_credits), voucher));
        vs = short(v, vs);
    }

    function _signed(
        uint256 key,
        string memory name,
        uint256 chain,
        address verifyingContract,
        bytes32 structHash
    ) internal view returns (bytes memory) {
        return _signed(key, typedDataHash(name, chain, verifyingContract, structHash));
    }

    function _signed(uint256 key, bytes32 digest) internal view returns (bytes memory) {
        (uint8 v, bytes32 r, bytes32 s) = _sign(key, digest);
        return abi.encodePacked(r, s, v);
    }

    function _sign(uint256 key, bytes32 digest) private view returns (uint8 v, bytes32 r, bytes32 s) {
        (v, r, s) = VM.sign(key, digest);
        if (_malleated) (v, s) = twin(v, s);
    }

    function _permit(address owner, address spender, uint256 value) internal pure returns (bytes32) {
        return keccak256(
            abi.encode(
                keccak256("Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)"),
                owner,
                spender,
                value,
                0,
                LATER
            )
        );
    }

    function _order(uint256 which, bytes32 salt) internal pure returns (Order memory) {
        return Order(VM.addr(PERSON_KEY + which), VM.addr(SIGNER_KEY), salt, CREDITS);
    }

    function _sessionId(uint256 which) private view returns (bytes32) {
        return _credits.sessionId(_id, address(this), VM.addr(SIGNER_KEY), bytes32(which));
    }
}
