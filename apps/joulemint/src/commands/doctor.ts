import { accessSync, constants, existsSync, mkdirSync } from "node:fs";
import { resolve } from "node:path";
import { isJoulemintError } from "@joulemint/protocol/JoulemintError";
import { Command } from "commander";
import { databaseUrl } from "../cli/databaseUrl.ts";
import { jsonOption, stateOption } from "../cli/options.ts";
import { report } from "../cli/report.ts";
import { connectFactory } from "../client/FactoryClient.ts";
import { stateDirectory } from "../factory/stateDirectory.ts";

interface Finding {
  check: string;
  ok: boolean;
  detail: string;
}

const OLDEST_NODE = 22;

export function doctorCommand(): Command {
  return new Command("doctor")
    .description("check what the factory needs, and the books of the running one")
    .addOption(stateOption())
    .addOption(jsonOption())
    .action(async (options: { state: string; json: boolean }) => {
      const findings = [
        await nodeVersion(),
        await stateFolder(options.state),
        await chain(),
        await ledger(),
        await factory(options.state),
      ];
      report(options.json).result(
        { findings },
        findings.map(({ check, ok, detail }) => `${ok ? "ok  " : "FAIL"}  ${check.padEnd(16)}${detail}`),
      );
      if (findings.some(({ ok }) => !ok)) process.exitCode = 1;
    });
}

function nodeVersion(): Promise<Finding> {
  return examine("node", async () => {
    if (Number(process.versions.node.split(".")[0]) < OLDEST_NODE) {
      throw new Error(`${process.versions.node} is too old: run through npm, which brings a newer one along`);
    }
    return process.versions.node;
  });
}

function stateFolder(directory: string): Promise<Finding> {
  return examine("state folder", async () => {
    mkdirSync(directory, { recursive: true });
    accessSync(directory, constants.R_OK | constants.W_OK);
    return `${resolve(directory)} is writable${existsSync(stateDirectory(directory).keyring) ? ", holds keys" : ""}`;
  });
}

function chain(): Promise<Finding> {
  return examine("local chain", async () => {
    const { startLocalChain } = await import("@joulemint/chain/localChain");
    const started = await startLocalChain();
    await started.close();
    return `anvil starts and stops, chain id ${started.chainId}`;
  });
}

function ledger(): Promise<Finding> {
  return examine("ledger", async () => {
    const { openLedger } = await import("@joulemint/ledger/openLedger");
    const url = databaseUrl();
    const opened = await openLedger(url === undefined ? { memory: true } : { databaseUrl: url });
    await opened.close();
    return url === undefined ? "embedded PGlite opens" : "PostgreSQL at DATABASE_URL opens";
  });
}

function factory(directory: string): Promise<Finding> {
  return examine("running factory", async () => {
    try {
      const client = await connectFactory(stateDirectory(directory));
      const { reconciliation } = await client.query<{ reconciliation: { difference: string } }>(
        "{ reconciliation { difference } }",
      );
      if (reconciliation.difference !== "0") throw new Error(`the books differ by ${reconciliation.difference}`);
      return `${client.factory.url}, difference 0`;
    } catch (error) {
      if (isJoulemintError(error, "FACTORY_NOT_RUNNING")) return "none on this state folder";
      throw error;
    }
  });
}

async function examine(check: string, work: () => Promise<string>): Promise<Finding> {
  try {
    return { check, ok: true, detail: await work() };
  } catch (error) {
    return { check, ok: false, detail: error instanceof Error ? error.message : String(error) };
  }
}
