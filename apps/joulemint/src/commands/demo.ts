import { millicredits } from "@joulemint/economics/units";
import { JoulemintError } from "@joulemint/protocol/JoulemintError";
import { verifyReceipt } from "@joulemint/protocol/verifyReceipt";
import { Command } from "commander";
import { jsonOption } from "../cli/options.ts";
import { report } from "../cli/report.ts";
import { chat } from "../client/chat.ts";
import { claimAll } from "../client/claimAll.ts";
import type { FactoryClient } from "../client/FactoryClient.ts";
import { fetchReceipt } from "../client/fetchReceipt.ts";
import { followReceipt, untilSettled } from "../client/followReceipt.ts";
import { fund } from "../client/fund.ts";
import { openSession } from "../client/openSession.ts";
import { untilIndexed } from "../client/untilIndexed.ts";
import { withFactory } from "../client/withFactory.ts";

interface Step {
  step: string;
  [detail: string]: unknown;
}

interface Reconciliation {
  difference: string;
}

const CREDITS = millicredits(100_000_000n);
const DOLLARS = 10_000_000n;

export function demoCommand(): Command {
  return new Command("demo")
    .description("walk once around the loop: buy, call, meter, settle, release, claim, query")
    .option("--state <dir>", "use the factory that runs from this folder, instead of a fresh one")
    .addOption(jsonOption())
    .action(demo);
}

async function demo(options: { state?: string; json: boolean }): Promise<void> {
  const out = report(options.json);
  const { steps, reconciliation } = await withFactory(options.state, out.progress, (client) =>
    loop(client, out.progress),
  );
  const lines = steps.map(({ step, ...details }) =>
    [step, ...Object.entries(details).map(([name, value]) => `  ${name.padEnd(16)}${plain(value)}`)].join("\n"),
  );
  out.result({ steps, reconciliation }, [...lines, `reconciliation.difference ${reconciliation.difference}`]);
  if (reconciliation.difference !== "0") process.exitCode = 1;
}

async function loop(
  client: FactoryClient,
  progress: (text: string) => void,
): Promise<{ steps: Step[]; reconciliation: Reconciliation }> {
  const { factory, keyring } = client;
  const steps: Step[] = [];
  const done = (step: Step): void => {
    steps.push(step);
    progress(`${step.step}: done`);
  };

  await fund(client, keyring.consumer, DOLLARS);
  const { session, transactionHash, credits, cost, apiKey } = await openSession(client, keyring.consumer, CREDITS);
  done({ step: "buy", session, transactionHash, credits, cost });

  const prompt = "Say what a factory of tokens makes from electricity.";
  const answer = await chat(factory.url, apiKey, {
    model: factory.model,
    messages: [{ role: "user", content: prompt }],
    max_tokens: 64,
  });
  done({ step: "call", receipt: answer.receiptId, text: answer.text, ...answer.usage });

  const signed = await fetchReceipt(factory.url, answer.receiptId);
  const verdict = await verifyReceipt(signed, { receiptKey: client.card.receiptKey });
  if (!verdict.ok) throw new JoulemintError("RECEIPT_INVALID", { field: verdict.field });
  const { input, cachedInput, output, charge, energyMillijoules, energyProvenance } = signed.receipt;
  const tokens = { input, cachedInput, output };
  done({
    step: "meter",
    receipt: answer.receiptId,
    hash: signed.hash,
    tokens,
    charge,
    energyMillijoules,
    energyProvenance,
  });

  const { settlement } = await untilSettled(client, answer.receiptId);
  const { release, ...settled } = settlement;
  done({ step: "settle", ...settled, consumed: settled.consumed.raw });
  if (release === null) throw new JoulemintError("SETTLEMENT_FAILED", { transaction: settled.transactionHash });
  const { amount, holders, treasury, operator } = release;
  done({
    step: "release",
    transactionHash: release.transactionHash,
    amount: amount.raw,
    holders: holders.raw,
    treasury: treasury.raw,
    operator: operator.raw,
  });

  const claims = await claimAll(client);
  await untilIndexed(client, claims.at(-1)?.blockNumber ?? 0n);
  done({ step: "claim", claims });

  const followed = await followReceipt(client, answer.receiptId);
  const { reconciliation } = await client.query<{ reconciliation: Reconciliation }>(
    "{ reconciliation { difference } }",
  );
  done({
    step: "query",
    receipt: followed?.receiptId,
    charge: followed?.charge.raw,
    settledBy: followed?.settlement?.transactionHash,
    claims: followed?.settlement?.release?.claims.nodes.map(({ role, amount }) => ({ role, amount: amount.raw })),
  });
  return { steps, reconciliation };
}

function plain(value: unknown): string {
  if (typeof value !== "object" || value === null) return String(value);
  return JSON.stringify(value, (_, inner) => (typeof inner === "bigint" ? inner.toString() : inner));
}
