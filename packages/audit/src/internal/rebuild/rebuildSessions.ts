import type { Hex } from "viem";
import type { SessionLine } from "../../exportFiles.ts";
import type { ChainRecord } from "../chain/readChain.ts";
import type { SessionBook } from "../fold/Books.ts";
import type { SessionReceipts } from "../receipts/chainReceipts.ts";

/** A session as it must be, and what it adds to the buckets of its offering. All in millicredits. */
export interface RebuiltSession {
  readonly line: SessionLine;
  readonly buckets: {
    readonly available: bigint;
    readonly onHold: bigint;
    readonly charged: bigint;
    readonly settledWithReceipts: bigint;
    readonly settledWithoutReceipts: bigint;
    readonly uncollectible: bigint;
  };
}

const larger = (a: bigint, b: bigint) => (a > b ? a : b);
const smaller = (a: bigint, b: bigint) => (a < b ? a : b);

/**
 * The sessions of the audited offerings, and those that have receipts and no session on chain. `told` are the lines of the
 * export: what is on hold for calls in flight only the factory knows, and where receipts are missing it has the last word
 * on their sum, so that they are named once and not again by every figure that counts them.
 */
export function rebuildSessions(
  { books, offerings }: Pick<ChainRecord, "books" | "offerings">,
  receipts: ReadonlyMap<Hex, SessionReceipts>,
  told: readonly SessionLine[],
): RebuiltSession[] {
  const lines = new Map(told.map((line) => [line.session, line]));
  const onChain = new Map([...books.sessions].filter(([, { offering }]) => offerings.has(offering)));
  const charged = [...receipts].filter(([, { sequence, complete }]) => sequence > 0n || !complete);
  const ids = new Set([...onChain.keys(), ...charged.map(([id]) => id)]);
  return [...ids].map((id) => {
    const own = receipts.get(id);
    const line = lines.get(id);
    const meter = own?.complete === false && line !== undefined ? meterOf(line) : (own ?? NO_RECEIPTS);
    return rebuild(id, onChain.get(id), own?.offering, meter, line?.onHold ?? 0n);
  });
}

type Meter = Pick<SessionReceipts, "charged" | "sequence"> & { readonly head: Hex };
const NO_RECEIPTS: Meter = { charged: 0n, sequence: 0n, head: `0x${"0".repeat(64)}` };
const meterOf = ({ charged, sequence, receiptsHead }: SessionLine): Meter => ({
  charged,
  sequence,
  head: receiptsHead,
});

function rebuild(
  id: Hex,
  session: SessionBook | undefined,
  offering: Hex | undefined,
  { charged, sequence, head }: Meter,
  held: bigint,
): RebuiltSession {
  const { cap = 0n, used = 0n } = session ?? {};
  const live = session !== undefined && session.state !== "closed";
  const left = live ? larger(0n, cap - larger(charged, used)) : 0n;
  const available = larger(0n, left - held);
  const uncollectible = larger(0n, charged - (live ? cap : used));
  const line: SessionLine = {
    session: id,
    offering: session?.offering ?? offering ?? "0x",
    owner: session?.owner ?? null,
    signer: session?.signer ?? null,
    salt: session?.salt ?? null,
    cap,
    used,
    state: session?.state ?? "suspended",
    closableAt: session?.closableAt ?? null,
    openedBlock: session?.openedBlock ?? null,
    charged,
    available,
    onHold: live ? held : null,
    sequence,
    receiptsHead: head,
    uncollectible,
  };
  const buckets = {
    available,
    onHold: smaller(held, left),
    charged: live ? larger(0n, smaller(charged, cap) - used) : 0n,
    settledWithReceipts: smaller(charged, used),
    settledWithoutReceipts: larger(0n, used - charged),
    uncollectible,
  };
  return { line, buckets };
}
