// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {RateCard} from "../libraries/RateCards.sol";
import {Receipt, SignedReceipt} from "../libraries/Receipts.sol";
import {Offering} from "./ICredits.sol";

/**
 * @notice A voucher with its signature, as a row of `Credits.settle` has it.
 * @param session The session whose use it states.
 * @param cumulative Millicredits used so far.
 * @param receiptsHead Hash of the session's last receipt that it covers.
 * @param r First half of the EIP-2098 signature of the `Voucher` typed data.
 * @param vs Second half, low s only.
 */
struct SignedVoucher {
    bytes32 session;
    uint48 cumulative;
    bytes32 receiptsHead;
    bytes32 r;
    bytes32 vs;
}

/**
 * @title OperatorBond
 * @notice Stakes of operators, which anybody can have slashed who shows that an operator's own signatures contradict
 * each other, its rate card or its offering.
 * @dev Units: stakes, rewards and amounts are base units of the bond's payment token; charges and `cumulative` are
 * millicredits. Times are Unix seconds.
 *
 * A bond belongs to one metering key and answers for the receipt keys that it names. There is no judge: a proof
 * consists of signed statements alone, and holds for one `Credits` contract on one chain. What a proof cannot show from
 * signatures is no fault here: slow or bad answers, usage that was counted wrongly, a charge that was never receipted.
 * Nor is a receipts root that was posted: whoever holds vouchers can post them under any root, so that a root accuses
 * nobody. What an operator says of its receipts it says in their signatures and in its vouchers' heads.
 *
 * The rules rest on what a factory with one ledger signs. The receipts of a session form one chain: each is given its
 * place, its predecessor and the running sum in one transaction, and only then signed, so that neither parallel calls,
 * several gateways nor a reorganised chain, which suspends a session and never restarts its chain, put two receipts in
 * one place. A charge is the rate card's price, or less where the session had no more (`capped`): hence only a charge
 * above the price is a fault. A voucher of the metering key states the sum and the hash of the newest receipt at one
 * moment. It may be worth less on chain (clamped to the cap) and says nothing else. Receipts that charge nothing share
 * their sum with the one before, so a voucher and a receipt of equal sums and different hashes are no contradiction;
 * `proveFalseHead` and `proveVoucherBetween` say which ones are.
 *
 * Hence an operator keeps to this: the receipt keys of a bond sign for one ledger; and a ledger that was lost, or went
 * back to an older copy, serves no session again that it had served. It goes on with new keys under a new bond.
 *
 * A proven fault costs the whole stake and ends the bond for ever, so that no fault can be weighed against its price,
 * and none is slashed twice. A tenth goes to whom the reporter names, the rest is burned: nobody can gain more than
 * that by stealing a key, and an operator that reports itself loses nine tenths to have one sooner. There is no place
 * to send stakes that an operator could choose, be it its own pocket or an account that refuses them. A proof that is
 * seen before it is mined can be copied by another reporter, or by the operator to save a tenth, and slashes all the
 * same; to commit to a proof first would only warn. Once a bond can be withdrawn, a proof may come too late.
 *
 * Every proof may be sent by anyone and names in `to` who is paid the reward. Each reverts with `OperatorBond_NoFault`
 * when the statements do not contradict each other as the proof says; with `OperatorBond_WrongSigner` when a receipt
 * was not signed by the key that it names, for this `Credits` on this chain, or with the errors of `ECDSA`; with
 * `OperatorBond_NotLiable` when no bond answers for that key; with `OperatorBond_NothingStaked` when there is nothing
 * to slash; and with `OperatorBond_InvalidRecipient`. A field with bits beyond its type reverts without a reason.
 *
 * Trust: the contract has no owner, no pause and no upgrade. Who relies on a bond trusts its payment token, judges the
 * stake against what the operator can take, checks that the receipts at hand are of a key that the bond names, and that
 * no date of withdrawal stands that is too near. An operator trusts its ledger, as above, and the keys it names.
 */
interface IOperatorBond {
    /// @notice What was proven.
    enum Fault {
        Equivocation,
        BrokenChain,
        Overcharge,
        WrongRateCard,
        WrongOffering,
        FalseVoucher
    }

    /* ------------------------------------------------ EVENTS ------------------------------------------------ */

    /// @notice `owner` bonds a metering key, in `paymentToken` for ever.
    event Bonded(address indexed meteringKey, address indexed owner, IERC20 indexed paymentToken);

