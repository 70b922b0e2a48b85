import { setTimeout as sleep } from "node:timers/promises";
import { parseSignedReceipt } from "@joulemint/protocol/SignedReceipt";
import { verifyReceipt } from "@joulemint/protocol/verifyReceipt";
import type { SessionBook } from "../books/SessionBook.ts";
import type { Script } from "../world/Script.ts";
import type { World } from "../world/startWorld.ts";
import { chargeOf, errorCode, post, type requestOf } from "./chat.ts";
import { readChunks } from "./readChunks.ts";

/** A call during which the factory may lose its memory. All calls of a session have one script. */
export interface CallAtRisk {
  readonly session: SessionBook;
  readonly script: Script;
  readonly request: ReturnType<typeof requestOf>;
}

/** What its caller saw of it. */
export interface CallAnswer {
  /** Whether the caller has the answer to its end. */
  readonly whole: boolean;
}

/** Makes the call, until it ends, or stands still where its script waits; whatever happens to it is an answer. */
export async function riskCall(world: World, { session, script, request }: CallAtRisk): Promise<CallAnswer> {
  try {
    const response = await post(world, session, request);
    if (script.end === "wait" && response.ok) {
      await readChunks(response, script.chunks);
      return { whole: false };
    }
    const text = await response.text();
    return { whole: response.ok && (!request.stream || text.includes("[DONE]")) };
  } catch {
    return { whole: false };
  }
}

/** The holds that the sessions of the calls have so far. */
export async function holdsOf({ ledger }: World, calls: readonly CallAtRisk[]): Promise<Set<string>> {
  const rows = await ledger.db.selectFrom("hold").select("id").where("session", "in", sessionsOf(calls)).execute();
  return new Set(rows.map(({ id }) => id));
}

/**
 * Finds out from the ledger what became of the calls, and writes it into the books. A call is charged what it costs, and
 * has a receipt, or it is not charged at all; one whose caller has all of its answer is charged.
 */
export async function adoptCalls(
  world: World,
  calls: readonly CallAtRisk[],
  answers: readonly CallAnswer[],
  before: ReadonlySet<string>,
): Promise<void> {
  const holds = (await readHolds(world, calls)).filter(({ id }) => !before.has(id));
  for (const session of new Set(calls.map((call) => call.session))) {
    const script = calls.find((call) => call.session === session)?.script;
    const asked = answers.filter((_, index) => calls[index]?.session === session);
    const own = holds.filter((hold) => hold.session === session.terms.id);
    const charged = own.filter(({ state }) => state === "captured");
    if (script === undefined || own.length > asked.length) throw new Error("more holds than calls");
    const whole = asked.filter((answer) => answer.whole);
    if (charged.length < whole.length) throw new Error(`${whole.length} calls were served, ${charged.length} charged`);
    const cost = chargeOf(script, session.terms.offering.rateCard);
    for (const hold of charged) {
      if (hold.charge !== cost) throw new Error(`a call of ${cost} was charged ${hold.charge}`);
      session.held += hold.amount;
      session.capture(cost, hold.amount);
    }
    world.saw("call charged whose caller saw no end", charged.length - whole.length);
    world.saw("call lost and not charged", own.length - charged.length);
  }
  for (const { id, state } of holds) await checkReceipt(world, id, state);
}

async function readHolds({ ledger }: World, calls: readonly CallAtRisk[]) {
  const holds = await ledger.db
    .selectFrom("hold")
    .leftJoin("usage_event", "usage_event.id", "hold.id")
    .select(["hold.id", "hold.session", "hold.amount", "hold.state", "usage_event.charge"])
    .where("hold.session", "in", sessionsOf(calls))
    .execute();
  const open = holds.find(({ state }) => state === "open");
  if (open !== undefined) throw new Error(`the hold ${open.id} is open, and nobody will end it`);
  return holds;
}

const PATIENCE_MS = 5_000;

/** A receipt for what was charged, signed by whoever is left; none for what was not, and a word that says so. */
async function checkReceipt({ factory }: World, id: string, state: string): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS;
  for (;;) {
    const response = await fetch(`${factory.url}/receipts/${id}`);
    if (response.status === 200) {
      const verdict = await verifyReceipt(parseSignedReceipt(await response.text()));
      if (!verdict.ok || state !== "captured") throw new Error(`${state} call ${id} has a receipt: ${verdict.ok}`);
      return;
    }
    const code = await errorCode(response);
    if (code === "CALL_NOT_CHARGED" && state !== "captured") return;
    if (code !== "RECEIPT_PENDING" || performance.now() > deadline) throw new Error(`${state} call ${id}: ${code}`);
    await sleep(5);
  }
}

/** Never empty, as SQL wants it. */
function sessionsOf(calls: readonly CallAtRisk[]): string[] {
  return ["none", ...calls.map(({ session }) => session.terms.id)];
}
