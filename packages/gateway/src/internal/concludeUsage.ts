import { allOutput, type TokenUsage } from "@joulemint/economics/TokenUsage";
import type { UsageProvenance } from "@joulemint/protocol/Receipt";
import type { ChatRequest } from "./ChatRequest.ts";
import { countPrompt } from "./countPrompt.ts";
import type { ProducedText } from "./ProducedText.ts";
import type { ReportedUsage } from "./readUsage.ts";

/** What a call used, and how we know. */
export interface ConcludedUsage {
  readonly usage: TokenUsage;
  /** Output tokens, reasoning included. */
  readonly produced: bigint;
  readonly provenance: UsageProvenance;
  readonly flags: readonly string[];
}

/** What is known when the upstream has ended, or was stopped. */
export interface UsageEvidence {
  readonly request: ChatRequest;
  /** The upstream's last report. */
  readonly report: ReportedUsage | null;
  /** Whether that report is its closing one, and not a running one. */
  readonly closing: boolean;
  /** Whether text was produced after that report. */
  readonly stale: boolean;
  readonly text: ProducedText;
}

/**
 * Decides what a call used. The upstream's own numbers come first, 0 included. A half of them that is missing or
 * worthless, or that more text followed, is counted here, and then the whole is labelled `counted`: a label must hold
 * for every number under it.
 */
export async function concludeUsage(evidence: UsageEvidence): Promise<ConcludedUsage> {
  const { report, closing, stale, text } = evidence;
  const flags = new Set(report?.flags);
  const reportedCompletion = stale ? null : (report?.completion ?? null);
  const prompt = report?.prompt ?? { input: await countPrompt(evidence.request), cachedInput: 0n, cacheWrite: 0n };
  const completion = reportedCompletion ?? (await text.count());
  const counted = report === null || report.prompt === null || reportedCompletion === null;
  if (report === null || report.prompt === null || report.completion === null) flags.add("usage_missing");
  else if (stale) flags.add("usage_stale");
  const produced = allOutput(completion);
  if (produced === 0n && text.hasTextAfter(0)) flags.add("zero_with_text");
  return {
    usage: { ...prompt, ...completion },
    produced,
    provenance: counted ? "counted" : closing ? "final" : "continuous",
    flags: [...flags],
  };
}
