import { rateCard } from "@joulemint/economics/RateCard";
import { JoulemintError } from "@joulemint/protocol/JoulemintError";
import { describe, expect, it } from "vitest";
import { GrantKeeper } from "./GrantKeeper.ts";
import { OutputGrant, type Piece } from "./OutputGrant.ts";

const running = new AbortController().signal;

/** A keeper of a hold for 256 tokens of one millicredit each, and the answers that its questions wait for. */
function keep() {
  const rates = rateCard({ output: 1_000n });
  const grant = new OutputGrant({ inputBound: 0n, outputBound: 10_000n, leastPiece: 64, rateCard: rates }, 256n);
  const asked: (Piece & { answer(granted: bigint): void; fail(error: Error): void })[] = [];
  const keeper = new GrantKeeper(grant, (piece) => {
    const { promise, resolve, reject } = Promise.withResolvers<bigint>();
    asked.push({ ...piece, answer: resolve, fail: reject });
    return promise;
  });
  const produce = (tokens: number) => {
    grant.use(null, tokens);
    keeper.tend();
  };
  return { grant, keeper, asked, produce };
}
const settle = () => new Promise((resolve) => setImmediate(resolve));

describe("GrantKeeper", () => {
  it("asks ahead of need, one question at a time, and goes on meanwhile", async () => {
    const { keeper, asked, produce, grant } = keep();
    produce(100);
    expect(asked).toHaveLength(0);
    produce(150);
    produce(200);
    expect(asked).toHaveLength(1);
    expect(grant.usedUp).toBe(false);
    asked[0]?.answer(75n);
    await settle();
    expect(grant.amount).toBe(331n);
    expect(await keeper.more(running)).toBe(true);
    expect(asked).toHaveLength(1);
  });

  it("waits for the answer that is due when the grant is used up", async () => {
    const { keeper, asked, produce } = keep();
    produce(200);
    produce(256);
    const more = keeper.more(running);
    asked[0]?.answer(64n);
    expect(await more).toBe(true);
    expect(asked).toHaveLength(1);
  });

  it("asks once more before it says no: the answer to an early question may be out of date", async () => {
    const { keeper, asked, produce } = keep();
    produce(200);
    produce(256);
    const first = keeper.more(running);
    asked[0]?.answer(0n);
    await settle();
    asked[1]?.answer(10n);
    expect(await first).toBe(true);
    produce(266);
    const second = keeper.more(running);
    asked[2]?.answer(0n);
    await settle();
    asked[3]?.answer(0n);
    expect(await second).toBe(false);
  });

  it("asks again when the ledger was away ahead of need, and passes on what fails then", async () => {
    const { keeper, asked, produce } = keep();
    produce(200);
    asked[0]?.fail(new JoulemintError("LEDGER_UNAVAILABLE", {}));
    await settle();
    expect(keeper.lost).toBeNull();
    produce(256);
    asked[1]?.fail(new JoulemintError("LEDGER_UNAVAILABLE", {}));
    await settle();
    const more = keeper.more(running);
    await settle();
    asked[2]?.fail(new JoulemintError("LEDGER_UNAVAILABLE", { reason: "still" }));
    await expect(more).rejects.toMatchObject({ code: "LEDGER_UNAVAILABLE", details: { reason: "still" } });
  });

  it("tells when the hold is lost, and asks no more", async () => {
    const { keeper, asked, produce } = keep();
    produce(200);
    asked[0]?.fail(new JoulemintError("GATEWAY_FENCED", {}));
    await settle();
    expect(keeper.lost).toMatchObject({ error: { code: "GATEWAY_FENCED" } });
    produce(256);
    await expect(keeper.more(running)).rejects.toMatchObject({ code: "GATEWAY_FENCED" });
    expect(asked).toHaveLength(1);
  });

  it("waits no longer when the call is stopped", async () => {
    const { keeper, produce } = keep();
    produce(256);
    const stopping = new AbortController();
    const more = keeper.more(stopping.signal);
    stopping.abort();
    expect(await more).toBe(false);
  });
});
