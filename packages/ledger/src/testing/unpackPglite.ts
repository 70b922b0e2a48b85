import { execFile } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { promisify } from "node:util";
import { openLedger } from "../openLedger.ts";
import { pgliteTemplate } from "./pgliteTemplate.ts";

/** Puts an empty embedded database into a new folder, for `openLedger` to find: having it made there takes seconds more. */
export async function unpackPglite(directory: string): Promise<void> {
  const template = pgliteTemplate();
  if (!existsSync(template)) await (await openLedger({ memory: true, template })).close();
  mkdirSync(directory, { recursive: true });
  await promisify(execFile)("tar", ["-xf", template, "-C", directory]);
}
