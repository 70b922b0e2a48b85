import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openLedger } from "@joulemint/ledger/openLedger";
import { createDatabase } from "@joulemint/ledger/testing/createDatabase";
import { sql } from "kysely";
import { runJoulemint } from "../../harness/runJoulemint.ts";
import type { Provocation } from "../Provocation.ts";
import type { Scene } from "../Scene.ts";

type Environment = Readonly<Record<string, string>>;

const command = (
  code: Provocation["code"],
  args: (scene: Scene, folder: string) => readonly string[] | Promise<readonly string[]>,
  env: (scene: Scene) => Environment | Promise<Environment> = () => ({}),
): Provocation => ({
  code,
  surface: "command line",
  async provoke(scene) {
    const folder = mkdtempSync(join(tmpdir(), "joulemint-test-"));
    try {
      const { stdout, status } = await runJoulemint([...(await args(scene, folder)), "--json"], await env(scene));
      if (status === 0) throw new Error(`the command succeeded: ${stdout}`);
      return { code: JSON.parse(stdout).error?.code };
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
});

/** A file in the folder, with that text. */
function file(folder: string, name: string, text: string): string {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

/** A database whose ledger says that other statements made it. */
async function otherVersion(): Promise<string> {
  const databaseUrl = await createDatabase();
  const { db, close } = await openLedger({ databaseUrl });
  await sql`UPDATE kysely_migration SET name = '0001Initial'`.execute(db);
  await close();
  return databaseUrl;
}

/** Nobody listens on port 1. */
const DEAD = "http://127.0.0.1:1";

/** What whoever types a command meets. */
export const commandProvocations: readonly Provocation[] = [
  command("CONFIG_INVALID", () => ["up", "--port", "many"]),
  command("CONFIG_INVALID", (_, folder) => ["audit", folder, "--rpc", "notaurl"]),
  command(
    "CONFIG_INVALID",
    (_, folder) => ["up", "--state", folder],
    () => ({ DATABASE_URL: "mysql://x" }),
  ),
  command("CONFIG_INVALID", (_, folder) => {
    file(folder, "keyring.json", '{"operator":');
    return ["up", "--state", folder];
  }),
  command("CONFIG_INVALID", (_, folder) => {
    // What is left of a factory whose keys are lost.
    file(folder, "chain.json", "{}");
    return ["up", "--state", folder];
  }),
  command("EXPORT_MALFORMED", (_, folder) => ["audit", folder, "--rpc", DEAD]),
  command("STATE_IN_USE", ({ factory }) => ["up", "--state", factory.state]),
  command("FACTORY_NOT_RUNNING", (_, folder) => ["balances", "--state", folder]),
  command("PORT_IN_USE", ({ factory }, folder) => ["up", "--state", folder, "--port", new URL(factory.url).port]),
  command("TRACE_MALFORMED", (_, folder) => ["replay", "--trace", file(folder, "trace.csv", "a,b\n1,2\n")]),
  command("RECEIPT_INVALID", (_, folder) => ["verify", file(folder, "receipt.json", "{}")]),
  command("EXPORT_MALFORMED", (_, folder) => ["audit", join(folder, "none"), "--rpc", DEAD]),
  command("CHAIN_UNAVAILABLE", async ({ factory }, folder) => {
    const directory = join(folder, "export");
    const { status, stderr } = await runJoulemint(["export", "--out", directory, "--state", factory.state]);
    if (status !== 0) throw new Error(`nothing was exported: ${stderr}`);
    return ["audit", directory, "--rpc", DEAD];
  }),
  command(
    "LEDGER_UNAVAILABLE",
    (_, folder) => ["up", "--state", folder],
    () => ({ DATABASE_URL: "postgres://nobody@127.0.0.1:1/none" }),
  ),
  command(
    "LEDGER_OUTDATED",
    (_, folder) => ["up", "--state", folder],
    async () => ({ DATABASE_URL: await otherVersion() }),
  ),
  // The ledger of one chain before another: a new state folder has a new chain.
  command(
    "CHAIN_REORG",
    (_, folder) => ["up", "--state", folder],
    ({ databaseUrl }) => ({ DATABASE_URL: databaseUrl }),
  ),
];
