import { until } from "@joulemint/app/client/until";
import { createTestClient, http as transport } from "viem";
import { startGatewayProcess } from "../../harness/startGatewayProcess.ts";
import type { Provocation, Provoked } from "../Provocation.ts";
import type { Scene } from "../Scene.ts";

const PLENTY = 10_000_000n;

const chainOf = ({ factory }: Scene) => createTestClient({ mode: "anvil", transport: transport(factory.rpc) });

/** What befalls a factory: its chain, its database, its configuration, its end. Each leaves it as the next one needs it. */
export const operationProvocations: readonly Provocation[] = [
  {
    code: "SESSION_SUSPENDED",
    surface: "HTTP",
    async provoke(scene) {
      const { apiKey } = await scene.open(PLENTY);
      await chainOf(scene).request({ method: "anvil_rollback" as never, params: [1] as never });
      return until("the session to be suspended", async () => {
        const { status, error } = await scene.call(apiKey, "hello");
        return error === null ? null : { status, code: error.code };
      });
    },
  },
  {
    code: "FINALITY_UNKNOWN",
    surface: "GraphQL",
    async provoke(scene) {
      return until("a look before the next mark", async () => {
        await scene.sql("DELETE FROM chain_mark WHERE tag IN ('safe', 'finalized')");
        const provoked = await graphqlCode(scene, "{ meta(asOf: SAFE) { block } }");
        return provoked.code === undefined ? null : provoked;
      });
    },
  },
  {
    code: "HOLD_NOT_OPEN",
    surface: "HTTP",
    async provoke(scene) {
      const session = await scene.open(PLENTY);
      const { answered } = await scene.hang(session);
      await scene.sql("UPDATE hold SET expires_at = now() - interval '1 second' WHERE state = 'open'");
      await until("the hold to expire", async () => {
        const { session: found } = await scene.factory.client.query<{ session: { onHold: { raw: string } } }>(
          "query ($id: ID!) { session(id: $id) { onHold { raw } } }",
          { id: session.session },
        );
        return found.onHold.raw === "0";
      });
      scene.upstream.release();
      const { status, error } = await answered;
      return { status, code: error?.code };
    },
  },
  {
    code: "GATEWAY_FENCED",
    surface: "HTTP",
    async provoke(scene) {
      const session = await scene.open(PLENTY);
      // A sweep that is faster than the release gives the hold back: then the charge finds no hold.
      return until("a charge under a lost lease", async () => {
        const { answered } = await scene.hang(session);
        await scene.sql("UPDATE gateway SET state = 'fenced' WHERE state = 'live'");
        scene.upstream.release();
        const { status, error } = await answered;
        return error?.code === "HOLD_NOT_OPEN" ? null : { status, code: error?.code };
      });
    },
  },
  {
    code: "RATE_CARD_UNKNOWN",
    surface: "HTTP",
    async provoke(scene) {
      const weigh = (spare: number) =>
        scene.sql(`UPDATE served_offering SET rate_card = rate_card || '{"spare2":"${spare}"}'`);
      await weigh(1);
      // What the gateway remembers of a key it forgets after a second.
      const refused = await until("the altered card to be noticed", async () => {
        const { status, error } = await scene.call(scene.factory.apiKey, "hello");
        return error === null ? null : { status, code: error.code };
      });
      await weigh(0);
      await until("the offering to be served again", async () => {
        return (await scene.call(scene.factory.apiKey, "hello")).status === 200;
      });
      return refused;
    },
  },
  {
    code: "GATEWAY_DRAINING",
    surface: "HTTP",
    async provoke(scene) {
      const { state } = scene.factory;
      const gateway = await startGatewayProcess({ state, databaseUrl: scene.databaseUrl });
      const session = await scene.open(PLENTY);
      const { answered } = await scene.hang(session, {}, gateway.url);
      process.kill(gateway.pid, "SIGTERM");
      const refused = await until("the gateway to drain", async () => {
        const { status, error } = await scene.call(session.apiKey, "hello", {}, gateway.url);
        return error === null ? null : { status, code: error.code };
      });
      scene.upstream.release();
      await answered;
      await gateway.exited;
      return refused;
    },
  },
];

async function graphqlCode({ factory }: Scene, query: string): Promise<Provoked> {
  const response = await fetch(factory.graphql, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ query }),
  });
  const { errors } = (await response.json()) as { errors?: { extensions: { code: string } }[] };
  return { code: errors?.[0]?.extensions.code };
}
