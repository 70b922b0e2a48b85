import type { Ledger } from "@joulemint/ledger/Ledger";
import { sql } from "kysely";

/** A state that the meter of a session was in. */
export interface MeterState {
  readonly available: bigint;
  readonly held: bigint;
  readonly charged: bigint;
  /** When it was written, in milliseconds since 1970; whoever wrote it committed a little later. */
  readonly at: number;
}

/** Makes the database itself remember every state of every meter: what a gateway says of a balance can be checked against it. */
export async function keepMeterLog({ db }: Ledger): Promise<void> {
  const statements = [
    `CREATE TABLE meter_log (
      position bigserial PRIMARY KEY, session text NOT NULL, available int8 NOT NULL, held int8 NOT NULL,
      charged int8 NOT NULL, at timestamptz NOT NULL DEFAULT clock_timestamp())`,
    "CREATE INDEX ON meter_log (session, position)",
    `CREATE FUNCTION log_meter() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      INSERT INTO meter_log (session, available, held, charged)
      VALUES (NEW.session, NEW.available, NEW.held, NEW.charged);
      RETURN NULL; END $$`,
    "CREATE TRIGGER log_meter AFTER INSERT OR UPDATE ON meter FOR EACH ROW EXECUTE FUNCTION log_meter()",
  ];
  for (const statement of statements) await sql.raw(statement).execute(db);
}

/** Oldest first: writers of one meter come one after the other, and so do their positions. */
export async function readMeterLog({ db }: Ledger, session: string): Promise<MeterState[]> {
  const { rows } = await sql<{ available: bigint; held: bigint; charged: bigint; at: Date }>`
    SELECT available, held, charged, at FROM meter_log WHERE session = ${session} ORDER BY position`.execute(db);
  return rows.map(({ at, ...state }) => ({ ...state, at: at.getTime() }));
}
