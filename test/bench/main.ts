import { parseArgs } from "node:util";
import { admissionBenchmarks } from "./admission.ts";
import { economicsBenchmarks } from "./economics.ts";
import { measure } from "./measure.ts";

const benchmarks = [...admissionBenchmarks, ...economicsBenchmarks];

const { values, positionals } = parseArgs({ allowPositionals: true, options: { json: { type: "boolean" } } });
const chosen = benchmarks.filter(({ name }) => positionals.length === 0 || positionals.some((p) => name.startsWith(p)));
if (chosen.length === 0) {
  console.error(
    `No benchmark is called ${positionals.join(" ")}. There are: ${benchmarks.map(({ name }) => name).join(", ")}`,
  );
  process.exit(1);
}

const measurements = [];
for (const benchmark of chosen) {
  console.error(`Measuring ${benchmark.name} ...`);
  measurements.push(await measure(benchmark));
}
if (values.json) {
  console.log(JSON.stringify(measurements));
} else {
  for (const { name, unit, ours, reference, ratio } of measurements) {
    console.log(`${name}: ${ours} ${unit}`);
    for (const [peer, value] of Object.entries(reference))
      console.log(`  ${peer}: ${value} ${unit}, ours is ${ratio[peer]} times that`);
  }
}
