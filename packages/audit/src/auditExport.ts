import type { Domain } from "@joulemint/protocol/Domain";
import type { Address, Hex, Transport } from "viem";
import type { AuditReport } from "./AuditReport.ts";
import { EXPORT_FILES, type ExportLines, MANIFEST, type Manifest, type SessionLine } from "./exportFiles.ts";
import type { Finding } from "./Finding.ts";
import { type AuditClient, asked, auditClient } from "./internal/chain/AuditClient.ts";
import { checkContracts } from "./internal/chain/checkContracts.ts";
import { checkManifest } from "./internal/chain/checkManifest.ts";
import { type ChainRecord, readChain } from "./internal/chain/readChain.ts";
import { compareLines } from "./internal/compare/compareLines.ts";
import { compareLive } from "./internal/compare/compareLive.ts";
import { checkLaw } from "./internal/law/checkLaw.ts";
import { checkTokens } from "./internal/law/checkTokens.ts";
import { rebuildLines } from "./internal/rebuild/rebuildLines.ts";
import { rebuildSessions } from "./internal/rebuild/rebuildSessions.ts";
import { chainReceipts } from "./internal/receipts/chainReceipts.ts";
import { checkAnchors } from "./internal/receipts/checkAnchors.ts";
import { checkRateCards } from "./internal/receipts/checkRateCards.ts";
import { checkSettled } from "./internal/receipts/checkSettled.ts";
import { sharedKey, verifyReceipts } from "./internal/receipts/verifyReceipts.ts";
import { readExport } from "./readExport.ts";

export interface AuditOptions {
  /** To a node of the chain; one that keeps the states of old blocks, unless the export is fresh. */
  readonly transport: Transport;
  /** The factory's receipt key, if it is known from elsewhere. */
  readonly receiptKey?: Address;
  /** Who settles for the factory, if it is known from elsewhere. */
  readonly settler?: Address;
  /** The contract, and accounts of the operator role, if they are known from elsewhere: all their offerings must be there. */
  readonly credits?: Address;
  readonly operators?: readonly Address[];
  /** GraphQL API of the running factory, to be compared as well. */
  readonly graphql?: string;
  /** Blocks of one `eth_getLogs`. */
  readonly windowBlocks?: number;
}

/**
 * Rebuilds every balance and every split from the receipts of an export and the logs of the chain, and compares them with
 * what the export, the contracts and, if asked for, the running API say. Nothing of the factory is believed or needed.
 *
 * Errors: EXPORT_MALFORMED { directory } for a folder that is none, CHAIN_UNAVAILABLE { rpc, message }, GRAPHQL_FAILED. All
 * that is wrong with the export is a finding.
 */
export async function auditExport(directory: string, options: AuditOptions): Promise<AuditReport> {
  const { manifest, lines, findings } = readExport(directory);
  const checked = Object.fromEntries(EXPORT_FILES.map((name) => [name, lines[name].length]));
  const nothing = { block: manifest?.block ?? null, receiptKey: null, checked, difference: null, notes: [] };
  if (manifest === null || findings.length > 0) return { ...nothing, ok: false, findings };
  const client = auditClient(options.transport);
  const stated = await asked(client, checkManifest(client, manifest, lowerCase(options.credits)));
  if (stated.findings.length > 0) return { ...nothing, ok: false, findings: stated.findings };
  const { findings: found, ...report } = await audit({ client, manifest, lines, start: stated.start }, options);
  return { ...report, ok: found.length === 0, checked: { ...checked, ...report.checked }, findings: found };
}

interface Readable {
  readonly client: AuditClient;
  readonly manifest: Manifest;
  readonly lines: ExportLines;
  readonly start: bigint;
}

