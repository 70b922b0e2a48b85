// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

/**
 * @notice The immutable terms under which one kind of credit is sold, spent and redeemed.
 * @dev Its EIP-712 struct hash is the offering's id and the id of its ERC-1155 credits. A new price is a new offering.
 * @param model The model's `Shares`, which receives the holders' part of revenue. Its owner registers the offering.
 * @param kind What the right is to: the keccak256 of `inference`, `image-licence`, `dataset-access`, `training`,
 * `gpu-second` or any other name. It is for people and for `uri`; it constrains no function.
 * @param termsHash Hash of the terms of service that the operator offers.
 * @param tier 0 realtime, 1 standard, 2 batch.
 * @param paymentToken ERC-20 that pays for credits. Every transfer must move exactly the amount asked for.
 * @param pricePerMillion Base units of the payment token for 1,000,000 credits (1e9 millicredits). Above 0. Below 2^64:
 * 18 tokens of 18 decimals. A right that costs more is sold as more credits.
 * @param rateCardHash EIP-712 struct hash of the rate card that turns usage into credits, see `RateCards`.
 * @param holdersBps Shareholders' part of revenue, in 1/10,000.
 * @param treasuryBps Treasury's part of revenue, in 1/10,000. The operator receives the rest.
 * @param treasury First account of the treasury role. May be zero only if `treasuryBps` is.
 * @param operator First account of the operator role, who also signs the offering and cooperative closes.
 * @param sellUntil Last second, in Unix time, at which credits are sold.
 * @param exitDelay Seconds between a request to close and the close, in which vouchers still settle. 1 hour to 30 days.
 * @param expiresAt Last second, in Unix time, at which credits are opened or consumed out of a wallet; not before
 * `sellUntil`. 0: never. It takes nothing away: vouchers, which are for use before it, settle until their session is
 * closed, and what is unspent can be redeemed for ever.
 * @param transferable Whether credits may go from one wallet to another. If not, they move by buying, opening,
 * consuming and redeeming alone.
 */
struct Offering {
    address model;
    bytes32 kind;
    bytes32 termsHash;
    uint8 tier;
    address paymentToken;
    uint64 pricePerMillion;
    bytes32 rateCardHash;
    uint16 holdersBps;
    uint16 treasuryBps;
    address treasury;
    address operator;
    uint64 sellUntil;
    uint32 exitDelay;
    uint64 expiresAt;
    bool transferable;
}

/**
 * @notice What somebody buys, and for whom.
 * @param owner Who receives the credits in its wallet, or owns the session that they are locked in.
 * @param signer Zero for the wallet. Otherwise the key whose vouchers spend the session.
 * @param salt Tells sessions of the same owner and signer apart.
 * @param credits Millicredits.
 */
struct Order {
    address owner;
    address signer;
    bytes32 salt;
    uint48 credits;
}

/**
 * @notice How an order is paid.
 * @param payer Whose payment tokens pay.
 * @param method 0 permit (EIP-2612), which the payer brings itself; 1 authorization (EIP-3009); 2 Permit2. The last two
 * can be brought by anybody, and name the order: the EIP-3009 nonce is the struct hash, and the Permit2 witness is the
 * struct, `Order(bytes32 offering,address owner,address signer,bytes32 salt,uint48 credits,uint256 nonce)`.
 * @param nonce Chosen by the payer: of Permit2, or what tells two orders apart that are otherwise the same.
 * @param deadline Last second, in Unix time, at which a permit or Permit2 transfer is good; with EIP-3009 the first at
 * which the authorization is not.
 * @param signature Of the payment token's or Permit2's typed data over exactly the cost. By a key, a contract
 * (ERC-1271), or a contract that is not deployed yet (ERC-6492), as far as the payment token takes it.
 */
struct Payment {
    address payer;
    uint8 method;
    uint256 nonce;
    uint256 deadline;
    bytes signature;
}

