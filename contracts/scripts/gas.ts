// Prints what the operations cost: `npm run gas`, or `npm run gas -- --json` for machines.
import { measureGas } from "../testing/measureGas.ts";

const figures = await measureGas();
if (process.argv.includes("--json")) console.log(JSON.stringify(figures));
else console.table(Object.fromEntries(figures.map(({ op, gas, newSlots }) => [op, { gas, newSlots }])));
