import { readFile, writeFile } from "node:fs/promises";

/** Leaves a file alone whose text would not change, so that watchers and caches stay quiet. Says whether it wrote. */
export async function writeIfChanged(file: string, text: string): Promise<boolean> {
  if ((await readFile(file, "utf8").catch(() => null)) === text) return false;
  await writeFile(file, text);
  return true;
}
