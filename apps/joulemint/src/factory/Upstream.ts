import { fileURLToPath } from "node:url";
import { upstreamUrl } from "@joulemint/gateway/upstreamUrl";
import { JoulemintError } from "@joulemint/protocol/JoulemintError";
import { startTwinWorker } from "@joulemint/twin/startTwinWorker";

/** Where an inference server is, and how it is spoken to. Its key is nobody else's to pass on. */
export interface UpstreamAddress {
  readonly url: string;
  /** Whether it puts usage on every chunk when asked, so that an aborted stream is charged to the token. */
  readonly continuousUsage: boolean;
  /** Where vLLM and DCGM series may be found. */
  readonly metricsUrl: string;
}

/** The inference server behind the meter. */
export interface Upstream extends UpstreamAddress {
  readonly model: string;
  readonly apiKey?: string;
  /** Rejects when a server of our own ends by itself. Nobody watches one that somebody else runs. */
  readonly failed?: Promise<never>;
  close(): Promise<void>;
}

export interface TwinSpeed {
  /** Output tokens per second of each stream; 0 is as fast as possible. */
  readonly tokensPerSecond: number;
}

const repository = fileURLToPath(new URL("../../../../", import.meta.url));

/** The bundled twin, in a worker thread. */
export async function twinUpstream({ tokensPerSecond }: TwinSpeed): Promise<Upstream> {
  const twin = await startTwinWorker({ corpus: { directory: repository }, speed: { tokensPerSecond } });
  return {
    url: twin.url,
    model: "joulemint-markov",
    continuousUsage: true,
    metricsUrl: `${twin.url}/metrics`,
    failed: twin.failed,
    close: () => twin.close(),
  };
}

/** An OpenAI-compatible server that somebody runs already. Its first model is served unless one is named. */
export async function externalUpstream(url: string, apiKey?: string, model?: string): Promise<Upstream> {
  const served = await listModels(upstreamUrl(url, "/models").href, apiKey);
  const chosen = model ?? served[0];
  if (chosen === undefined || !served.includes(chosen)) {
    throw new JoulemintError("CONFIG_INVALID", {
      setting: "--model",
      actual: chosen ?? null,
      expected: served.join(", "),
    });
  }
  return {
    url,
    model: chosen,
    ...(apiKey === undefined ? {} : { apiKey }),
    continuousUsage: false,
    metricsUrl: new URL("/metrics", url).href,
    close: async () => {},
  };
}

async function listModels(url: string, apiKey?: string): Promise<string[]> {
  try {
    const headers: Record<string, string> = apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` };
    const response = await fetch(url, { headers, signal: AbortSignal.timeout(10_000) });
    if (!response.ok) throw new Error(`HTTP ${response.status}`);
    const { data } = (await response.json()) as { data: { id: string }[] };
    return data.map(({ id }) => id);
  } catch (cause) {
    throw new JoulemintError("UPSTREAM_UNAVAILABLE", { url, reason: String(cause) }, { cause });
  }
}
