import { parseArgs } from "node:util";
import { economicsBenchmarks } from "./economics.ts";
import { economicsFit } from "./fit/economicsFit.ts";
import { measure } from "./measure.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { json: { type: "boolean" }, data: { type: "string" } },
});

// Accuracy is no rate: it is evaluated once, and only if asked for by its name.
if (positionals.includes("economics-fit")) {
  const reports = await economicsFit(values.data).catch((error: unknown) => {
    // What is wrong with a file is its author's to read, not where we noticed.
    if (values.data === undefined || !(error instanceof Error)) throw error;
    console.error(error.message);
    process.exit(1);
  });
  if (values.json) console.log(JSON.stringify(reports));
  else for (const report of reports) console.log(JSON.stringify(report, null, 2));
  process.exit(0);
}

// Only now: it needs the contracts built, which the fit does without.
const { admissionBenchmarks } = await import("./admission.ts");
const benchmarks = [...admissionBenchmarks, ...economicsBenchmarks];
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
