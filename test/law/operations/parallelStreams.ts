import { reconcile } from "@joulemint/ledger/reconcile";
import { callEnd } from "./callEnd.ts";
import { apiKeyOf, chargeOf, errorCode, holdOf, post, requestOf, smallScript, wholeHoldOf } from "./chat.ts";
import { session } from "./choose.ts";
import type { Operation } from "./Operation.ts";

/**
 * Long streams side by side on one balance: together they never spend more than there is, each is charged for what it
 * produced, and where there is enough for all of them to their ends none is refused or stopped.
 */
export const parallelStreams: Operation = {
  kind: "long streams in parallel",
  weight: 2,
  async run(world) {
    await world.indexed();
    const { random, ledger } = world;
    const chosen = session(world, (candidate) => {
      return candidate.refuseCall(800_000n) === null && !candidate.terms.consumerSigned;
    });
    if (chosen === null || chosen.state !== "open" || chosen.terms.consumerSigned) return null;
    const card = chosen.terms.offering.rateCard;
    const balance = chosen.available;
    const count = random.between(2, 6);
    const affordable = Number((balance * 1_000n) / chosen.terms.offering.dearest("output"));
    const output = Math.max(1, Math.floor((affordable / count) * (0.3 + random.next())));
    const script = { ...smallScript(world), output, chunks: random.between(10, 30) };
    const request = requestOf(chosen, script, true, output + script.reasoning);
    const alone = chosen.refuseCall(holdOf(chosen, request));
    await apiKeyOf(world, chosen);
    const meanwhile = random.chance(0.3) ? reconcile(ledger) : Promise.resolve({ difference: "0" });
    const [{ difference }, ...ends] = await Promise.all([
      meanwhile,
      ...Array.from({ length: count }, async () => {
        const response = await post(world, chosen, request);
        if (!response.ok) return errorCode(response);
        await response.text();
        return callEnd(world, response.headers.get("x-joulemint-receipt") ?? "");
      }),
    ]);
    if (difference !== "0") throw new Error(`with ${count} streams in flight the books were off by ${difference}`);

    const cost = chargeOf(script, card);
    const served = ends.filter((end) => typeof end !== "string");
    // Capped: its last chunk had more tokens than its hold still paid for.
    const whole = served.filter(({ flags }) => !flags.includes("stopped_at_balance") && !flags.includes("capped"));
    const spent = served.reduce((sum, { charge }) => sum + charge, 0n);
    if (spent > balance) throw new Error(`${spent} was charged, but ${balance} was there`);
    const charges = served.map(({ charge, flags }) => `${charge} (${flags})`);
    if (whole.some(({ charge }) => charge !== cost)) throw new Error(`a whole stream costs ${cost}, but: ${charges}`);
    if (served.some(({ charge }) => charge > cost)) throw new Error(`a stream of ${cost} was charged more: ${charges}`);
    const enough = wholeHoldOf(chosen, request) * BigInt(count) <= balance;
    if (enough && whole.length < count) throw new Error(`${whole.length} of ${count} streams reached their ends`);
    if ((served.length === 0) !== (alone !== null)) {
      throw new Error(`${served.length} of ${count} streams were served of ${balance} (alone: ${alone}): ${ends}`);
    }
    for (const { charge } of served) {
      chosen.held += charge;
      chosen.capture(charge, charge);
    }
    world.saw("stream beside others stopped at the balance", served.length - whole.length);
    return served.length > 0;
  },
};
