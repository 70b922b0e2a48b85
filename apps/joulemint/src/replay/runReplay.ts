import { claimAll } from "../client/claimAll.ts";
import type { FactoryClient } from "../client/FactoryClient.ts";
import { until } from "../client/until.ts";
import { untilIndexed } from "../client/untilIndexed.ts";
import { checkBooks, type Difference } from "./checkBooks.ts";
import { openSessions } from "./openSessions.ts";
import type { TraceRequest } from "./parseTrace.ts";
import { playTrace } from "./playTrace.ts";
import { readBooks, settlementSizes } from "./readBooks.ts";
import { sizedRequest } from "./sizedRequest.ts";

export interface ReplayOptions {
  readonly speedup: number;
  readonly sessions: number;
  readonly wallets: number;
}

export interface ReplayResult {
  requests: number;
  inputTokens: string;
  cachedTokens: string;
  outputTokens: string;
  /** `null` when unknown. */
  joules: string | null;
  /** What they were measured around; `null` when nobody said. */
  energyBoundary: string | null;
  sessions: number;
  wallets: number;
  shareholders: number;
  settlements: number;
  /** Sessions in the largest settlement. */
  largestSettlement: number;
  claims: number;
  released: string;
  lagMs: number;
  elapsedMs: number;
  differences: Difference[];
  reconciliation: { difference: string };
}

const SETTLING_TIMEOUT_MS = 300_000;

/** Plays a trace through the loop of a factory, settles and claims all of it, and compares the books with the trace. */
export async function runReplay(
  client: FactoryClient,
  trace: readonly TraceRequest[],
  { speedup, sessions, wallets }: ReplayOptions,
  progress: (text: string) => void,
): Promise<ReplayResult> {
  const from = new Date();
  const requests = trace.map((row) => sizedRequest(client.factory.model, row));
  progress(`Opening ${sessions} sessions of ${wallets} wallets ...`);
  const opened = await openSessions(client, requests, { sessions, wallets });

  progress(`Playing ${requests.length} requests, ${speedup} times as fast as they came ...`);
  const schedule = requests.map((request, i) => ({
    atMs: (trace[i]?.atMs ?? 0) / speedup,
    apiKey: opened[i % sessions]?.apiKey ?? "",
    request,
  }));
  const { lagMs, elapsedMs } = await playTrace(client.factory.url, schedule, (done) =>
    progress(`  ${done} of ${requests.length} answered`),
  );

  progress("Settling what was charged ...");
  await until("every charge to be settled", () => nothingUnsettled(client), {
    timeoutMs: SETTLING_TIMEOUT_MS,
    everyMs: 200,
  });
  progress("Claiming ...");
  const claims = await claimAll(client);
  await untilIndexed(client, claims.at(-1)?.blockNumber ?? 0n);

  const books = await readBooks(client, from);
  const sizes = await settlementSizes(client);
  const { tokens } = books.factory;
  return {
    requests: Number(books.factory.requests),
    inputTokens: String(BigInt(tokens.input) + BigInt(tokens.cachedInput) + BigInt(tokens.cacheWrite)),
    cachedTokens: tokens.cachedInput,
    outputTokens: String(BigInt(tokens.output) + BigInt(tokens.reasoning)),
    joules: books.factory.joules,
    energyBoundary: books.factory.energyBoundary,
    sessions: opened.length,
    wallets: Math.min(wallets, sessions),
    shareholders: books.shares.holders.nodes.length,
    settlements: sizes.length,
    largestSettlement: Math.max(0, ...sizes),
    claims: claims.length,
    released: books.offering.released.raw,
    lagMs,
    elapsedMs,
    differences: checkBooks(books, trace, client.card.offering),
    reconciliation: books.reconciliation,
  };
}

async function nothingUnsettled(client: FactoryClient): Promise<boolean> {
  const { reconciliation } = await client.query<{
    reconciliation: { credits: { charged: { raw: string }; onHold: { raw: string } }[] };
  }>("{ reconciliation { credits { charged { raw } onHold { raw } } } }");
  return reconciliation.credits.every(({ charged, onHold }) => charged.raw === "0" && onHold.raw === "0");
}
