import { isJoulemintError } from "@joulemint/protocol/JoulemintError";
import {
  BlockNotFoundError,
  HttpRequestError,
  InternalRpcError,
  LimitExceededRpcError,
  ResourceNotFoundRpcError,
  ResourceUnavailableRpcError,
  SocketClosedError,
  TimeoutError,
  WebSocketRequestError,
} from "viem";

/** The node is away, busy, or not yet where another node behind the same address was. */
const OF_NODES = [
  BlockNotFoundError,
  HttpRequestError,
  InternalRpcError,
  LimitExceededRpcError,
  ResourceNotFoundRpcError,
  ResourceUnavailableRpcError,
  SocketClosedError,
  TimeoutError,
  WebSocketRequestError,
];
/** SQLSTATE: connection, serialisation and deadlock, resources, lock not available, intervention; and Node's socket errors. */
const CODES =
  /^(08\w{3}|40\w{3}|53\w{3}|55P03|57\w{3}|ECONN\w+|ETIMEDOUT|EPIPE|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH)$/;
/** What `pg` says of a connection it lost, without a code. */
const LOST_CONNECTION = /connection terminated|connection error|timeout exceeded when trying to connect/i;

/** Whether the same work may succeed later: a node or a database that could not be reached, as opposed to one that refused. */
export function isTransient(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (isJoulemintError(cause, "CHAIN_UNAVAILABLE") || isJoulemintError(cause, "LEDGER_UNAVAILABLE")) return true;
    if (isJoulemintError(cause)) return false;
    if (OF_NODES.some((kind) => cause instanceof kind)) return true;
    if ("code" in cause && CODES.test(String(cause.code))) return true;
    if (LOST_CONNECTION.test(cause.message)) return true;
  }
  return false;
}
