import { ANCHORS } from "./anchors.ts";
import type { GasFigure } from "./GasFigure.ts";
import { GAS_GOALS } from "./gasGoals.ts";
import { PUBLISHED } from "./published.ts";

const number = (value: number) => value.toLocaleString("en-US");

/** `docs/gas.md`, which is what `npm run gas` prints, too. */
export function renderGas(figures: readonly GasFigure[]): string {
  const rows = figures.map((figure) => {
    const { gas: goal } = GAS_GOALS[figure.op];
    return [
      figure.op,
      number(figure.gas),
      goal === undefined ? "" : number(goal),
      slots(figure),
      ...cheapest(figure.anchor),
    ];
  });
  const missed = figures.filter(({ op, gas }) => gas > (GAS_GOALS[op].gas ?? gas));
  return `# Gas

Whole transactions, the first 21,000 and calldata included, paid in \`TestDollar\`: OpenZeppelin's ERC-20 with EIP-3009.
Everybody has bought, settled, claimed and voted before, and the model has 10,000 holders; \`settle*\` is what the settler
sends, the release into their split included, and \`settleMarginal\` one more row of it. \`npm run gas -- --write\` measures
all of this and writes this page; \`npm test\` fails when a figure changes.

${table(["operation", "gas", "goal", "new slots", "cheapest anchor", "which"], rows)}

## Goals missed

${missed.map(({ op, gas }) => `- **${op}**, ${number(gas)}: ${GAS_GOALS[op].reason}`).join("\n")}

## Anchors

Measured in the same run, from the packages as they install, by the same compiler where they bring no bytecode.
Superfluid's pools are not among them: of \`@superfluid-finance/ethereum-contracts\`, 1.15.2 does not install and 1.14.1
brings 889 packages with it.

${ANCHORS.map(({ name, why }) => `- **${name}** (${beside(name, figures)}). ${why}`).join("\n")}

## Figures from elsewhere

As their owners publish them, not measured here: no package has the contract. They stand on this page only, and no
comparison above is made with them.

${PUBLISHED.map(published).join("\n")}
`;
}

function published({ name, source, gas, caveat }: (typeof PUBLISHED)[number]): string {
  const quoted = Object.entries(gas).map(([what, cost]) => `${what} ${number(cost)}`);
  return `- **${name}** (${quoted.join(", ")}). ${source}. ${caveat}`;
}

function slots({ newSlots, tokenSlots }: GasFigure): string {
  return tokenSlots === 0 ? `${newSlots}` : `${newSlots}, and ${tokenSlots} of the token`;
}

function cheapest(anchor: GasFigure["anchor"]): string[] {
  const [best] = Object.entries(anchor).sort(([, a], [, b]) => a - b);
  return best ? [number(best[1]), best[0]] : ["", ""];
}

function beside(name: string, figures: readonly GasFigure[]): string {
  const compared = figures.filter(({ anchor }) => name in anchor);
  return compared.map(({ op, anchor }) => `${op} ${number(anchor[name])}`).join(", ");
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column].length)));
  const line = (cells: readonly string[]) => `| ${cells.map((cell, i) => cell.padEnd(widths[i])).join(" | ")} |`;
  return [line(head), line(widths.map((width) => "-".repeat(width))), ...rows.map(line)].join("\n");
}
