import { createHash, randomBytes } from "node:crypto";
import { JoulemintError } from "@joulemint/protocol/JoulemintError";
import { sql } from "kysely";
import type { Ledger } from "./Ledger.ts";

export interface NewApiKey {
  readonly session: string;
  /** For people to tell keys apart. */
  readonly label: string;
  /** `null`, or left out: until the session closes. */
  readonly expiresAt?: Date | null;
}

/** Makes a key that spends from a session. Only its hash is kept: this is the one time it is seen. Errors: SESSION_NOT_FOUND. */
export async function createApiKey({ db }: Ledger, { session, label, expiresAt = null }: NewApiKey): Promise<string> {
  const key = `jm_${randomBytes(24).toString("base64url")}`;
  const { rows } = await sql`
    INSERT INTO api_key (hash, session, label, expires_at)
    SELECT ${hashApiKey(key)}, session, ${label}, ${expiresAt} FROM meter WHERE session = ${session.toLowerCase()}
    RETURNING hash`.execute(db);
  if (rows.length === 0) throw new JoulemintError("SESSION_NOT_FOUND", { session });
  return key;
}

export interface ApiKeySession {
  readonly session: string;
  readonly offering: string;
  readonly consumerSigned: boolean;
  readonly label: string;
}

/** Whose credits a key spends. Errors: INVALID_API_KEY when it is unknown, expired (by the database's clock) or revoked. */
export async function findSessionByApiKey({ db }: Ledger, key: string): Promise<ApiKeySession> {
  const found = await db
    .selectFrom("api_key")
    .innerJoin("meter", "meter.session", "api_key.session")
    .select(["meter.session", "meter.offering", "meter.consumer_signed as consumerSigned", "api_key.label"])
    .where("api_key.hash", "=", hashApiKey(key))
    .where("revoked_at", "is", null)
    .where(sql<boolean>`(expires_at IS NULL OR expires_at > now())`)
    .executeTakeFirst();
  if (found === undefined) throw new JoulemintError("INVALID_API_KEY");
  return found;
}

/** A key has 192 random bits, so a fast hash is enough. */
function hashApiKey(key: string): string {
  return createHash("sha256").update(key).digest("hex");
}
