import { setTimeout as sleep } from "node:timers/promises";
import { chat } from "@joulemint/app/client/chat";
import { stateDirectory } from "@joulemint/app/factory/stateDirectory";
import { createDatabase } from "@joulemint/ledger/testing/createDatabase";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { auditedFactory } from "../harness/auditedFactory.ts";
import { expectAuditAgrees } from "../harness/expectAuditAgrees.ts";
import { newState } from "../harness/newState.ts";
import { removeState } from "../harness/removeState.ts";
import type { KillAt } from "../harness/runJoulemint.ts";
import { EndedEarly } from "../harness/serving.ts";
import { type FactoryProcess, startFactoryProcess } from "../harness/startFactoryProcess.ts";
import { askStream } from "./crash/askStream.ts";
import { checkBooks } from "./crash/checkBooks.ts";
import { checkLedger } from "./crash/checkLedger.ts";

/** One life of the factory each. What `after` lets pass is a whole call, or the settlement of what an earlier life left. */
const deaths: readonly KillAt[] = [
  { checkpoint: "joulemint:hold.placed", after: 1 },
  { checkpoint: "joulemint:stream.delivered", after: 2 },
  { checkpoint: "joulemint:answer.ended", after: 1 },
  { checkpoint: "joulemint:call.captured", after: 1 },
  { checkpoint: "joulemint:settlement.intended", after: 1 },
  { checkpoint: "joulemint:settlement.sent" },
  { checkpoint: "joulemint:settlement.sent", after: 1 },
];

const PARALLEL = 3;
const OUTPUT_TOKENS = 40;
const DEATH_MS = 20_000;

describe.concurrent.each(["pglite", "postgres"] as const)(
  "a factory that is killed at every checkpoint, on %s",
  (kind) => {
    let state: string;
    beforeAll(async () => {
      state = await newState();
    });
    afterAll(() => removeState(state));

    it("settles every receipt once, gives every hold back, and charges nobody without a receipt", async () => {
      const databaseUrl = kind === "postgres" ? await createDatabase() : null;
      const env: Record<string, string> = databaseUrl === null ? {} : { DATABASE_URL: databaseUrl };
      const start = (killAt?: KillAt) =>
        startFactoryProcess({
          state,
          env,
          args: ["--tokens-per-second", "100", "--lease", "1000"],
          ...(killAt === undefined ? {} : { killAt }),
        });
      const promised: string[] = [];
      for (const death of deaths) {
        // One that dies of what it finds when it starts has come far enough.
        const factory = await start(death).catch(diedEarly);
        if (factory !== null) promised.push(...(await liveUntilDeath(factory, death)));
      }
      const survivor = await start();
      promised.push((await ask(survivor)).receiptId);
      await checkBooks(survivor, promised);
      await expectAuditAgrees(auditedFactory(survivor));
      expect(promised.length).toBeGreaterThan(deaths.length);
      await survivor.stop({ keep: true });
      await checkLedger(databaseUrl === null ? { directory: stateDirectory(state).ledger } : { databaseUrl });
    });
  },
);

function diedEarly(error: unknown): null {
  if (error instanceof EndedEarly && error.signal === "SIGKILL") return null;
  throw error;
}

const ask = ({ url, apiKey, model }: FactoryProcess) =>
  chat(url, apiKey, { model, messages: [{ role: "user", content: "Still there?" }], max_tokens: 10 });

/** A call that ends well, then some that do not. Gives the ids of receipts that callers were promised. */
async function liveUntilDeath(factory: FactoryProcess, { checkpoint }: KillAt): Promise<string[]> {
  const { reconciliation } = await factory.client.query<{ reconciliation: { difference: string } }>(
    "{ reconciliation { difference } }",
  );
  expect(reconciliation.difference).toBe("0");
  const whole = await ask(factory).then(
    ({ receiptId }) => receiptId,
    // The settler may have been first to come to its checkpoint.
    () => null,
  );
  const streams = await Promise.all(Array.from({ length: PARALLEL }, () => askStream(factory, OUTPUT_TOKENS)));
  const died = await Promise.race([factory.exited.then(() => true), sleep(DEATH_MS).then(() => false)]);
  if (!died) await factory.kill();
  expect(died, `the factory outlived ${checkpoint}`).toBe(true);
  return [whole, ...streams].filter((id) => id !== null);
}
