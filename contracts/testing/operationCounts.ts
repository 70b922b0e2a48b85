import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { dataLength, dataSlice, decodeBytes32String, FunctionFragment, Interface } from "ethers";

interface HandlerCounts {
  readonly handler: string;
  readonly games: number;
  readonly counts: readonly {
    readonly name: string;
    readonly sort: "operation" | "kind";
    readonly count: number;
  }[];
}

/**
 * Adds up what `HandlerTest` wrote: `handler:operation=count,...;` for each game, and `handler+:...` for what an invariant played by
 * itself. Every function of a handler that the runner can call is an operation, whether it ever did something or not; what is declared
 * besides is a kind. `artifacts` is the folder of the tests' artifacts.
 */
export async function operationCounts(file: string, artifacts: string): Promise<HandlerCounts[]> {
  const text = existsSync(file) ? readFileSync(file, "utf8").replaceAll("\n", "") : "";
  const games = Map.groupBy(text.split(";").slice(0, -1), (game) => /^\w+/.exec(game)?.[0] ?? "");
  return Promise.all(
    [...games].map(async ([handler, played]) => {
      const path = join(artifacts, "test", "solidity", `${handler}.sol`, `${handler}.json`);
      const { abi } = JSON.parse(readFileSync(path, "utf8"));
      const operations = new Interface(abi).fragments.filter(isOperation);
      const counts = new Map(operations.map(({ name }) => [name, 0]));
      const totals = new Map<string, number>();
      for (const [key, count] of played.flatMap(entries)) totals.set(key, (totals.get(key) ?? 0) + count);
      for (const [key, count] of totals) {
        const name =
          operations.find(({ selector }) => selector === dataSlice(key, 0, 4))?.name ?? decodeBytes32String(key);
        counts.set(name, (counts.get(name) ?? 0) + count);
      }
      const sortOf = (name: string) => (operations.some((operation) => operation.name === name) ? "operation" : "kind");
      return {
        handler,
        games: played.filter((game) => game.startsWith(`${handler}:`)).length,
        counts: [...counts].map(([name, count]) => ({ name, sort: sortOf(name), count })),
      };
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