/**
 * @title Credits
 * @notice Prepaid credits: sold at an offering's price, locked in sessions and consumed by signed vouchers, or consumed
 * by their owner out of its wallet, redeemed at the same price as long as they are unspent.
 * @dev Units: `credits`, `cap`, `used`, `cumulative` and `consumed` are millicredits (1 credit = 1,000 millicredits);
 * `cost`, `amount` and the parts of a split are base units of the offering's payment token. Times are Unix seconds.
 *
 * Trust: the contract has no owner, no pause and no upgrade. A consumer trusts the session's signer up to the session's
 * cap, and nobody else. An operator trusts `exitDelay` to be longer than the time it takes to settle. Anyone may submit
 * vouchers, release revenue and pay claims, because money can only reach the accounts that the offering names.
 *
 * Every function takes the whole `Offering`; the contract hashes it and keeps state by that hash, so terms that differ
 * in a single bit are another offering. Amounts owed are a function of what is outstanding and consumed; there is no
 * escrow variable. Buying rounds up and redeeming rounds down.
 */
interface ICredits {
    /* ------------------------------------------------ EVENTS ------------------------------------------------ */

    /// @notice An offering can be bought from now on.
    event OfferingRegistered(bytes32 indexed offering, address indexed model, Offering terms);

    /// @notice `buyer` paid `cost` for `credits`, in every kind of purchase. `to` received them in its wallet, or owns
    /// the session that they were locked in; only the former comes with an ERC-1155 `TransferSingle` from zero.
    event Bought(
        bytes32 indexed offering, address indexed buyer, address indexed to, uint256 credits, uint256 cost
    );

    /// @notice `credits` of `owner` are locked in a session under `signer`.
    event SessionOpened(
        bytes32 indexed offering,
        bytes32 indexed session,
        address indexed owner,
        address signer,
        bytes32 salt,
        uint256 credits
    );

    /// @notice `payer` raised the cap of a session by `credits`.
    event SessionToppedUp(bytes32 indexed offering, bytes32 indexed session, address payer, uint256 credits);

    /**
     * @notice A batch of vouchers consumed `consumed` credits.
     * @param submitter Who sent the batch. Only a root that the operator submitted says anything about its receipts.
     * @param receiptsRoot Merkle root of receipts that the submitter anchors, or zero.
     * @param rows One entry of 71 bytes per voucher, in order: `{bytes32 session, uint48 used, bytes32 receiptsHead,
     * uint8 reason}`. `used` is the session's use after the row; `receiptsHead` is as submitted and means something
     * only for reasons 0 and 1. Reasons: 0 settled; 1 clamped to the cap, the voucher stays good for the rest after a
     * top-up; 2 stale, not above what is settled; 3 bad signature; 4 unknown or closed session.
     */
    event Settled(
        bytes32 indexed offering, address indexed submitter, bytes32 receiptsRoot, uint256 consumed, bytes rows
    );

    /**
     * @notice `owner` exercised `credits` of rights out of its wallet.
     * @param receipt The `consumptionHash` of the other five: no two on one chain are the same.
     * @param subject What they were exercised on, as the owner says: the hash of an image, of a dataset's manifest.
     * @param sequence Millicredits of the offering that were consumed before these. It only grows.
     */
    event Consumed(
        bytes32 indexed offering,
        address indexed owner,
        bytes32 indexed receipt,
        uint256 credits,
        bytes32 subject,
        uint256 sequence
    );

    /// @notice Revenue left escrow. `amount = holders + treasury + operator`, all of this release alone.
    event Released(bytes32 indexed offering, uint256 amount, uint256 holders, uint256 treasury, uint256 operator);

    /// @notice The owner wants to leave; vouchers settle until the session is closed.
    event CloseRequested(bytes32 indexed offering, bytes32 indexed session, uint64 closableAt);

    /// @notice A session ended for ever; its `credits` of unused credits were redeemed for `amount`, paid to `to`.
    event SessionClosed(
        bytes32 indexed offering, bytes32 indexed session, address to, uint256 credits, uint256 amount
    );

