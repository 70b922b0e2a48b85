import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";

/** A file beside the installed packages, one for each version of PGlite, that tests share. */
export function pgliteTemplate(): string {
  const pglite = resolve(createRequire(import.meta.url).resolve("@electric-sql/pglite"), "../..");
  const { version } = JSON.parse(readFileSync(join(pglite, "package.json"), "utf8")) as { version: string };
  return join(pglite, "../../.cache/joulemint", `pglite-${version}.tar`);
}