    /// @notice `payer` added `amount` to a stake, which is now `stake`.
    event StakeAdded(address indexed meteringKey, address indexed payer, uint256 amount, uint256 stake);

    /// @notice The bond answers for what `receiptKey` signs, and for what it has signed.
    event ReceiptKeyAdded(address indexed meteringKey, address indexed receiptKey);

    /// @notice From `liableUntil` on, the bond no longer answers for `receiptKey`.
    event ReceiptKeyRemoved(address indexed meteringKey, address indexed receiptKey, uint64 liableUntil);

    /// @notice From `withdrawableAt` on, the stake can be withdrawn.
    event UnbondingStarted(address indexed meteringKey, uint64 withdrawableAt);

    /// @notice The whole stake of `amount` was paid to `to`.
    event Withdrawn(address indexed meteringKey, address indexed to, uint256 amount);

    /// @notice A fault was proven by `reporter`: `reward` was paid to `to`, and `burned`, the rest of the stake,
    /// burned.
    event Slashed(
        address indexed meteringKey,
        address indexed reporter,
        Fault fault,
        address to,
        uint256 reward,
        uint256 burned
    );

    /* ------------------------------------------------ ERRORS ------------------------------------------------ */

    /// @notice The payment token, or the `Credits` contract, is not a contract.
    error OperatorBond_NotContract(address account);

    /// @notice An amount of 0.
    error OperatorBond_ZeroAmount();

    /// @notice The metering key has its bond already.
    error OperatorBond_BondExists(address meteringKey);

    /// @notice The metering key was never bonded.
    error OperatorBond_NotBonded(address meteringKey);

    /// @notice The bond was slashed, which ended it.
    error OperatorBond_BondSlashed(address meteringKey);

    /// @notice Only who bonded the metering key may do this.
    error OperatorBond_NotOwner(address expected, address actual);

    /// @notice Another key signed, or other data.
    error OperatorBond_WrongSigner(address expected, address actual);

    /// @notice The receipt key is, or was, named by a bond. It answers for one in its life.
    error OperatorBond_ReceiptKeyTaken(address receiptKey, address meteringKey);

    /// @notice No bond answers for the receipt key: none named it (`liableUntil` is 0), or it was removed long enough
    /// ago.
    error OperatorBond_NotLiable(address receiptKey, uint256 liableUntil, uint256 time);

    /// @notice The bond holds no stake.
    error OperatorBond_NothingStaked(address meteringKey);

    /// @notice The unbonding delay has begun already.
    error OperatorBond_Unbonding(uint256 withdrawableAt);

    /// @notice Unbond first.
    error OperatorBond_NotUnbonding(address meteringKey);

    /// @notice The unbonding delay is not over yet.
    error OperatorBond_NotYetWithdrawable(uint256 withdrawableAt, uint256 time);

    /// @notice An account that cannot be paid: zero, or this contract.
    error OperatorBond_InvalidRecipient(address to);

    /// @notice The rate card, offering, session or receipt that was given is not the one whose hash was signed.
    error OperatorBond_HashMismatch(bytes32 expected, bytes32 actual);

    /// @notice The signatures of a proof are of different bonds.
    error OperatorBond_DifferentBonds(address meteringKey, address other);

    /// @notice What was signed does not show this fault.
    error OperatorBond_NoFault(Fault fault);

    /* ------------------------------------------------ BONDING ------------------------------------------------ */

    /**
     * @notice Bonds a metering key, once in its life, with a stake paid from the caller's allowance.
     * @dev The caller owns the bond: it alone names receipt keys, unbonds and withdraws. Reverts with
     * `OperatorBond_NotContract`, `OperatorBond_BondExists`, `OperatorBond_WrongSigner`, `OperatorBond_ZeroAmount`,
     * `Transfers_Inexact`, or with the errors of the payment token or of `ECDSA`.
     * Trust: the metering key, which a server holds, decides once whom it lets bond it and has no power over the stake.
     * @param meteringKey The key that signs vouchers.
     * @param paymentToken ERC-20 of the stake. Every transfer must move exactly the amount asked for.
     * @param amount Base units to stake.
     * @param consent The metering key's ECDSA signature, 65 bytes, of the typed data `MeteringKeyConsent(address
     * owner,address paymentToken)`, where `owner` is the caller.
     */
    function bond(address meteringKey, IERC20 paymentToken, uint256 amount, bytes calldata consent) external;