    /// @notice `owner` gave back `credits` of its wallet for `amount`, paid to `to`.
    event Redeemed(
        bytes32 indexed offering, address indexed owner, address to, uint256 credits, uint256 amount
    );

    /// @notice The account of a role (0 operator, 1 treasury) was paid what it had earned.
    event SplitClaimed(bytes32 indexed offering, uint8 role, address indexed account, uint256 amount);

    /// @notice The account of a role (0 operator, 1 treasury) gave its place, and what is unclaimed, to another.
    event AccountHandedOver(bytes32 indexed offering, uint8 role, address indexed from, address indexed to);

    /* ------------------------------------------------ ERRORS ------------------------------------------------ */

    /// @notice The offering was never registered, or one of its fields differs from what was registered.
    error Credits_UnknownOffering(bytes32 offering);

    /// @notice The offering is registered already.
    error Credits_AlreadyRegistered(bytes32 offering);

    /// @notice Only the owner of the model's `Shares` registers its offerings.
    error Credits_NotModelOwner(address expected, address actual);

    /// @notice The operator did not sign this offering for this contract on this chain.
    error Credits_InvalidOperatorSignature(address operator);

    /// @notice The model's `Shares` take another payment token than the offering.
    error Credits_PaymentTokenMismatch(address expected, address actual);

    /// @notice The tier is none of 0 realtime, 1 standard, 2 batch.
    error Credits_UnknownTier(uint8 tier);

    /// @notice A price per million credits of 0.
    error Credits_ZeroPrice();

    /// @notice The parts of holders and treasury exceed the whole.
    error Credits_SplitTooLarge(uint256 bps, uint256 max);

    /// @notice The exit delay, in seconds, is out of bounds.
    error Credits_ExitDelayOutOfBounds(uint256 exitDelay, uint256 min, uint256 max);

    /// @notice The offering would expire while it is still sold.
    error Credits_ExpiresBeforeSaleEnds(uint256 expiresAt, uint256 sellUntil);

    /// @notice An account that cannot hold this place: zero, or this contract.
    error Credits_InvalidAccount(address account);

    /// @notice Sales ended at `sellUntil`.
    error Credits_SaleEnded(uint256 sellUntil, uint256 time);

    /// @notice The credits could be opened or consumed until `expiresAt`. They can be redeemed.
    error Credits_Expired(uint256 expiresAt, uint256 time);

    /// @notice Credits of this offering do not go from one wallet to another.
    error Credits_NotTransferable(bytes32 offering);

    /// @notice An amount of 0 credits.
    error Credits_ZeroCredits();

    /// @notice More credits than the offering's counters can carry to the end.
    error Credits_OfferingLimitExceeded(uint256 needed, uint256 available);

    /// @notice The cap of a session holds no more credits.
    error Credits_SessionLimitExceeded(uint256 needed, uint256 available);

    /// @notice The way of paying is none of 0 permit, 1 authorization, 2 Permit2.
    error Credits_UnknownPaymentMethod(uint8 method);

    /// @notice A permit is brought, and a session opened, by nobody but who pays.
    error Credits_NotPayer(address payer, address account);

    /// @notice The owner did not sign the opening of this session, or signed it until `deadline` only.
    error Credits_InvalidOwnerSignature(address owner, uint256 deadline);

    /// @notice The zero address cannot sign.
    error Credits_InvalidSigner(address signer);

    /// @notice A session with this owner, signer and salt is open, or was once. Use another salt.
    error Credits_SessionExists(bytes32 session);

    /// @notice The session was never opened under this offering, or is closed.
    error Credits_SessionNotOpen(bytes32 session);

    /// @notice The owner has asked to close the session.
    error Credits_SessionClosing(bytes32 session, uint256 closableAt);

    /// @notice Request the close first, or bring the operator's signature.
    error Credits_CloseNotRequested(bytes32 session);

    /// @notice The exit delay is not over yet.
    error Credits_NotYetClosable(uint256 closableAt, uint256 time);

