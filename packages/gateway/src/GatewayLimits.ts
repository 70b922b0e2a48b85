/** What one caller or one upstream may ask of a gateway. */
export interface GatewayLimits {
  /** Bytes of a request body. */
  readonly bodyBytes: number;
  /** Bytes of an answer that is not streamed. */
  readonly responseBytes: number;
  /** Bytes of one event of a streamed answer. */
  readonly eventBytes: number;
  /** Milliseconds until a call is stopped, and charged for what it produced. Its hold lives a minute longer. */
  readonly callMs: number;
  /** Milliseconds to connect to the upstream, to its first byte, and between two of its bytes. */
  readonly connectMs: number;
  readonly headersMs: number;
  readonly idleMs: number;
  /** Connections to the upstream. */
  readonly connections: number;
  /** Tokens that an engine's chat template may add to a request and to each message: part of the input bound. */
  readonly requestAllowance: number;
  readonly messageAllowance: number;
  /** Output tokens that a stream's first hold pays for, and below which the balance does not lower a limit. */
  readonly firstGrant: number;
  /** Output tokens by which a stream's hold grows at least, while so much is free. */
  readonly leastPiece: number;
  /**
   * Milliseconds for which calls are served though nobody has seen the ledger where the chain is. What a session spends
   * in that time after its owner has begun to close it may be lost; so it is far less than an exit delay.
   */
  readonly chainAgeMs: number;
  /** Milliseconds that `drain` waits for calls in flight before it stops them. */
  readonly closeGraceMs: number;
}

export const defaultLimits: GatewayLimits = {
  bodyBytes: 10 * 1024 * 1024,
  responseBytes: 64 * 1024 * 1024,
  eventBytes: 10 * 1024 * 1024,
  callMs: 600_000,
  connectMs: 5_000,
  headersMs: 600_000,
  idleMs: 120_000,
  connections: 256,
  requestAllowance: 64,
  messageAllowance: 16,
  firstGrant: 256,
  leastPiece: 64,
  chainAgeMs: 300_000,
  closeGraceMs: 5_000,
};
