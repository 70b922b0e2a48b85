import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import ts from "typescript";
import { expect, it } from "vitest";

/** Runs the examples of the README under Node, through the package's own exports, and holds them to their comments. */
const directory = fileURLToPath(new URL("..", import.meta.url));
const readme = await readFile(`${directory}/README.md`, "utf8");
const examples = [...readme.matchAll(/```ts\n(.*?)```/gs)].map(([, code = ""]) => code);

/** What an example promises: `const name = ...; // 12n` and, in a comment, `name.field 12n`; of a fraction, four digits. */
function promises(code: string): Record<string, string> {
  const constants = code.matchAll(/^const (\w+) = .*\/\/ (\d+n)/gm);
  const comments = [...code.matchAll(/\/\/.*/g)].join("\n");
  const fields = comments.matchAll(/(\w+\.\w+) (\d[\d.]*n?|null)\b/g);
  return Object.fromEntries([...constants, ...fields].map(([, path = "", value = ""]) => [path, value]));
}

it.each(examples.map((code) => [code]))("example %$ does what its comments say", async (code) => {
  const expected = promises(code);
  const paths = Object.keys(expected);
  expect(paths.length).toBeGreaterThan(3);
  const shown = `(value) => typeof value === "bigint" ? value + "n" : String(value && Number(value.toPrecision(4)))`;
  const print = `console.log(JSON.stringify([${paths}].map(${shown})));`;
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ["--input-type=module-typescript", "--eval", `${code}\n${print}`],
    { cwd: directory },
  );
  expect(JSON.parse(stdout)).toEqual(Object.values(expected));
});

it("begins with $/M tokens, tokens/J, TAF and a scenario in under ten lines", () => {
  const [first = ""] = examples;
  expect(first.trim().split("\n").length).toBeLessThan(10);
  for (const name of ["cost", "tokensPerJoule", "total", "paybackYears"])
    expect(Object.keys(promises(first)).join()).toContain(`.${name}`);
});

it("compiles: the units of every example are right, which running it would not show", () => {
  const { config } = ts.readConfigFile(`${directory}/../../tsconfig.base.json`, ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, directory);
  const files = new Map(examples.map((code, index) => [`${directory}example${index}.ts`, code]));
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile } = host;
  host.fileExists = (name) => files.has(name) || fileExists(name);
  host.readFile = (name) => files.get(name) ?? readFile(name);
  const problems = ts.getPreEmitDiagnostics(ts.createProgram([...files.keys()], options, host));
  expect(problems.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, " "))).toEqual([]);
});