    /// @notice Voucher rows are a whole number of `rowBytes`, at least one.
    error Credits_MalformedRows(uint256 length, uint256 rowBytes);

    /// @notice The role is neither 0 operator nor 1 treasury.
    error Credits_UnknownRole(uint8 role);

    /// @notice Only the account that holds the role may hand it over.
    error Credits_NotAccount(address expected, address actual);

    /* ---------------------------------------------- REGISTRATION ---------------------------------------------- */

    /**
     * @notice Registers an offering, for ever and unchangeable.
     * @dev The caller must be the owner of `o.model`. Reverts with `Credits_NotModelOwner`,
     * `Credits_AlreadyRegistered`, `Credits_InvalidOperatorSignature`, `Credits_PaymentTokenMismatch`,
     * `Credits_UnknownTier`, `Credits_ZeroPrice`, `Credits_SplitTooLarge`, `Credits_ExitDelayOutOfBounds`,
     * `Credits_ExpiresBeforeSaleEnds` or `Credits_InvalidAccount`.
     * Trust: whoever registers chooses `model`; buyers who care about shareholders check that it is a genuine `Shares`.
     * @param o Terms of the offering.
     * @param operatorSignature `o.operator`'s signature of the `Offering` typed data: ECDSA, or ERC-1271 of a contract.
     * It cannot be revoked: it is good as long as the offering can sell.
     * @return offering Id of the offering.
     */
    function register(Offering calldata o, bytes calldata operatorSignature) external returns (bytes32 offering);

    /* ------------------------------------------------- BUYING ------------------------------------------------- */

    /**
     * @notice Buys credits for a wallet, paid from the caller's allowance.
     * @dev `to` is called back last, if it is a contract, and must accept ERC-1155. Reverts with
     * `Credits_UnknownOffering`, `Credits_SaleEnded`, `Credits_ZeroCredits`, `Credits_OfferingLimitExceeded`,
     * `Transfers_Inexact`, or with the errors of the payment token or of ERC-1155.
     * @param o Terms of the offering.
     * @param credits Millicredits to buy.
     * @param to Receives the credits.
     * @return cost Base units paid: price x credits / 1e9, rounded up.
     */
    function buy(Offering calldata o, uint48 credits, address to) external returns (uint256 cost);

    /**
     * @notice Buys credits straight into a new session of the caller; they never touch a wallet.
     * @dev Reverts like `buy`, and with `Credits_InvalidSigner` or `Credits_SessionExists`.
     * @param o Terms of the offering.
     * @param signer Key whose vouchers spend the session: the consumer's own, or the operator's metering key.
     * @param salt Tells sessions of the same owner and signer apart.
     * @param credits Millicredits to buy and lock: the cap of the session.
     * @return session Id of the session.
     */
    function buyAndOpen(Offering calldata o, address signer, bytes32 salt, uint48 credits)
        external
        returns (bytes32 session);

    /**
     * @notice Buys what a payer has signed for, into a wallet, or into a session that is opened if it is not there yet.
     * @dev Reverts like `buy`, `buyAndOpen` or `topUp`, with the errors of the payment token or of Permit2, and with
     * `Credits_UnknownPaymentMethod` or `Credits_NotPayer`: a permit counts only from its payer, and a session is
     * opened only for its payer, so that nobody can take its id first.
     * Trust: whoever brings an order cannot change it. It can be late: the price stays, `sellUntil` may pass.
     * @param o Terms of the offering.
     * @param order What is bought, and for whom.
     * @param payment How it is paid.
     * @return cost Base units paid: price x credits / 1e9, rounded up.
     */
    function purchase(Offering calldata o, Order calldata order, Payment calldata payment)
        external
        returns (uint256 cost);

