import type { SessionBook } from "../books/SessionBook.ts";
import { type Script, usageAt } from "../world/Script.ts";
import { callEnd } from "./callEnd.ts";
import { errorCode, expectRefusal, holdOf, post, priceOf, promptBound, requestOf, smallScript } from "./chat.ts";
import { session } from "./choose.ts";
import type { Operation } from "./Operation.ts";

/** More than any session here has. */
const LIMIT = 100_000;

/**
 * A long answer, mostly longer than the balance: it goes on as far as the balance reaches, to the chunk, is charged for
 * what came until then, and ends for its caller as if by its limit.
 */
export const longStream: Operation = {
  kind: "stream that stops at the balance",
  weight: 3,
  async run(world) {
    await world.indexed();
    const { random } = world;
    const chosen = session(world, (candidate) => candidate.refuseCall(400_000n) === null);
    if (chosen === null || (chosen.apiKey === null && chosen.state !== "open")) return null;
    const affordable = Number((chosen.available * 1_000n) / chosen.terms.offering.dearest("output"));
    const output = Math.max(1, Math.floor(affordable * (0.7 + random.next())));
    const script = { ...smallScript(world), output, reasoning: random.between(0, 200), chunks: random.between(10, 40) };
    const request = requestOf(chosen, script, true, LIMIT);
    const refused = chosen.refuseCall(holdOf(chosen, request));
    const response = await post(world, chosen, request);
    if (refused !== null) {
      await expectRefusal(response, refused);
      return false;
    }
    if (!response.ok) throw new Error(`a stream that is paid for was refused: ${await errorCode(response)}`);
    const text = await response.text();

    const balance = chosen.available;
    const { chunks, stopped } = reach(chosen, script, promptBound(request));
    const price = priceOf(usageAt(script, chunks), chosen.terms.offering.rateCard);
    const cost = price < balance ? price : balance;
    const end = await callEnd(world, response.headers.get("x-joulemint-receipt") ?? "");
    const told = `${end.charge} (${end.finishReason}, ${end.flags})`;
    if (end.charge !== cost) throw new Error(`${chunks} chunks of ${balance} cost ${cost}, not ${told}`);
    if (end.flags.includes("stopped_at_balance") !== stopped || (end.finishReason === "balance") !== stopped) {
      throw new Error(`the balance ${stopped ? "had to stop" : "did not stop"} it, but: ${told}`);
    }
    const reason = `"finish_reason":"${stopped ? "length" : "stop"}"`;
    if (!text.includes(reason) || !text.includes("[DONE]") || text.split("tok ").length - 1 !== chunks) {
      throw new Error(`${chunks} chunks ending by ${reason} were due, but the caller got: ${text.slice(-300)}`);
    }
    chosen.held += balance;
    chosen.capture(cost, balance);
    world.saw("stream ended by its own before the balance did", stopped ? 0 : 1);
    return stopped;
  },
};

/** How many chunks the whole balance pays for: each is passed on while one more token could be paid. */
function reach(
  { terms, available }: SessionBook,
  script: Script,
  prompt: bigint,
): { readonly chunks: number; readonly stopped: boolean } {
  const card = terms.offering.rateCard;
  const spent = (chunk: number) => {
    if (chunk === 0) return prompt * terms.offering.dearest("input");
    const { input, cached, output, reasoning } = usageAt(script, chunk);
    const prices = [card.input, card.cachedInput, card.output, card.reasoning] as const;
    return [input, cached, output, reasoning].reduce((sum, count, at) => sum + BigInt(count) * (prices[at] ?? 0n), 0n);
  };
  for (let chunk = 0; chunk < script.chunks; chunk++) {
    if (available * 1_000n - spent(chunk) < terms.offering.dearest("output")) return { chunks: chunk, stopped: true };
  }
  return { chunks: script.chunks, stopped: false };
}
