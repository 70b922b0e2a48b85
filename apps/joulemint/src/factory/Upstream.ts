import { fileURLToPath } from "node:url";
import { JoulemintError } from "@joulemint/protocol/JoulemintError";
import { startTwinWorker } from "@joulemint/twin/startTwinWorker";

/** The inference server behind the meter. */
export interface Upstream {
  readonly url: string;
  readonly model: string;
  readonly apiKey?: string;
  /** Whether it puts usage on every chunk when asked, so that an aborted stream is charged to the token. */
  readonly continuousUsage: boolean;
  /** Where vLLM and DCGM series may be found. */
  readonly metricsUrl: string;
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
    close: () => twin.close(),
  };
}

/** An OpenAI-compatible server that somebody runs already. Its first model is served unless one is named. */
export async function externalUpstream(url: string, apiKey?: string, model?: string): Promise<Upstream> {
  const base = url.replace(/\/+$/, "");
  const models = base.endsWith("/v1") ? `${base}/models` : `${base}/v1/models`;
  const served = await listModels(models, apiKey);
  const chosen = model ?? served[0];
  if (chosen === undefined || !served.includes(chosen)) {
    throw new JoulemintError("CONFIG_INVALID", {
      setting: "--model",
      actual: chosen ?? null,
      expected: served.join(", "),
    });
  }
  return {
    url: base,
    model: chosen,
    ...(apiKey === undefined ? {} : { apiKey }),
    continuousUsage: false,
    metricsUrl: new URL("/metrics", base).href,
    close: async () => {},
  };
}

async function listModels(url: string, apiKey?: string): Promise<string[]> {
  try {
    const headers: Record<string, string> = apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` };
    const response = await fetch(url, { headers, signal: AbortSignal.timeout(10_000) });
    const { data } = (await response.json()) as { data: { id: string }[] };
    return data.map(({ id }) => id);
  } catch (cause) {
    throw new JoulemintError("UPSTREAM_UNAVAILABLE", { url }, { cause });
  }
}