    /**
     * @notice Locks credits of an owner's wallet in a new session, by the owner's signature. Anyone may bring it.
     * @dev Reverts like `open`, and with `Credits_InvalidOwnerSignature`. The id is used once, so the signature is,
     * too.
     * @param o Terms of the offering.
     * @param order What the owner opens.
     * @param deadline Last second, in Unix time, at which the signature is good.
     * @param signature The owner's of the typed data `Open(bytes32 offering,address owner,address signer,bytes32
     * salt,uint48 credits,uint256 deadline)`: by a key, a contract (ERC-1271), or one that is not deployed yet
     * (ERC-6492).
     * @return session Id of the session.
     */
    function openFor(Offering calldata o, Order calldata order, uint256 deadline, bytes calldata signature)
        external
        returns (bytes32 session);

    /**
     * @notice Locks credits of the caller's wallet in a new session, until they expire. Never ends with `sellUntil`.
     * @dev Reverts with `Credits_ZeroCredits`, `Credits_Expired`, `Credits_InvalidSigner`, `Credits_SessionExists` or,
     * naming needed and available credits, with `ERC1155InsufficientBalance`.
     * @param o Terms of the offering.
     * @param signer Key whose vouchers spend the session.
     * @param salt Tells sessions of the same owner and signer apart.
     * @param credits Millicredits to lock: the cap of the session.
     * @return session Id of the session.
     */
    function open(Offering calldata o, address signer, bytes32 salt, uint48 credits)
        external
        returns (bytes32 session);

    /**
     * @notice Buys credits into an open session of anybody, paid from the caller's allowance.
     * @dev Reverts like `buy`, and with `Credits_SessionNotOpen`, `Credits_SessionClosing` or
     * `Credits_SessionLimitExceeded`.
     * Trust: what is topped up belongs to the session's owner.
     * @param o Terms of the offering.
     * @param owner Owner of the session.
     * @param signer Signer of the session.
     * @param salt Salt of the session.
     * @param credits Millicredits to buy and lock, on top of the cap.
     */
    function topUp(Offering calldata o, address owner, address signer, bytes32 salt, uint48 credits) external;

    /* ------------------------------------------------ SETTLING ------------------------------------------------ */

    /**
     * @notice Consumes credits by vouchers of sessions of one offering. Anyone may submit them.
     * @dev Rows are independent: a row that is stale, badly signed or of an unknown session is skipped, one above the
     * cap is clamped, each with its reason in `Settled`, and none changes another or reverts the batch. Vouchers are
     * cumulative, so a replay does nothing. They settle until the session is closed.
     * Reverts with `Credits_UnknownOffering` or `Credits_MalformedRows`.
     * @param o Terms of the offering.
     * @param rows Packed, 134 bytes each: `{bytes32 session, uint48 cumulative, bytes32 receiptsHead, bytes32 r,
     * bytes32 vs}`, where `r` and `vs` are the EIP-2098 signature, low s only, of the `Voucher` typed data by the
     * session's signer.
     * @param receiptsRoot Merkle root of receipts to anchor in the event, or zero.
     * @return consumed Millicredits that this batch consumed.
     */
    function settle(Offering calldata o, bytes calldata rows, bytes32 receiptsRoot)
        external
        returns (uint256 consumed);

    /**
     * @notice Moves the revenue of consumed credits from escrow into the split. Anyone may call.
     * @dev The holders' part goes to the model's `Shares` at once, the others wait for `claim`. Releases nothing, and
     * does not revert, when all is released. Reverts with `Credits_UnknownOffering` or if the model refuses `accrue`.
     * @param o Terms of the offering.
     * @return amount Base units released: floor(price x consumed / 1e9), less what was released before.
     */
    function release(Offering calldata o) external returns (uint256 amount);

    /**
     * @notice `settle` and `release` in one transaction. Anyone may call.
     * @dev Reverts like either.
     * @param o Terms of the offering.
     * @param rows Packed voucher rows, as in `settle`.
     * @param receiptsRoot Merkle root of receipts to anchor in the event, or zero.
     */
    function settleAndRelease(Offering calldata o, bytes calldata rows, bytes32 receiptsRoot) external;

