import { chat } from "@joulemint/app/client/chat";
import { untilSettled } from "@joulemint/app/client/followReceipt";
import { stateDirectory } from "@joulemint/app/factory/stateDirectory";
import { openLedger } from "@joulemint/ledger/openLedger";
import { settleableSessions } from "@joulemint/ledger/settleableSessions";
import { afterAll, describe, expect, it } from "vitest";
import { runJoulemint } from "../harness/runJoulemint.ts";
import { type FactoryProcess, startFactoryProcess } from "../harness/startFactoryProcess.ts";

describe("one state folder", () => {
  const running: FactoryProcess[] = [];
  afterAll(async () => {
    for (const factory of running) await factory.stop();
  });

  const ask = ({ url, apiKey, model }: FactoryProcess) =>
    chat(url, apiKey, { model, messages: [{ role: "user", content: "Still there?" }], max_tokens: 10 });
  const difference = async ({ client }: FactoryProcess) =>
    (await client.query<{ reconciliation: { difference: string } }>("{ reconciliation { difference } }")).reconciliation
      .difference;

  it("a second start resumes keys, chain, ledger and session; commands find the running factory through it", async () => {
    const seldom = ["--tokens-per-second", "0", "--settle-every", "600000"];
    const first = await startFactoryProcess({ args: seldom });
    const { receiptId } = await ask(first);
    await first.stop({ keep: true });
    const ledger = await openLedger({ directory: stateDirectory(first.state).ledger });
    expect(await settleableSessions(ledger), "left unsettled by the stop").toEqual([]);
    await ledger.close();

    const second = await startFactoryProcess({ state: first.state, args: ["--tokens-per-second", "0"] });
    running.push(second);
    expect(second.apiKey).toBe(first.apiKey);
    expect(await difference(second)).toBe("0");
    await untilSettled(second.client, receiptId);
    await untilSettled(second.client, (await ask(second)).receiptId);

    const busy = await runJoulemint(["up", "--json", "--state", second.state]);
    expect(busy.status).toBe(1);
    expect(JSON.parse(busy.stdout)).toMatchObject({ error: { code: "STATE_IN_USE" } });

    const verified = await runJoulemint(["verify", receiptId, "--json", "--state", second.state]);
    expect(verified.status, verified.stderr).toBe(0);

    const doctor = await runJoulemint(["doctor", "--json", "--state", second.state]);
    expect(doctor.status, doctor.stdout).toBe(0);

    const withdrawn = await runJoulemint(["withdraw", "--json", "--state", second.state]);
    expect(withdrawn.status, withdrawn.stderr).toBe(0);
    expect(JSON.parse(withdrawn.stdout)).toMatchObject({ closed: [{}], redeemed: null });
    expect(await difference(second)).toBe("0");

    const { balances } = JSON.parse((await runJoulemint(["balances", "--json", "--state", second.state])).stdout);
    const consumer = balances.find(({ party }: { party: string }) => party === "consumer");
    // Two dollars bought a million credits; all but the few that the two calls used came back.
    expect(BigInt(consumer.dollars)).toBeGreaterThan(1_990_000n);
    expect(BigInt(consumer.dollars)).toBeLessThan(2_000_000n);
  });

  it("says when no factory runs from it", async () => {
    const { status, stdout } = await runJoulemint(["balances", "--json", "--state", "no-such-folder"]);
    expect(status).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: "FACTORY_NOT_RUNNING" } });
  });
});
