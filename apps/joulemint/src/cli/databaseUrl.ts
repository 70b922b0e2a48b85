import { JoulemintError } from "@joulemint/protocol/JoulemintError";

/** The PostgreSQL of DATABASE_URL; `undefined` where it is not set. CONFIG_INVALID for an address of anything else. */
export function databaseUrl(): string | undefined {
  const { DATABASE_URL: url } = process.env;
  if (url === undefined || url === "") return undefined;
  if (URL.canParse(url) && /^postgres(ql)?:$/.test(new URL(url).protocol)) return url;
  throw new JoulemintError("CONFIG_INVALID", {
    setting: "DATABASE_URL",
    expected: "postgres://user:password@host:port/name",
  });
}
