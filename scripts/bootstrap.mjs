// Everything a script of this repository needs before it runs: dependencies like the lock file says
// and, with --build, compiled contracts. Both are instant when nothing changed. All talk goes to
// stderr: stdout belongs to the command that follows.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";

const run = (command, args) => {
  const { status } = spawnSync(command, args, { stdio: ["ignore", 2, 2] });
  if (status !== 0) process.exit(status ?? 1);
};

const installed = "node_modules/.installed-lock.json";
const current = existsSync(installed) && readFileSync(installed).equals(readFileSync("package-lock.json"));
if (!current) {
  console.error("Installing dependencies (first run only, about a minute) ...");
  run("npm", ["ci", "--loglevel=error"]);
}
if (process.argv.includes("--build")) {
  run("node_modules/.bin/turbo", ["run", "build", "--output-logs=errors-only", "--log-prefix=none", "--ui=stream"]);
}
