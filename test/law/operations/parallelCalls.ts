import { reconcile } from "@joulemint/ledger/reconcile";
import { callable } from "./call.ts";
import { apiKeyOf, chargeOf, errorCode, holdOf, post, requestOf, smallScript } from "./chat.ts";
import type { Operation } from "./Operation.ts";

/** Several calls on one session at once, while somebody asks whether the books add up: they must at every moment. */
export const parallelCalls: Operation = {
  kind: "calls in parallel",
  weight: 3,
  async run(world) {
    await world.indexed();
    const { random, ledger } = world;
    const chosen = callable(world);
    if (chosen === null) return null;
    const script = smallScript(world);
    const request = requestOf(chosen, script, random.chance(0.5));
    const hold = holdOf(chosen, request);
    const alone = chosen.refuseCall(hold);
    await apiKeyOf(world, chosen);
    const count = random.between(2, 5);
    const meanwhile = random.chance(0.3) ? reconcile(ledger) : Promise.resolve({ difference: "0" });
    const [{ difference }, ...codes] = await Promise.all([
      meanwhile,
      ...Array.from({ length: count }, async () => {
        const response = await post(world, chosen, request);
        if (!response.ok) return errorCode(response);
        await response.text();
        return null;
      }),
    ]);
    if (difference !== "0") throw new Error(`with ${count} calls in flight the books were off by ${difference}`);

    const served = codes.filter((code) => code === null).length;
    const { consumerSigned, offering } = chosen.terms;
    // A consumer is served at most one call beyond its last voucher, however many come at once.
    const most = alone !== null ? 0 : consumerSigned ? 1 : count;
    const affordable = hold * BigInt(count) <= chosen.available;
    const least = affordable ? most : Math.min(most, 1);
    if (served < least || served > most) {
      throw new Error(`${served} of ${count} calls were served, and not ${least} to ${most} (alone: ${alone})`);
    }
    for (let call = 0; call < served; call++) {
      chosen.held += hold;
      chosen.capture(chargeOf(script, offering.rateCard), hold);
    }
    return served > 0;
  },
};
