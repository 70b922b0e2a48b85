import { copyFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openLedger } from "@joulemint/ledger/openLedger";
import { createDatabase } from "@joulemint/ledger/testing/createDatabase";
import { expect, it } from "vitest";
import { chainClient } from "./chainClient.ts";
import { startLocalChain } from "./localChain.ts";
import { contractView } from "./testing/contractView.ts";
import { startExampleFactory } from "./testing/exampleFactory.ts";
import { startFactoryRun } from "./testing/factoryRun.ts";
import { ledgerView } from "./testing/ledgerView.ts";

it("takes back what a chain that was killed had not saved, and settles it again", async () => {
  const directory = mkdtempSync(join(tmpdir(), "joulemint-killed-"));
  const stateFile = join(directory, "chain.json");
  const ledger = await openLedger({ databaseUrl: await createDatabase() });
  const factory = await startExampleFactory({ stateFile });
  const before = await startFactoryRun(ledger, factory);
  const { session } = await before.openSession(1000n);
  await before.meter(session, 40n);
  const { parentHash } = await factory.client.getBlock();
  await expect.poll(() => readFileSync(stateFile, "utf8"), { timeout: 10_000 }).toContain(parentHash);
  copyFileSync(stateFile, `${stateFile}.then`);

  await before.settler.settleNow();
  const { session: lost } = await before.openSession(500n);
  await before.meter(lost, 7n);
  await before.settler.settleNow();
  await before.stop();
  process.kill(factory.chain.pid, "SIGKILL");
  await factory.chain.close();
  copyFileSync(`${stateFile}.then`, stateFile);

  const chain = await startLocalChain({ stateFile });
  const client = chainClient(chain.rpc, chain.chainId);
  const after = await startFactoryRun(ledger, { ...factory, chain, client });
  expect(after.indexer.head()?.number).toBe(await client.getBlockNumber());
  const meters = await ledger.db.selectFrom("meter").select(["session", "state", "charged"]).execute();
  expect(new Map(meters.map((meter) => [meter.session, meter.state]))).toEqual(
    new Map([
      [session, "open"],
      [lost, "suspended"],
    ]),
  );
  expect(await after.difference()).toBe("0");
  await after.settler.settleNow();
  expect(await after.settlements(session)).toEqual([40n]);
  expect(await after.settlements(lost)).toEqual([]);
  expect(await ledgerView(ledger)).toEqual(await contractView({ ...factory, client }, ledger));
  expect(await after.difference()).toBe("0");

  await after.stop();
  await chain.close();
  await ledger.close();
  rmSync(directory, { recursive: true, force: true });
}, 60_000);
