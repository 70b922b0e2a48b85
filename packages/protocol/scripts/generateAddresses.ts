import { join } from "node:path";
import { writeIfChanged } from "./writeIfChanged.ts";

/** Writes `addresses.ts`: where each singleton stands on every chain, by its name with a small first letter. */
export async function generateAddresses(target: string, addresses: Readonly<Record<string, string>>): Promise<void> {
  const entries = Object.entries(addresses).map(([name, address]) => {
    const key = name.charAt(0).toLowerCase() + name.slice(1);
    return `  ${key}: "${address}",`;
  });
  const source = [
    "// Generated from contracts/ by packages/protocol/scripts/generate.ts; do not edit.",
    "export const addresses = {",
    ...entries,
    "} as const;",
    "",
  ].join("\n");
  await writeIfChanged(join(target, "addresses.ts"), source);
}
