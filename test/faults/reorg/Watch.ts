import { setTimeout as sleep } from "node:timers/promises";
import type { FactoryClient } from "@joulemint/app/client/FactoryClient";
import type { Hex } from "viem";
import { onTestFinished } from "vitest";

/** Credits as GraphQL tells them: millicredits, in decimal. */
interface Credits {
  readonly raw: string;
}

export interface SessionFigures {
  readonly state: "OPEN" | "CLOSING" | "CLOSED" | "SUSPENDED";
  readonly cap: Credits;
  readonly available: Credits;
  readonly onHold: Credits;
  readonly charged: Credits;
  readonly used: Credits;
  readonly uncollectible: Credits;
}

const FIGURES =
  "state cap { raw } available { raw } onHold { raw } charged { raw } used { raw } uncollectible { raw }" as const;
const query = `query ($session: ID!) { session(id: $session) { ${FIGURES} } reconciliation { difference } }`;

export async function readFigures(client: FactoryClient, session: Hex): Promise<SessionFigures> {
  const { session: figures } = await client.query<{ session: SessionFigures }>(query, { session });
  return figures;
}

/** Looks at the books all the time, and at the figures of a session that nothing may change. */
export interface Watch {
  /** What was not as it has to be; and how often it looked. */
  stop(): Promise<{ readonly polls: number; readonly surprises: readonly string[] }>;
}

export async function watchBooks(client: FactoryClient, bystander: Hex): Promise<Watch> {
  const before = JSON.stringify(await readFigures(client, bystander));
  const surprises: string[] = [];
  let polls = 0;
  let stopping = false;
  const watching = (async () => {
    while (!stopping) {
      const answer = await client.query<{ session: SessionFigures; reconciliation: { difference: string } }>(query, {
        session: bystander,
      });
      polls++;
      const { difference } = answer.reconciliation;
      if (difference !== "0") surprises.push(`difference ${difference}`);
      const figures = JSON.stringify(answer.session);
      if (figures !== before) surprises.push(`bystander ${figures}`);
      await sleep(50);
    }
  })();
  const stop = async () => {
    stopping = true;
    await watching;
    return { polls, surprises };
  };
  onTestFinished(async () => {
    await stop();
  });
  return { stop };
}
