import { readFileSync } from "node:fs";
import { JoulemintError } from "@joulemint/protocol/JoulemintError";

/** The text of a file that an option or an argument names; `-` is standard input. CONFIG_INVALID when it cannot be read. */
export function readText(setting: string, path: string): string {
  try {
    return readFileSync(path === "-" ? 0 : path, "utf8");
  } catch (cause) {
    throw new JoulemintError("CONFIG_INVALID", { setting, actual: path, expected: "a readable file" }, { cause });
  }
}