    /**
     * @notice Adds to a stake, paid from the caller's allowance. Anyone may, at any time before the bond is slashed.
     * @dev What is added follows the stake: it can be slashed, and is withdrawn with it, at the same date. Reverts with
     * `OperatorBond_NotBonded`, `OperatorBond_BondSlashed`, `OperatorBond_ZeroAmount`, `Transfers_Inexact`,
     * or with the errors of the payment token.
     * Trust: what is added belongs to the bond's owner.
     * @param meteringKey Metering key of the bond.
     * @param amount Base units to add.
     */
    function topUp(address meteringKey, uint256 amount) external;

    /**
     * @notice Names a receipt key, whose receipts the caller's bond answers for from now on: all that it ever signed.
     * @dev Reverts with `OperatorBond_NotBonded`, `OperatorBond_BondSlashed`, `OperatorBond_NotOwner`,
     * `OperatorBond_ReceiptKeyTaken`, `OperatorBond_WrongSigner`, or with the errors of `ECDSA`.
     * @param meteringKey Metering key of the bond.
     * @param receiptKey The key of a gateway.
     * @param consent The receipt key's ECDSA signature, 65 bytes, of the typed data `ReceiptKeyConsent(address
     * meteringKey)`.
     */
    function addReceiptKey(address meteringKey, address receiptKey, bytes calldata consent) external;

    /**
     * @notice Takes a receipt key back, for good. The caller's bond answers for it until the unbonding delay is over.
     * @dev Reverts with `OperatorBond_NotLiable` if the key was never named or is removed already,
     * `OperatorBond_BondSlashed` or `OperatorBond_NotOwner`.
     * @param receiptKey A key that the bond names.
     */
    function removeReceiptKey(address receiptKey) external;

    /**
     * @notice Starts the unbonding delay of the caller's whole stake. It cannot be taken back or started again.
     * @dev The delay is the longest exit delay of an offering and a week: whoever leaves an operator when it unbonds
     * sees the last voucher of its session before the stake is gone. Reverts with `OperatorBond_NotBonded`,
     * `OperatorBond_BondSlashed`, `OperatorBond_NotOwner`, `OperatorBond_NothingStaked` or `OperatorBond_Unbonding`.
     * @param meteringKey Metering key of the bond.
     */
    function unbond(address meteringKey) external;

    /**
     * @notice Pays out the caller's whole stake when the unbonding delay is over. Until then it can be slashed.
     * @dev The bond stays, with its keys and no date, and can be topped up again. Reverts with
     * `OperatorBond_NotBonded`, `OperatorBond_BondSlashed`, `OperatorBond_NotOwner`, `OperatorBond_NotUnbonding`,
     * `OperatorBond_NotYetWithdrawable` or `OperatorBond_InvalidRecipient`.
     * @param meteringKey Metering key of the bond.
     * @param to Receives the stake.
     * @return amount Base units paid.
     */
    function withdraw(address meteringKey, address to) external returns (uint256 amount);

    /* ------------------------------------------------ PROOFS ------------------------------------------------- */

    /**
     * @notice Proves that two different receipts have the same place in the chain of one session.
     * @dev Reverts with `OperatorBond_DifferentBonds`, and like every proof.
     * @param one A receipt.
     * @param other Another one, of the same session and sequence, by any receipt key of the same bond.
     * @param to Receives the reward.
     */
    function proveEquivocation(SignedReceipt calldata one, SignedReceipt calldata other, address to) external;

    /**
     * @notice Proves that two neighbours in a chain do not fit together.
     * @dev Neighbours are receipts of one session whose sequences follow each other, or a receipt and the one that
     * names it as its predecessor. They fit when session and offering are the same, the sequence is one more, the
     * predecessor is named by its hash, and the sum grows by the charge. Reverts with `OperatorBond_DifferentBonds`,
     * and like every proof.
     * @param receipt The earlier one.
     * @param next The later one, by any receipt key of the same bond.
     * @param to Receives the reward.
     */
    function proveBrokenChain(SignedReceipt calldata receipt, SignedReceipt calldata next, address to) external;

    /**
     * @notice Proves that a receipt which is first by its sequence, or has no predecessor, is not a first receipt.
     * @dev A first receipt has the sequence 1, no predecessor and its own charge as the sum: without this, a chain
     * could begin with any sum. Reverts like every proof.
     * @param first The receipt.
     * @param to Receives the reward.
     */
    function proveBrokenStart(SignedReceipt calldata first, address to) external;