async function audit({ client, manifest, lines, start }: Readable, options: AuditOptions) {
  const { credits, chainId, block } = manifest;
  const domain: Domain = { chainId, credits };
  const { windowBlocks: window = 5_000 } = options;
  const [given, settler] = [options.receiptKey, options.settler].map(lowerCase);
  const source = { client, credits, block: block.number, start, window };
  const operators = options.operators?.map((operator) => operator.toLowerCase() as Address);
  const chain = await asked(
    client,
    readChain(source, { offerings: namedOfferings(lines), operators: operators ?? [] }),
  );

  const receiptLines = lines["receipts.jsonl"];
  const { cards, findings: cardFindings } = checkRateCards(lines["rate-cards.jsonl"], receiptLines, chain);
  const receiptKey = given ?? sharedKey(receiptLines);
  const verified = receiptKey === null ? [] : await verifyReceipts(receiptLines, { domain, chain, cards, receiptKey });
  const wrong = new Set(verified.map(({ subject }) => subject));
  const { sessions: receipts, findings: gaps } = chainReceipts(receiptLines, knownSessions(lines, chain), wrong);
  const sessions = rebuildSessions(chain, receipts, lines["sessions.jsonl"]);

  const rebuilt = rebuildLines(chain, sessions);
  const settlements = rebuilt["settlements.jsonl"];
  const anchors = checkAnchors(settlements, receipts, settler);
  const suspended = sessions.flatMap(({ line }) => (line.state === "suspended" ? [line] : []));
  const contracts = await asked(client, checkContracts(source, chain, suspended));
  const law = [...checkLaw(chain, sessions), ...checkTokens(chain)];
  const difference = law.reduce((total, discrepancy) => total + discrepancy.difference, 0n);
  const live = options.graphql === undefined ? null : await compareLive(options.graphql, manifest, rebuilt);

  const findings: Finding[] = [
    ...checkScope(chain),
    ...checkNamed({ operators, settler }, chain),
    ...cardFindings,
    ...verified,
    ...compareLines(rebuilt, lines),
    ...gaps,
    ...checkSettled(settlements, sessions, receipts),
    ...anchors.findings,
    ...chain.books.findings,
    ...contracts.findings,
    ...law.map(({ difference: _, ...finding }) => finding),
    ...checkCounts(manifest, lines),
    ...(live?.findings ?? []),
    ...(await asked(client, checkStill(client, manifest))),
  ];
  const assumptions = assumed({
    key: given === undefined ? receiptKey : null,
    settlers: settler === undefined ? anchors.settlers : null,
    operators: operators === undefined ? chain.operators : null,
  });
  const notes = [...assumptions, ...(live?.notes ?? [])];
  return {
    block,
    receiptKey,
    checked: { logs: chain.logs, contractValues: contracts.values, receiptRoots: anchors.checked, ...live?.checked },
    difference: String(difference),
    notes,
    findings,
  };
}

/** Lines of sessions that the chain has, or that say that it does not: any other is itself what is wrong. */
function knownSessions(lines: ExportLines, { books }: Pick<ChainRecord, "books">): readonly SessionLine[] {
  return lines["sessions.jsonl"].filter(({ session, state }) => state === "suspended" || books.sessions.has(session));
}

const lowerCase = (address: Address | undefined) => address?.toLowerCase() as Address | undefined;

/** What the audit took from the export, because nobody told it. */
function assumed({
  key,
  settlers,
  operators,
}: Record<"settlers" | "operators", ReadonlySet<Address> | null> & {
  readonly key: Address | null;
}): string[] {
  const list = (accounts: ReadonlySet<Address>) => [...accounts].join(", ") || "nobody";
  const notes: string[] = [];
  if (key !== null)
    notes.push(
      `Receipts were checked against ${key}, which signed most: compare it with the key the factory publishes.`,
    );
  if (settlers !== null) notes.push(`Receipt roots were checked of ${list(settlers)}, who anchored receipts before.`);
  if (operators !== null) notes.push(`The audit is of the offerings of ${list(operators)}, whom the export names.`);
  return notes;
}

/** An export that leaves everything out agrees with everything. */
function checkScope({ offerings }: Pick<ChainRecord, "offerings">): Finding[] {
  if (offerings.size > 0) return [];
  return [{ subject: "offerings.jsonl", field: "line", expected: "at least one offering", actual: "none" }];
}

/** Who was named, and has done nothing, was not meant: what the audit is told to look at must be there. */
function checkNamed(
  {
    operators = [],
    settler,
  }: { readonly operators: readonly Address[] | undefined; readonly settler: Address | undefined },
  { books, offerings }: ChainRecord,
): Finding[] {
  const known = new Set([...offerings].map((id) => books.offerings.get(id)?.terms.operator));
  const idle = operators.filter((operator) => !known.has(operator));
  const settled = books.settlements.filter(({ offering }) => offerings.has(offering));
  const isIdle = settler !== undefined && settled.length > 0 && settled.every(({ submitter }) => submitter !== settler);
  return [
    ...idle.map((operator) => ({ subject: "operators", field: operator, expected: "an offering", actual: "none" })),
    ...(isIdle ? [{ subject: "settler", field: settler, expected: "a settlement", actual: "none" }] : []),
  ];
}

/** Whatever offering a line speaks of: a single altered line must not move the bounds of the audit. */
function namedOfferings(lines: ExportLines): ReadonlySet<Hex> {
  const named = (["offerings.jsonl", "sessions.jsonl", "purchases.jsonl", "settlements.jsonl"] as const).flatMap(
    (name) => lines[name].map(({ offering }) => offering),
  );
  return new Set(named);
}

function checkCounts({ counts, difference }: Manifest, lines: ExportLines): Finding[] {
  const wrong = EXPORT_FILES.filter((name) => counts[name] !== lines[name].length).map((name) => {
    return { subject: MANIFEST, field: `counts.${name}`, expected: `${lines[name].length}`, actual: `${counts[name]}` };
  });
  if (difference === 0n) return wrong;
  return [...wrong, { subject: MANIFEST, field: "difference", expected: "0", actual: `${difference}` }];
}

/** What was read over many requests is of one chain only if that still has the block. */
async function checkStill(client: AuditClient, { block }: Manifest): Promise<Finding[]> {
  const { hash } = await client.getBlock({ blockNumber: block.number });
  if (hash === block.hash) return [];
  return [{ subject: MANIFEST, field: "block.hash", expected: `${hash}, since the audit began`, actual: block.hash }];
}
