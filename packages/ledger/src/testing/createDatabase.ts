import { randomBytes } from "node:crypto";
import { Client } from "pg";

/** Variable with the address of the server that the test files of one run share. */
export const SHARED_POSTGRES = "JOULEMINT_TEST_POSTGRES";

/** Creates an empty database on a server, by default on the shared one, and gives its URL. */
export async function createDatabase(server = process.env[SHARED_POSTGRES]): Promise<string> {
  if (server === undefined) throw new Error(`${SHARED_POSTGRES} is not set: vitest.databases.ts starts the server`);
  const name = `ledger_${randomBytes(6).toString("hex")}`;
  const client = new Client({ connectionString: server });
  await client.connect();
  await client.query(`CREATE DATABASE ${name}`);
  await client.end();
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}
