import { globSync } from "node:fs";
import { resolve } from "node:path";
import { expect } from "chai";
import { type AstNode, child, descendants, list, text } from "../mutation/ast.ts";
import { Compiler } from "../mutation/Compiler.ts";

/** What a parameter, a result or a field is called; nothing if it has no name. */
const names = (owner: AstNode, property: string) => list(owner, property).map((one) => text(one, "name"));

/** What a definition needs beside its `@notice`: a tag for each of these, in this order. */
function needed(definition: AstNode): { param: string[]; return: string[] } {
  const [inputs, outputs] =
    definition.nodeType === "FunctionDefinition"
      ? [
          names(child(definition, "parameters"), "parameters"),
          names(child(definition, "returnParameters"), "parameters"),
        ]
      : [definition.nodeType === "StructDefinition" ? names(definition, "members") : [], []];
  return { param: inputs, return: outputs };
}

/** What a definition lacks, in words. */
function missing(definition: AstNode): string[] {
  const doc = definition.documentation ? text(child(definition, "documentation"), "text") : "";
  const tagged = (tag: string) => [...doc.matchAll(new RegExp(`@${tag}\\s+(\\w*)`, "g"))].map(([, name]) => name);
  const { param, return: returned } = needed(definition);
  return [
    ...(doc.includes("@notice") ? [] : ["@notice"]),
    ...param.filter((name) => !tagged("param").includes(name)).map((name) => `@param ${name}`),
    // solc itself refuses a result that goes by another name.
    ...returned.slice(tagged("return").length).map((name) => `@return ${name}`),
  ];
}

describe("NatSpec of the interfaces", () => {
  const root = resolve(import.meta.dirname, "..");
  const files = globSync("contracts/interfaces/*.sol", { cwd: root }).sort();
  const trees = new Compiler(root).trees(files);

  for (const file of files)
    it(`of ${file} says what each function, event, error, struct and enum is, and each parameter, result and field`, () => {
      const definitions = [...descendants(trees.get(file) as AstNode)].filter(({ nodeType }) =>
        /^(Contract|Function|Event|Error|Struct|Enum)Definition$/.test(nodeType),
      );
      const gaps = definitions.flatMap((one) => missing(one).map((gap) => `${text(one, "name")}: ${gap}`));
      expect(gaps).to.deep.equal([]);
    });
});
