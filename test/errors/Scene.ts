import { fund } from "@joulemint/app/client/fund";
import { type OpenedSession, openSession } from "@joulemint/app/client/openSession";
import { until } from "@joulemint/app/client/until";
import { millicredits } from "@joulemint/economics/units";
import { openLedger } from "@joulemint/ledger/openLedger";
import { createDatabase } from "@joulemint/ledger/testing/createDatabase";
import { sql } from "kysely";
import type { Address } from "viem";
import { generatePrivateKey, privateKeyToAccount } from "viem/accounts";
import { type FactoryProcess, startFactoryProcess } from "../harness/startFactoryProcess.ts";
import type { Answered } from "./Answered.ts";
import { type MoodyUpstream, startMoodyUpstream } from "./startMoodyUpstream.ts";

/** A whole factory on PostgreSQL before an inference server of moods, and the operator's own hands on the database. */
export interface Scene {
  readonly upstream: MoodyUpstream;
  readonly factory: FactoryProcess;
  readonly owner: ReturnType<typeof privateKeyToAccount>;
  readonly databaseUrl: string;
  sql(statement: string): Promise<void>;
  /** Millicredits in a session of the owner's, with a key. */
  open(credits: bigint, signer?: Address): Promise<OpenedSession>;
  /** A chat completion by a key, the mood its only message; at the factory's gateway, unless `url` names another. */
  call(apiKey: string, mood: string, fields?: object, url?: string): Promise<Answered>;
  /** One that hangs until the upstream is released; resolves when it is admitted. */
  hang(session: OpenedSession, fields?: object, url?: string): Promise<{ answered: Promise<Answered> }>;
  request(path: string, init?: RequestInit, url?: string): Promise<Answered>;
  post(path: string, body: unknown): Promise<Answered>;
  close(): Promise<void>;
}

export async function startScene(): Promise<Scene> {
  const upstream = await startMoodyUpstream();
  const databaseUrl = await createDatabase();
  const factory = await startFactoryProcess({
    args: ["--upstream", upstream.url],
    env: { DATABASE_URL: databaseUrl },
  });
  const database = await openLedger({ databaseUrl });
  const owner = privateKeyToAccount(generatePrivateKey());
  await fund(factory.client, owner, 100_000_000n);

  const scene: Scene = {
    upstream,
    factory,
    owner,
    databaseUrl,
    async sql(statement) {
      await sql.raw(statement).execute(database.db);
    },
    open: (credits, signer) => openSession(factory.client, owner, millicredits(credits), signer),
    async request(path, init, url = factory.url) {
      const response = await fetch(`${url}${path}`, init);
      const text = await response.text();
      const body = text.startsWith("{") ? JSON.parse(text) : {};
      return {
        status: response.status,
        error: body.error ?? null,
        receipt: response.headers.get("x-joulemint-receipt"),
      };
    },
    post: (path, body) =>
      scene.request(path, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: typeof body === "string" ? body : JSON.stringify(body),
      }),
    call: (apiKey, mood, fields = {}, url) => {
      const messages = [{ role: "user", content: mood }];
      const init = {
        method: "POST",
        headers: { authorization: `Bearer ${apiKey}`, "content-type": "application/json" },
        body: JSON.stringify({ model: "moody", messages, max_tokens: 20, ...fields }),
      };
      return scene.request("/v1/chat/completions", init, url);
    },
    async hang({ session, apiKey }, fields, url) {
      const answered = scene.call(apiKey, "hang", fields, url);
      await until("the call's hold", () =>
        database.db
          .selectFrom("hold")
          .select("id")
          .where("session", "=", session)
          .where("state", "=", "open")
          .executeTakeFirst(),
      );
      return { answered };
    },
    async close() {
      upstream.release();
      await factory.stop();
      await database.close();
      await upstream.close();
    },
  };
  return scene;
}
