import type { RateCard } from "@joulemint/economics/RateCard";
import { rate } from "@joulemint/economics/rate";
import { llmTokens } from "@joulemint/economics/units";
import { defaultLimits } from "@joulemint/gateway/GatewayLimits";
import { holdAmount } from "@joulemint/gateway/holdAmount";
import { inputBound } from "@joulemint/gateway/inputBound";
import { apiKeyRequestTypedData } from "@joulemint/protocol/apiKeyRequest";
import type { SessionBook } from "../books/SessionBook.ts";
import { type Script, type ScriptUsage, usageAt } from "../world/Script.ts";
import type { World } from "../world/startWorld.ts";

const OUTPUT_LIMIT = 40;

/** A call that stays within its hold. */
export function smallScript({ random }: World, end: Script["end"] = "finish"): Script {
  const prompt = random.between(0, 60);
  const output = random.between(1, OUTPUT_LIMIT - 10);
  return {
    prompt,
    cached: random.between(0, prompt),
    output,
    reasoning: random.between(0, 10),
    chunks: random.between(1, 5),
    end,
  };
}

/** A chat request for the inference server that reads scripts. */
export function requestOf({ terms }: SessionBook, script: Script, stream: boolean, limit = OUTPUT_LIMIT) {
  const messages = [{ role: "user", content: "What does a joule buy?" }];
  return { model: terms.offering.modelName, messages, max_tokens: limit, stream, script };
}

/** What the gateway has to reserve at least before it sends the request on. */
export function holdOf({ terms }: SessionBook, request: ReturnType<typeof requestOf>): bigint {
  const output = BigInt(Math.min(request.max_tokens, defaultLimits.firstGrant));
  return holdAmount({ input: promptBound(request), output }, terms.offering.rateCard);
}

/** What an answer to its limit may cost. */
export function wholeHoldOf({ terms }: SessionBook, request: ReturnType<typeof requestOf>): bigint {
  return holdAmount({ input: promptBound(request), output: BigInt(request.max_tokens) }, terms.offering.rateCard);
}

/** The output that a call may have: a stream's own limit; of an answer in one piece, as much as the balance pays for. */
export function limitOf(
  { terms: { offering }, available }: SessionBook,
  request: ReturnType<typeof requestOf>,
): number {
  if (request.stream) return request.max_tokens;
  const input = offering.dearest("input") * promptBound(request);
  return Math.min(request.max_tokens, Number((available * 1_000n - input) / offering.dearest("output")));
}

export function promptBound(request: ReturnType<typeof requestOf>): bigint {
  return inputBound(request, defaultLimits);
}

/** What the usage of a script costs, before the session's end caps it: no more than the dearest output of its limit. */
export function chargeOf(script: Script, card: RateCard, limit = Number.POSITIVE_INFINITY): bigint {
  const usage = usageAt(script, script.chunks);
  const price = priceOf(usage, card);
  if (usage.output + usage.reasoning <= limit) return price;
  const written = priceOf({ ...usage, output: limit, reasoning: 0 }, card);
  const thought = priceOf({ ...usage, output: 0, reasoning: limit }, card);
  const most = written > thought ? written : thought;
  return price < most ? price : most;
}

export function priceOf({ input, cached, output, reasoning }: ScriptUsage, card: RateCard): bigint {
  const tokens = (count: number) => llmTokens(BigInt(count));
  const prompt = { input: tokens(input), cachedInput: tokens(cached) };
  return rate({ ...prompt, output: tokens(output), reasoning: tokens(reasoning) }, card);
}

/** The session's key, which its owner asks for on first use. */
export async function apiKeyOf(world: World, session: SessionBook): Promise<string> {
  session.apiKey ??= await makeApiKey(world, session);
  return session.apiKey;
}

/** Posts the request with the session's key. */
export async function post(
  world: World,
  session: SessionBook,
  request: object,
  signal: AbortSignal | null = null,
): Promise<Response> {
  const apiKey = await apiKeyOf(world, session);
  return fetch(`${world.factory.url}/v1/chat/completions`, {
    method: "POST",
    headers: { authorization: `Bearer ${apiKey}`, "content-type": "application/json" },
    body: JSON.stringify(request),
    signal,
  });
}

/** The code of an answer that is an error. */
export async function errorCode(response: Response): Promise<string> {
  const { error } = (await response.json()) as { error: { code: string } };
  return error.code;
}

/** Fails unless the call was refused as foretold. */
export async function expectRefusal(response: Response, refused: string): Promise<void> {
  const code = response.ok ? "success" : await errorCode(response);
  if (code !== refused) throw new Error(`the gateway should have answered ${refused}, but it was ${code}`);
}

async function makeApiKey({ factory, domain }: World, { terms }: SessionBook): Promise<string> {
  const expiresAt = BigInt(Math.floor(Date.now() / 1000) + 3_600);
  const request = apiKeyRequestTypedData({ session: terms.id, expiresAt }, domain);
  const signature = await terms.owner.account.signTypedData(request);
  const response = await fetch(`${factory.url}/sessions/${terms.id}/keys`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ expiresAt: Number(expiresAt), signature, label: "law" }),
  });
  if (!response.ok) throw new Error(`no API key for an open session: ${await response.text()}`);
  return ((await response.json()) as { apiKey: string }).apiKey;
}
