interface CatalogueEntry {
  /** What happened, in one short phrase. */
  readonly title: string;
  /** Why it happens. */
  readonly cause: string;
  /** What to do about it. */
  readonly remedy: string;
  readonly httpStatus: number;
}

/**
 * Every error that a person or a program can meet, by its stable code. HTTP answers, GraphQL `extensions.code`, the
 * command line and `docs/errors.md` are all made from this table. A code is never renamed and never reused.
 */
export const errorCatalogue = {
  INSUFFICIENT_CREDIT: {
    title: "The session cannot pay for this call",
    cause: "The call needs more credits than the session has left, even if every open call ended without a charge.",
    remedy: "Top up the session, open a larger one, or ask for less output with max_tokens.",
    httpStatus: 402,
  },
  CREDIT_ON_HOLD: {
    title: "The session's credits are on hold for calls in flight",
    cause:
      "Other calls of the same session hold its credits at this moment, or one that its consumer has yet to sign for is in flight.",
    remedy: "Retry when a call in flight has ended, make fewer calls at once, or top up the session.",
    // 429, not 402: nothing has to be paid, and stock clients already back off and retry on it.
    httpStatus: 429,
  },
  VOUCHER_REQUIRED: {
    title: "A voucher must be signed before the next call",
    cause: "The session's use has run ahead of the last voucher that its signer gave to the gateway.",
    remedy:
      "Sign the Voucher in the details with the session's signer and POST it to /sessions/:id/voucher, then retry.",
    httpStatus: 402,
  },
  VOUCHER_INVALID: {
    title: "The voucher is not acceptable",
    cause: "Its signature is malformed or another key's, or it does not state the session's cumulative use and head.",
    remedy: "GET /sessions/:id/voucher for what to sign, and sign exactly that with the session's signer.",
    httpStatus: 400,
  },
  INVALID_API_KEY: {
    title: "The API key is missing, unknown, revoked or expired",
    cause: "No key of this factory has this value, or a request for a key was not signed by the session's owner.",
    remedy: "Send `Authorization: Bearer jm_...` with a key of an open session; make one by POST /sessions/:id/keys.",
    httpStatus: 401,
  },
  SESSION_NOT_FOUND: {
    title: "There is no such session",
    cause: "The session was never opened on this chain, or the block that opens it is not indexed or not final enough.",
    remedy:
      "Check the session id, and wait until the transaction that opens it has the finality that the factory asks.",
    httpStatus: 404,
  },
  SESSION_CLOSING: {
    title: "The session is closing or closed",
    cause: "Its owner asked to close it, and from then on no new call may be started on it.",
    remedy: "Open a new session and use a key of that one.",
    httpStatus: 409,
  },
  SESSION_SUSPENDED: {
    title: "The session's purchase is not on the chain any more",
    cause: "A reorganisation of the chain dropped the transaction that opened the session.",
    remedy: "Wait until the transaction is mined again, or send it again: the session then goes on where it was.",
    httpStatus: 409,
  },
  MODEL_NOT_FOUND: {
    title: "This factory does not serve the model",
    cause: "The request names a model, or its key's session belongs to an offering, that is not served here.",
    remedy: "Choose a model of GET /v1/models, with a key of a session of that model's offering.",
    httpStatus: 404,
  },
  OFFERING_EXPIRED: {
    title: "The credits of this offering have expired",
    cause: "The offering's terms name a last second of use, and it has passed.",
    remedy: "Close the session or redeem the credits at the price paid, and buy credits of another offering.",
    httpStatus: 409,
  },
  BAD_REQUEST: {
    title: "The request is malformed",
    cause: "A field is missing, has the wrong type, or has a value that is out of range.",
    remedy: "Correct the field that the details name.",
    httpStatus: 400,
  },
  BODY_TOO_LARGE: {
    title: "The request body is too large",
    cause: "The body has more bytes than this gateway accepts.",
    remedy: "Send a shorter prompt; the details say the limit in bytes.",
    httpStatus: 413,
  },
  UPSTREAM_UNAVAILABLE: {
    title: "The inference server cannot be reached",
    cause: "The connection to the inference server behind the gateway failed. The call was not charged.",
    remedy: "Retry later. Operators: check that the server runs and that --upstream names it.",
    httpStatus: 503,
  },
  UPSTREAM_ERROR: {
    title: "The inference server failed",
    cause: "The inference server answered with an error, or ended its answer early. Only what it produced is charged.",
    remedy: "Retry; if it lasts, see the status in the details and the inference server's own log.",
    httpStatus: 502,
  },
  LEDGER_UNAVAILABLE: {
    title: "The ledger cannot be reached",
    cause:
      "The database did not answer. Nothing is served without a hold; what was served is charged if its receipt says so.",
    remedy:
      "Retry later; if the answer names a receipt, ask for that first, at GET /receipts/:id. Operators: check DATABASE_URL or the state folder, and the disk's free space.",
    httpStatus: 503,
  },
  LEDGER_OUTDATED: {
    title: "The ledger was made by another version of Joulemint",
    cause: "The tables in the database or the state folder are not those of this version, and are not converted.",
    remedy:
      "Start with a new state folder (--state DIR) or an empty database in DATABASE_URL. The old one is unchanged: the version that made it still opens and exports it.",
    httpStatus: 503,
  },
  RATE_CARD_UNKNOWN: {
    title: "The offering's rate card is not known",
    cause: "The offering commits to the hash of a rate card, and the factory has no card with that hash.",
    remedy: "Operators: give the factory the card that the offering was registered with.",
    httpStatus: 503,
  },
  TIER_NOT_OFFERED: {
    title: "The tier is not offered",
    cause: "The request asks for another tier than the one of the offering that its session belongs to.",
    remedy: "Leave the tier out, or buy credits of an offering of that tier.",
    httpStatus: 400,
  },
  RECEIPT_NOT_FOUND: {
    title: "There is no such receipt",
    cause: "No call of this factory has this id.",
    remedy: "Use the id in the x-joulemint-receipt header of the call's answer.",
    httpStatus: 404,
  },
  RECEIPT_PENDING: {
    title: "The receipt is not signed yet",
    cause: "The call is still running, or its receipt waits for the next batch to be signed.",
    remedy: "Ask again in a moment.",
    httpStatus: 202,
  },
  RECEIPT_INVALID: {
    title: "The receipt is not valid",
    cause: "A field of the receipt is malformed, or differs from what was signed.",
    remedy: "Look at the field that the details name, and get the receipt again from GET /receipts/:id.",
    httpStatus: 400,
  },
  CALL_NOT_CHARGED: {
    title: "The call ended without a charge, so it has no receipt",
    cause: "The call was refused or produced nothing, or its gateway ended before the charge was written.",
    remedy: "Make the call again; nothing was taken for this one.",
    httpStatus: 410,
  },
  GATEWAY_FENCED: {
    title: "This gateway lost its lease",
    cause: "It did not reach the database in time, so its holds were given back and its place may be another's.",
    remedy: "Retry: it registers again by itself. Operators: check the database's load and the machine's clock.",
    httpStatus: 503,
  },
  GATEWAY_DRAINING: {
    title: "This gateway is about to stop",
    cause: "It was asked to end: it finishes the calls in flight and takes no new ones.",
    remedy: "Send the call to another gateway, or again in a moment.",
    httpStatus: 503,
  },
  HOLD_NOT_OPEN: {
    title: "The hold is not open",
    cause: "The hold of this call was never placed, or was already captured, voided or expired.",
    remedy: "Start the call again: each call needs a hold of its own.",
    httpStatus: 409,
  },
  CHAIN_BEHIND: {
    title: "The chain is not indexed far enough",
    cause:
      "The ledger has not yet indexed the block that was asked for, the RPC node lags behind, or nobody has looked at the chain for longer than calls are served without that.",
    remedy: "Retry later. Operators: check the RPC address, and that the indexer advances.",
    httpStatus: 503,
  },
  CHAIN_REORG: {
    title: "The chain replaced blocks that were already used",
    cause: "A block that this request depended on is no longer part of the chain.",
    remedy:
      "Read again, or ask for SAFE or FINALIZED data. Operators: where indexing has ended, node and ledger are of different chains; see docs/operations.md.",
    httpStatus: 409,
  },
  FINALITY_UNKNOWN: {
    title: "The chain does not say which block is that final",
    cause: "The node knows no block under this tag yet, or the ledger keeps no state as old as that block.",
    remedy: "Ask for LATEST, or again when the chain has gone on.",
    httpStatus: 503,
  },
  SETTLEMENT_FAILED: {
    title: "The settlement was not accepted by the chain",
    cause: "The transaction that settles vouchers reverted, or could not be sent.",
    remedy: "Operators: read the reason in the details and check the settler account's balance. It is retried.",
    httpStatus: 502,
  },
  EXPORT_MALFORMED: {
    title: "The export cannot be read",
    cause: "A file of the export is missing, or a line of it is not what an export writes.",
    remedy: "See the file and line in the details, and export again.",
    httpStatus: 400,
  },
  TRACE_MALFORMED: {
    title: "The trace file is malformed",
    cause: "A row of the trace does not have the columns or the kind of values that a replay reads.",
    remedy: "Correct the line that the details name.",
    httpStatus: 400,
  },
  STATE_IN_USE: {
    title: "The state folder is in use by another factory",
    cause: "An embedded ledger belongs to one process, and a running process has this folder open.",
    remedy: "Stop that factory, or choose another folder with --state DIR.",
    httpStatus: 409,
  },
  FACTORY_NOT_RUNNING: {
    title: "No factory is running on this state folder",
    cause: "The command speaks to a running factory over HTTP, and found none through the state folder.",
    remedy: "Start one with `npm start`, or name its folder with --state DIR.",
    httpStatus: 503,
  },
  PORT_IN_USE: {
    title: "The port is already in use",
    cause: "Another process listens on the port that was asked for.",
    remedy: "Choose another port with --port N, or leave it out for a free one.",
    httpStatus: 409,
  },
  CONFIG_INVALID: {
    title: "The configuration is not valid",
    cause: "A setting is missing, or has a value that cannot be used.",
    remedy: "Correct the setting that the details name.",
    httpStatus: 400,
  },
  CHAIN_UNAVAILABLE: {
    title: "The chain does not answer",
    cause: "The JSON-RPC endpoint could not be reached, or the local chain did not start.",
    remedy: "Check the RPC address in the details and that its node runs, then start again.",
    httpStatus: 503,
  },
  TRANSACTION_FAILED: {
    title: "A transaction was refused by the chain",
    cause: "The contract reverted, or the account could not pay for gas.",
    remedy: "Read the reason in the details; nothing was changed on chain.",
    httpStatus: 422,
  },
  GRAPHQL_FAILED: {
    title: "The GraphQL API refused a query",
    cause: "The query that a command sent was answered with an error.",
    remedy: "Read the message in the details, and check that command and factory are of the same version.",
    httpStatus: 502,
  },
  TIMED_OUT: {
    title: "Something that was waited for did not happen",
    cause: "The details name what was waited for and how long.",
    remedy: "Look at the factory's log for what holds it up, then run the command again: nothing is done twice.",
    httpStatus: 504,
  },
  SESSION_NOT_SETTLED: {
    title: "The session cannot be closed at once yet",
    cause: "A cooperative close needs a request to close on chain, no call in flight, and every charge settled.",
    remedy: "Request the close on chain, wait for the next settlement and ask again; or wait for the exit delay.",
    httpStatus: 409,
  },
  NOT_FOUND: {
    title: "There is nothing at this path",
    cause: "The path is not one of /v1, /graphql, /receipts, /sessions, /factory or the start page.",
    remedy: "Check the address.",
    httpStatus: 404,
  },
  INTERNAL: {
    title: "Joulemint has a defect",
    cause: "Something happened that the program holds to be impossible.",
    remedy: "Please report it with the details and the log lines around it.",
    httpStatus: 500,
  },
} as const satisfies Record<string, CatalogueEntry>;

export type ErrorCode = keyof typeof errorCatalogue;
