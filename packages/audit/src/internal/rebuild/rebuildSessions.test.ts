import { describe, expect, it } from "vitest";
import type { SessionLine } from "../../exportFiles.ts";
import { named } from "../../testing/named.ts";
import { emptyBooks, type SessionBook } from "../fold/Books.ts";
import type { SessionReceipts } from "../receipts/chainReceipts.ts";
import { rebuildSessions } from "./rebuildSessions.ts";

const [id, offering] = [named.word("session"), named.word("offering")];
type State = SessionLine["state"];

/** A session of 100 millicredits of which 20 are settled; `suspended` is not on chain. */
function rebuild(state: State, { charged, onHold, cap = 100n }: { charged: bigint; onHold: bigint; cap?: bigint }) {
  const books = emptyBooks();
  if (state !== "suspended") books.sessions.set(id, { id, offering, cap, used: 20n, state } as SessionBook);
  const receipts = { offering, lines: [], charged, sequence: 3n, head: named.word("head"), complete: true };
  const told = [{ session: id, onHold } as SessionLine];
  const [rebuilt] = rebuildSessions(
    { books, offerings: new Set([offering]) },
    new Map([[id, receipts as unknown as SessionReceipts]]),
    told,
  );
  const { available, onHold: held, uncollectible } = rebuilt?.line ?? {};
  const {
    onHold: bucket,
    charged: unsettled,
    settledWithReceipts: settled,
    settledWithoutReceipts: alarm,
  } = rebuilt?.buckets ?? {};
  return { available, held, uncollectible, bucket, unsettled, settled, alarm };
}

describe("rebuildSessions", () => {
  it.each<[string, State, Parameters<typeof rebuild>[1], (bigint | null)[]]>([
    ["with money left", "open", { charged: 50n, onHold: 30n }, [20n, 30n, 0n, 30n, 30n, 20n, 0n]],
    ["that is closing", "closing", { charged: 50n, onHold: 0n }, [50n, 0n, 0n, 0n, 30n, 20n, 0n]],
    ["settled beyond its receipts", "open", { charged: 5n, onHold: 0n }, [80n, 0n, 0n, 0n, 0n, 5n, 15n]],
    [
      "whose top-up was dropped under a hold",
      "open",
      { charged: 50n, onHold: 90n, cap: 70n },
      [0n, 90n, 0n, 20n, 30n, 20n, 0n],
    ],
    [
      "whose top-up was dropped after use",
      "open",
      { charged: 90n, onHold: 0n, cap: 70n },
      [0n, 0n, 20n, 0n, 50n, 20n, 0n],
    ],
    ["closed before its last voucher", "closed", { charged: 50n, onHold: 7n }, [0n, null, 30n, 0n, 0n, 20n, 0n]],
    ["gone from the chain", "suspended", { charged: 50n, onHold: 7n }, [0n, null, 50n, 0n, 0n, 0n, 0n]],
  ])("counts a session %s", (_, state, meter, expected) => {
    expect(Object.values(rebuild(state, meter))).toEqual(expected);
  });
});
