import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { dataLength, dataSlice, decodeBytes32String, FunctionFragment, Interface } from "ethers";

interface HandlerCounts {
  readonly handler: string;
  readonly games: number;
  readonly counts: readonly (readonly [operation: string, count: number])[];
}

/**
 * Adds up what `HandlerTest` wrote, `handler:operation=count,...;` for each game. Every function of a handler that the runner can call is
 * an operation, whether it ever did something or not; so is every kind that it declares. `artifacts` is the folder of the tests' artifacts.
 */
export async function operationCounts(file: string, artifacts: string): Promise<HandlerCounts[]> {
  const text = existsSync(file) ? readFileSync(file, "utf8").replaceAll("\n", "") : "";
  const games = Map.groupBy(text.split(";").slice(0, -1), (game) => game.slice(0, game.indexOf(":")));
  return Promise.all(
    [...games].map(async ([handler, played]) => {
      const path = join(artifacts, "test", "solidity", `${handler}.sol`, `${handler}.json`);
      const { abi } = JSON.parse(readFileSync(path, "utf8"));
      const operations = new Interface(abi).fragments.filter(isOperation);
      const counts = new Map(operations.map(({ name }) => [name, 0]));
      for (const [key, count] of played.flatMap(entries)) {
        const name =
          operations.find(({ selector }) => selector === dataSlice(key, 0, 4))?.name ?? decodeBytes32String(key);
        counts.set(name, (counts.get(name) ?? 0) + count);
      }
      return { handler, games: played.length, counts: [...counts] };
    }),
  );
}

/** What the runner calls: functions that change state. */
function isOperation(fragment: unknown): fragment is FunctionFragment {
  return fragment instanceof FunctionFragment && !fragment.constant;
}

function entries(game: string): [key: string, count: number][] {
  return game
    .slice(game.indexOf(":") + 1)
    .split(",")
    .filter((entry) => entry !== "")
    .map((entry) => {
      const [key = "", count] = entry.split("=");
      if (dataLength(key) !== 32) throw new Error(`not an operation: ${entry}`);
      return [key, Number(count)];
    });
}
