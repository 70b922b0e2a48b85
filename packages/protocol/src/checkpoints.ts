import { channel } from "node:diagnostics_channel";

/**
 * The points of a call and of a settlement at which a process may end and nothing may be lost. Each is published on its
 * channel when what its comment says is true, and not before.
 */
export const checkpoints = {
  /** A call's hold is committed; nothing was sent to the inference server. */
  holdPlaced: channel("joulemint:hold.placed"),
  /** Bytes of a stream went to the caller. */
  streamDelivered: channel("joulemint:stream.delivered"),
  /** A call's answer is over, and its charge is not written. */
  answerEnded: channel("joulemint:answer.ended"),
  /** A call's charge is committed, and its receipt is not signed. */
  callCaptured: channel("joulemint:call.captured"),
  /** A settlement's intent is committed as sent, and it has not left the process. */
  settlementIntended: channel("joulemint:settlement.intended"),
  /** A settlement was given to the node, and its receipt was not seen. */
  settlementSent: channel("joulemint:settlement.sent"),
} as const;
