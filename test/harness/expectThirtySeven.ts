import { fund } from "@joulemint/app/client/fund";
import { openSession } from "@joulemint/app/client/openSession";
import { localRateCard } from "@joulemint/app/factory/localOffering";
import { sizedRequest } from "@joulemint/app/replay/sizedRequest";
import { rate } from "@joulemint/economics/rate";
import { millicredits } from "@joulemint/economics/units";
import { defaultLimits } from "@joulemint/gateway/GatewayLimits";
import { holdAmount } from "@joulemint/gateway/holdAmount";
import { inputBound } from "@joulemint/gateway/inputBound";
import { generatePrivateKey, privateKeyToAccount } from "viem/accounts";
import { expect } from "vitest";
import type { FactoryProcess } from "./startFactoryProcess.ts";

const OUTPUT = 40;
const CALLS = 100;
const AFFORDABLE = 37n;

/** 100 parallel calls through these gateways of a factory, in turn, on a session that is good for 37. */
export async function expectThirtySeven(factory: FactoryProcess, gateways: readonly string[]): Promise<void> {
  const { client } = factory;
  const probe = sizedRequest(factory.model, { atMs: 0, inputTokens: 200, cachedTokens: 0, outputTokens: OUTPUT });
  const bound = inputBound(probe, defaultLimits);
  const hold = holdAmount({ input: bound, output: BigInt(OUTPUT) }, localRateCard);
  // The hold bounds the input by the dearest input class. The request fixes the tokens so that the charge is the hold.
  const inputTokens = Number((bound * localRateCard.cacheWrite) / localRateCard.input);
  const request = { ...probe, twin: { ...probe.twin, inputTokens } };
  expect(rate({ input: BigInt(inputTokens), output: BigInt(OUTPUT) }, localRateCard)).toBe(hold);

  const owner = privateKeyToAccount(generatePrivateKey());
  await fund(client, owner, 10_000_000n);
  const { session, apiKey } = await openSession(client, owner, millicredits(hold * AFFORDABLE));
  const answers = await Promise.all(
    Array.from({ length: CALLS }, async (_, index) => {
      const response = await fetch(`${gateways[index % gateways.length]}/v1/chat/completions`, {
        method: "POST",
        headers: { authorization: `Bearer ${apiKey}`, "content-type": "application/json" },
        body: JSON.stringify(request),
      });
      return { status: response.status, body: (await response.json()) as { error?: Record<string, unknown> } };
    }),
  );

  const refused = answers.filter(({ status }) => status !== 200);
  expect(refused).toHaveLength(CALLS - Number(AFFORDABLE));
  for (const { body } of refused) {
    expect(["INSUFFICIENT_CREDIT", "CREDIT_ON_HOLD"]).toContain(body.error?.code);
    expect(body.error).toMatchObject({ needed: hold.toString(), available: expect.stringMatching(/^\d+$/) });
  }
  const books = await client.query<{
    session: Record<"available" | "onHold" | "charged", { raw: string }>;
    reconciliation: { difference: string };
  }>(
    "query ($id: ID!) { session(id: $id) { available { raw } onHold { raw } charged { raw } } reconciliation { difference } }",
    { id: session },
  );
  expect(books.session).toEqual({
    available: { raw: "0" },
    onHold: { raw: "0" },
    charged: { raw: (hold * AFFORDABLE).toString() },
  });
  expect(books.reconciliation.difference).toBe("0");
}