    /**
     * @notice Exercises rights out of the caller's wallet, without anybody's signature: a licence, access to a dataset,
     * GPU-seconds, or whatever `kind` and `termsHash` of the offering say.
     * @dev The receipt is the event; it is not stored, so whoever honours it looks for the event. The revenue of the
     * credits waits for `release`, as that of a settlement does. Reverts with `Credits_ZeroCredits`, `Credits_Expired`
     * or, naming needed and available credits, with `ERC1155InsufficientBalance`.
     * Trust: `subject` is the owner's word. Whoever honours the receipt judges whether it names the right thing.
     * @param o Terms of the offering.
     * @param credits Millicredits to consume.
     * @param subject What the rights are exercised on: the hash of an image, of a dataset's manifest, or zero.
     * @return receipt Its `consumptionHash`, which no other consumption has.
     */
    function consume(Offering calldata o, uint256 credits, bytes32 subject) external returns (bytes32 receipt);

    /* ------------------------------------------------- LEAVING ------------------------------------------------- */

    /**
     * @notice Starts the exit delay of the caller's session. It cannot be taken back or started again.
     * @dev Reverts with `Credits_SessionNotOpen` or `Credits_SessionClosing`.
     * @param o Terms of the offering.
     * @param signer Signer of the session.
     * @param salt Salt of the session.
     */
    function requestClose(Offering calldata o, address signer, bytes32 salt) external;

    /**
     * @notice Closes the caller's session and redeems its unused credits: when the exit delay is over, or at once with
     * the operator's consent. The session's id can never be used again.
     * @dev Reverts with `Credits_SessionNotOpen`, `Credits_CloseNotRequested`, `Credits_NotYetClosable`,
     * `Credits_InvalidOperatorSignature` or `Credits_InvalidAccount`.
     * @param o Terms of the offering.
     * @param signer Signer of the session.
     * @param salt Salt of the session.
     * @param to Receives the payment token.
     * @param operatorSignature Empty to close after the exit delay. Otherwise the signature of the typed data
     * `CooperativeClose(bytes32 session,uint48 used)` by the account that holds the operator role, ECDSA or ERC-1271,
     * where `used` is what is settled at this moment: a voucher settled in between makes it void.
     * @return amount Base units paid: price x unused / 1e9, rounded down.
     */
    function close(Offering calldata o, address signer, bytes32 salt, address to, bytes calldata operatorSignature)
        external
        returns (uint256 amount);

    /**
     * @notice Gives back credits of the caller's wallet for what they cost. Always open.
     * @dev Reverts with `Credits_ZeroCredits`, `Credits_InvalidAccount` or, naming needed and available credits, with
     * `ERC1155InsufficientBalance`.
     * @param o Terms of the offering.
     * @param credits Millicredits to redeem.
     * @param to Receives the payment token.
     * @return amount Base units paid: price x credits / 1e9, rounded down.
     */
    function redeem(Offering calldata o, uint256 credits, address to) external returns (uint256 amount);

    /* ------------------------------------------------ THE SPLIT ------------------------------------------------ */

    /**
     * @notice Pays the account of a role what it has earned. Anyone may call; it never lapses.
     * @dev Pays nothing, and does not revert, when nothing is claimable. Reverts with `Credits_UnknownRole`.
     * @param o Terms of the offering.
     * @param role 0 operator, 1 treasury.
     * @return amount Base units paid.
     */
    function claim(Offering calldata o, uint8 role) external returns (uint256 amount);

    /**
     * @notice Gives the caller's role to another account, with what is unclaimed. The operator's account also signs
     * cooperative closes.
     * @dev Reverts with `Credits_UnknownOffering`, `Credits_UnknownRole`, `Credits_NotAccount` or
     * `Credits_InvalidAccount`.
     * @param o Terms of the offering.
     * @param role 0 operator, 1 treasury.
     * @param to The new account.
     */
    function handOver(Offering calldata o, uint8 role, address to) external;

    /* -------------------------------------------------- VIEWS -------------------------------------------------- */

