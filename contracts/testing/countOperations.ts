import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import { operationCounts } from "./operationCounts.ts";

/** An operation must have done something once in so many games on average, and a kind of it, which a handler declares. */
const GAMES_PER_SUCCESS = { operation: 4, kind: 16 };

/**
 * Runs the Solidity tests, prints how often the operations of their games did something, and fails if one hardly ever
 * did: an invariant is worth what was played against it.
 */
export default async function countOperations<Args extends { testFiles?: string[]; grep?: string }, Result>(
  args: Args,
  hre: HardhatRuntimeEnvironment,
  runSuper: (args: Args) => Promise<Result>,
): Promise<Result> {
  const file = join(hre.config.paths.cache, "operations.txt");
  mkdirSync(hre.config.paths.cache, { recursive: true });
  rmSync(file, { force: true });
  const result = await runSuper(args);

  const rare: string[] = [];
  const played = await operationCounts(file, await hre.solidity.getArtifactsDirectory("tests"));
  for (const { handler, games, counts } of played) {
    const columns = counts.map(({ name, count }) => `${name} ${count}`);
    console.log(`  ${games} games with ${handler}: ${columns.join(", ")}`);
    for (const { name, sort, count } of counts)
      if (count < Math.floor(games / GAMES_PER_SUCCESS[sort])) rare.push(`${handler}: ${name}`);
  }
  const { testFiles = [], grep } = args;
  if (testFiles.length === 0 && grep === undefined && played.length === 0) rare.push("all of them");
  if (rare.length > 0) {
    console.error(`Operations that hardly ever did anything: ${rare.join(", ")}`);
    process.exitCode = 1;
  }
  return result;
}