    /**
     * @notice Proves that a receipt charges more than its rate card makes of its usage.
     * @dev To charge less is no fault: a call is capped at what its session has. Reverts with
     * `OperatorBond_HashMismatch`, and like every proof.
     * @param signed The receipt.
     * @param card The rate card that the receipt names.
     * @param to Receives the reward.
     */
    function proveOvercharge(SignedReceipt calldata signed, RateCard calldata card, address to) external;

    /**
     * @notice Proves that a receipt names another rate card than its offering.
     * @dev Reverts with `OperatorBond_HashMismatch`, and like every proof.
     * @param signed The receipt.
     * @param o The offering that the receipt names.
     * @param to Receives the reward.
     */
    function proveWrongRateCard(SignedReceipt calldata signed, Offering calldata o, address to) external;

    /**
     * @notice Proves that a receipt names another offering than the one under which its session was opened.
     * @dev A session's id is the hash of what is given here. Reverts with `OperatorBond_HashMismatch`, and like every
     * proof.
     * @param signed The receipt.
     * @param offering Id of the session's offering.
     * @param owner Owner of the session.
     * @param signer Signer of the session.
     * @param salt Salt of the session.
     * @param to Receives the reward.
     */
    function proveWrongOffering(
        SignedReceipt calldata signed,
        bytes32 offering,
        address owner,
        address signer,
        bytes32 salt,
        address to
    ) external;

    /**
     * @notice Proves that a voucher states another session or another sum than the receipt at which it says to end.
     * @dev The receipt needs no signature: the voucher names it by its hash. Only the signer's own bond is slashed, so
     * a voucher that a consumer signed is no proof against the operator. Reverts with `OperatorBond_HashMismatch`, and
     * like every proof.
     * @param voucher The voucher.
     * @param head The receipt whose hash is the voucher's `receiptsHead`.
     * @param to Receives the reward.
     */
    function proveFalseHead(SignedVoucher calldata voucher, Receipt calldata head, address to) external;

    /**
     * @notice Proves that a voucher ends at no receipt of its session, by two receipts of it that follow each other.
     * @dev Sums never fall along a chain. So a voucher whose sum lies strictly between the two ends at neither, nor at
     * any other; one whose sum is that of `receipt`, and below that of `next`, ends at `receipt` or, if that charges
     * nothing, maybe at one before it. Hence the fault: the sum is below `next`'s, and above `receipt`'s, or equal to
     * it while `receipt` charges something and is not the voucher's head. Reverts with `OperatorBond_DifferentBonds`,
     * and like every proof.
     * @param voucher The voucher, by the metering key of the bond.
     * @param receipt The earlier receipt, of the voucher's session.
     * @param next The one right after it.
     * @param to Receives the reward.
     */
    function proveVoucherBetween(
        SignedVoucher calldata voucher,
        SignedReceipt calldata receipt,
        SignedReceipt calldata next,
        address to
    ) external;

    /* -------------------------------------------------- VIEWS ------------------------------------------------- */

    /**
     * @notice State of the bond of a metering key.
     * @param meteringKey Any key.
     * @return owner Who bonded it; zero if it was never bonded.
     * @return paymentToken Token of the stake.
     * @return stake Base units that can be slashed now.
     * @return withdrawableAt When the unbonding delay ends; zero if it has not begun.
     * @return slashed Whether a fault was proven, which ended the bond.
     */
    function bondOf(address meteringKey)
        external
        view
        returns (address owner, IERC20 paymentToken, uint256 stake, uint64 withdrawableAt, bool slashed);

    /**
     * @notice All receipt keys that a bond has ever named, in that order.
     * @param meteringKey Metering key of the bond.
     * @return With those that were removed; empty if it was never bonded.
     */
    function receiptKeys(address meteringKey) external view returns (address[] memory);

    /**
     * @notice Which bond answers for a receipt key.
     * @param receiptKey Any key.
     * @return meteringKey Metering key of the bond; zero if none named it.
     * @return liableUntil When the bond ceases to answer for it; zero if it was not removed.
     */
    function bondOfReceiptKey(address receiptKey) external view returns (address meteringKey, uint64 liableUntil);

    /**
     * @notice Seconds between `unbond` and the withdrawal, and for which a bond answers for a key that was removed.
     * @return Seconds, for ever the same.
     */
    function unbondingDelay() external view returns (uint256);

    /**
     * @notice The contract whose receipts and vouchers prove faults.
     * @return The address of `Credits` on this chain, for ever the same. Trust: to say what a session's id and
     * a voucher's digest are; whoever lies about a digest chooses whom a proof accuses.
     */
    function credits() external view returns (address);
}