    /**
     * @notice EIP-712 struct hash of `o`: its id here, registered or not.
     * @param o Terms of the offering.
     * @return offering Id of the offering.
     */
    function offeringId(Offering calldata o) external pure returns (bytes32 offering);

    /**
     * @notice Id of a session, opened or not.
     * @param offering Id of the offering.
     * @param owner Owner of the session.
     * @param signer Signer of the session.
     * @param salt Salt of the session.
     * @return session Keccak-256 of the four, ABI-encoded.
     */
    function sessionId(bytes32 offering, address owner, address signer, bytes32 salt)
        external
        pure
        returns (bytes32 session);

    /**
     * @notice State of a session of an offering.
     * @param offering Id of the offering.
     * @param session Id of the session.
     * @return signer Key whose vouchers spend the session; zero if it was never opened.
     * @return cap Millicredits ever locked in it; zero if it was never opened or is closed.
     * @return used Millicredits consumed so far.
     * @return closableAt When the exit delay ends; zero if no close was requested.
     */
    function session(bytes32 offering, bytes32 session)
        external
        view
        returns (address signer, uint48 cap, uint48 used, uint64 closableAt);

    /**
     * @notice State of an offering.
     * @param offering Id of the offering; all is 0 if it was never registered.
     * @return outstanding Millicredits bought, and neither consumed nor redeemed, in wallets and sessions.
     * @return consumed Millicredits consumed so far.
     * @return released Base units released so far.
     * @return operatorClaimed Base units paid to the operator so far.
     * @return treasuryClaimed Base units paid to the treasury so far.
     */
    function offeringState(bytes32 offering)
        external
        view
        returns (
            uint256 outstanding,
            uint256 consumed,
            uint256 released,
            uint256 operatorClaimed,
            uint256 treasuryClaimed
        );

    /**
     * @notice Account that holds a role (0 operator, 1 treasury). Reverts with `Credits_UnknownRole`.
     * @param o Terms of the offering.
     * @param role 0 operator, 1 treasury.
     * @return Who is paid. Zero only for a treasury without a part, or of terms that cannot be registered.
     */
    function account(Offering calldata o, uint8 role) external view returns (address);

    /**
     * @notice Base units that the outstanding credits of `o` can be redeemed for: floor(price x outstanding / 1e9).
     * @param o Terms of the offering.
     * @return Base units; 0 if the offering was never registered.
     */
    function escrow(Offering calldata o) external view returns (uint256);

    /**
     * @notice Base units that `claim` would pay now. Reverts with `Credits_UnknownRole`.
     * @param o Terms of the offering.
     * @param role 0 operator, 1 treasury.
     * @return Base units; 0 if the offering was never registered.
     */
    function claimable(Offering calldata o, uint8 role) external view returns (uint256);

    /**
     * @notice EIP-712 digest that the signer of `session` signs: its use so far and the head of its receipt chain.
     * @param session Id of the session.
     * @param cumulative Millicredits used so far.
     * @param receiptsHead Hash of the session's last receipt that the voucher covers; zero if there is none.
     * @return What `ecrecover` takes; of this contract on this chain.
     */
    function voucherDigest(bytes32 session, uint48 cumulative, bytes32 receiptsHead) external view returns (bytes32);

    /**
     * @notice The receipt of a consumption, for whoever checks one: the EIP-712 struct hash
     * `Consumption(bytes32 offering,address owner,bytes32 subject,uint256 credits,uint256 sequence)`.
     * @dev It says what `Consumed` would say, not that it ever happened.
     * @param offering Id of the offering.
     * @param owner Out of whose wallet.
     * @param subject What the rights were exercised on.
     * @param credits Millicredits consumed.
     * @param sequence Millicredits of the offering that were consumed before these.
     * @return receipt The struct hash.
     */
    function consumptionHash(
        bytes32 offering,
        address owner,
        bytes32 subject,
        uint256 credits,
        uint256 sequence
    ) external pure returns (bytes32 receipt);
}
