import type { AuditReport } from "@joulemint/audit/AuditReport";
import { auditExport } from "@joulemint/audit/auditExport";
import { Command } from "commander";
import { type Address, http } from "viem";
import { address, addresses, httpUrl, jsonOption } from "../cli/options.ts";
import { report } from "../cli/report.ts";

interface Options {
  rpc: string;
  key?: Address;
  settler?: Address;
  credits?: Address;
  operator?: Address[];
  graphql?: string;
  json: boolean;
}

export function auditCommand(): Command {
  return new Command("audit")
    .description("rebuild all books from an export's receipts and the chain, and name what does not agree")
    .argument("<dir>", "the folder of an export")
    .requiredOption("--rpc <url>", "JSON-RPC address of a node that has the state of the export's block", httpUrl)
    .option("--key <address>", "the factory's receipt key; else the one that signed most receipts", address)
    .option("--settler <address>", "who settles for the factory; else whoever has anchored receipts", address)
    .option("--credits <address>", "the contract; else the one that the export names", address)
    .option("--operator <address...>", "whose offerings must all be there; else those that the export names", addresses)
    .option("--graphql <url>", "GraphQL API of the running factory, to be compared as well", httpUrl)
    .addOption(jsonOption())
    .action(audit);
}

async function audit(
  directory: string,
  { rpc, key, settler, credits, operator, graphql, json }: Options,
): Promise<void> {
  const found = await auditExport(directory, {
    transport: http(rpc, { batch: { batchSize: 50 }, timeout: 60_000 }),
    ...(key === undefined ? {} : { receiptKey: key }),
    ...(settler === undefined ? {} : { settler }),
    ...(credits === undefined ? {} : { credits }),
    ...(operator === undefined ? {} : { operators: operator }),
    ...(graphql === undefined ? {} : { graphql }),
  });
  report(json).result(found, found.ok ? agreement(found) : disagreement(found));
  if (!found.ok) process.exitCode = 1;
}

function agreement({ block, checked, difference, notes }: AuditReport): string[] {
  const rows = Object.entries(checked).map(([what, count]) => `  ${what.padEnd(18)} ${count}`);
  return [
    `The books agree at block ${block?.number}, to the last unit: the difference is ${difference}.`,
    ...rows,
    ...notes.map((note) => `Note: ${note}`),
  ];
}

function disagreement({ block, findings }: AuditReport): string[] {
  const [first, ...others] = findings;
  const at = block === null ? "" : ` at block ${block.number}`;
  return [
    `The books do NOT agree${at}: ${first?.subject} ${first?.field}`,
    `  expected  ${first?.expected}`,
    `  found     ${first?.actual}`,
    ...(others.length > 0 ? [`Then ${others.length} more, which may follow from it (--json has all):`] : []),
    ...others.slice(0, 5).map(({ subject, field }) => `  ${subject} ${field}`),
  ];
}
