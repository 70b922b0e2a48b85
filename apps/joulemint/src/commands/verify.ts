import { JoulemintError } from "@joulemint/protocol/JoulemintError";
import { parseSignedReceipt } from "@joulemint/protocol/SignedReceipt";
import { verifyReceipt } from "@joulemint/protocol/verifyReceipt";
import { Command } from "commander";
import { explainReceipt, explanationText } from "../cli/explainReceipt.ts";
import { address, jsonOption, stateOption } from "../cli/options.ts";
import { readText } from "../cli/readText.ts";
import { report } from "../cli/report.ts";
import { stateDirectory } from "../factory/stateDirectory.ts";

interface Options {
  state: string;
  json: boolean;
  key?: `0x${string}`;
}

export function verifyCommand(): Command {
  return new Command("verify")
    .description("check a receipt and explain its charge; offline when it is a file")
    .argument("<receipt>", "a file, - for standard input, or the id of a receipt of the running factory")
    .option("--key <address>", "the receipt key that must have signed it", address)
    .addOption(stateOption())
    .addOption(jsonOption())
    .action(verify);
}

async function verify(source: string, options: Options): Promise<void> {
  const document = parseSignedReceipt(await readReceipt(source, options.state));
  const verdict = await verifyReceipt(document, options.key === undefined ? {} : { receiptKey: options.key });
  const { receipt } = document;
  if (!verdict.ok) {
    const { field, expected, actual } = verdict;
    report(options.json).result({ id: receipt.id, ...verdict }, [
      `Receipt ${receipt.id} is NOT valid: ${field}`,
      `  expected  ${expected}`,
      `  found     ${actual}`,
    ]);
    process.exitCode = 1;
    return;
  }
  const { receiptKey, charge } = receipt;
  const explanation = explainReceipt(document);
  report(options.json).result({ id: receipt.id, ok: true, receiptKey, charge, ...explanation }, [
    `Receipt ${receipt.id} is valid.`,
    `  signed by  ${receiptKey}${options.key === undefined ? " (compare with the factory's published receipt key, or pass --key)" : ""}`,
    `  session    ${receipt.session}, receipt ${receipt.sequence}`,
    `  charge     ${charge} millicredits, ${receipt.cumulative} so far`,
    ...explanationText(explanation),
  ]);
}

async function readReceipt(source: string, state: string): Promise<string> {
  const isId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(source);
  if (!isId) return readText("RECEIPT", source);
  const response = await fetch(`${stateDirectory(state).running().url}/receipts/${source}`);
  if (response.status === 202) throw new JoulemintError("RECEIPT_PENDING", { receipt: source });
  if (!response.ok) throw new JoulemintError("RECEIPT_NOT_FOUND", { receipt: source });
  return response.text();
}
