import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { makeKeyring } from "@joulemint/app/factory/keyring";
import { stateDirectory } from "@joulemint/app/factory/stateDirectory";
import { createApiKey } from "@joulemint/ledger/apiKeys";
import type { Ledger } from "@joulemint/ledger/Ledger";
import { openLedger } from "@joulemint/ledger/openLedger";
import { createDatabase } from "@joulemint/ledger/testing/createDatabase";
import { openTestSession } from "@joulemint/ledger/testing/openTestSession";
import { registerTestOffering } from "@joulemint/ledger/testing/registerTestOffering";
import { type GatewayProcess, startGatewayProcess } from "../../harness/startGatewayProcess.ts";
import { keepMeterLog } from "./meterLog.ts";
import { startPlannedUpstream } from "./startPlannedUpstream.ts";

export const MODEL = "planned";
export const GATEWAYS = 4;
/** Short, so that what a dead gateway held is soon free; long enough for a process that shares two cores with ten others. */
const LEASE_MS = 1_500;

/** Gateway processes over one PostgreSQL and one inference server, and whoever kills and freezes them. */
export interface Fleet {
  readonly ledger: Ledger;
  readonly offering: `0x${string}`;
  /** With so many millicredits. */
  openSession(credits: bigint): Promise<{ readonly session: string; readonly apiKey: string }>;
  /** Where the gateway with this number serves, or, while it is being started again, the next one. */
  url(index: number): string;
  /** `kill -9`, and a start in its place. */
  kill(index: number): Promise<void>;
  /** Stops the process for longer than its lease; then it goes on where it was, and has to find out. */
  freeze(index: number): Promise<void>;
  close(): Promise<void>;
}

/**
 * The test itself plays the factory: it owns the state folder that the gateways read, and opens sessions by the ledger's
 * fixtures, so that no chain is needed.
 */
export async function startFleet(): Promise<Fleet> {
  const databaseUrl = await createDatabase();
  const upstream = await startPlannedUpstream();
  const ledger = await openLedger({ databaseUrl });
  const offering = await registerTestOffering(ledger, { modelName: MODEL });
  await keepMeterLog(ledger);
  const directory = mkdtempSync(join(tmpdir(), "joulemint-fleet-"));
  const state = stateDirectory(directory);
  state.claim();
  makeKeyring(state.keyring);
  state.announce({
    pid: process.pid,
    url: upstream.url,
    graphql: upstream.url,
    rpc: upstream.url,
    chainId: 31_337,
    credits: "0x00000000000000000000000000000000c4ed1751",
    model: MODEL,
    upstream: { url: upstream.url, continuousUsage: true, metricsUrl: `${upstream.url}/metrics` },
  });
  const start = (index: number): Promise<GatewayProcess> =>
    startGatewayProcess({
      state: directory,
      databaseUrl,
      args: ["--name", `fleet-${index}`, "--lease", String(LEASE_MS)],
      env: { LOG_LEVEL: "silent" },
    });
  const gateways = await Promise.all(Array.from({ length: GATEWAYS }, (_, index) => start(index)));
  const at = (index: number): GatewayProcess => {
    const gateway = gateways[index];
    if (gateway === undefined) throw new RangeError(`there is no gateway ${index}`);
    return gateway;
  };

  // One gateway at a time, so that there is always somebody who sweeps.
  const disturbing = oneByOne();
  let dead: number | null = null;
  // Each appends a block to the log.
  const opening = oneByOne();
  return {
    ledger,
    offering,
    openSession: (credits) =>
      opening(async () => {
        const { session } = await openTestSession(ledger, { offering, credits });
        return { session, apiKey: await createApiKey(ledger, { session, label: "test" }) };
      }),
    url: (index) => at(index === dead ? (index + 1) % GATEWAYS : index).url,
    kill: (index) =>
      disturbing(async () => {
        dead = index;
        await at(index).kill();
        gateways[index] = await start(index);
        dead = null;
      }),
    freeze: (index) =>
      disturbing(async () => {
        const { child } = at(index);
        child.kill("SIGSTOP");
        await sleep(LEASE_MS * 1.5);
        child.kill("SIGCONT");
      }),
    async close() {
      await disturbing(async () => {});
      await Promise.all(gateways.map((gateway) => gateway.terminate()));
      await ledger.close();
      await upstream.close();
      state.release();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

function oneByOne(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const next = last.then(work);
    last = next.catch(() => {});
    return next;
  };
}
