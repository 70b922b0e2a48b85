import { readdirSync } from "node:fs";
import { join, relative } from "node:path";
import ts from "typescript";

/**
 * The parameters of a folder's exported functions, and the fields in them, that take any number: one in watts or dollars
 * passes there without a compile error. Each once, as `file.ts name` of where it is declared. Code in `internal` and
 * beside tests (`testing`) is no interface.
 */
export function bareNumbers(folder: string): readonly string[] {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts") && !/^internal\/|\btesting\//.test(file))
    .map((file) => join(folder, file));
  const program = ts.createProgram(files, {
    strict: true,
    noEmit: true,
    allowImportingTsExtensions: true,
    resolveJsonModule: true,
    module: ts.ModuleKind.NodeNext,
    types: [],
  });
  const checker = program.getTypeChecker();
  const found = new Set<string>();
  const seen = new Set<ts.Symbol>();

  function visit(declared: ts.Symbol): void {
    const file = relative(folder, declared.valueDeclaration?.getSourceFile().fileName ?? "..");
    if (file.startsWith("..") || seen.has(declared)) return;
    seen.add(declared);
    visitType(checker.getTypeOfSymbol(declared), `${file} ${declared.name}`);
  }

  function visitType(type: ts.Type, name: string): void {
    if (type.isUnion()) for (const each of type.types) visitType(each, name);
    else if (type.flags & ts.TypeFlags.Number) found.add(name);
    // A branded value is an intersection, and a primitive has no fields of the folder.
    else if (type.flags & ts.TypeFlags.Object) {
      if (checker.isArrayType(type) || checker.isTupleType(type)) {
        for (const item of checker.getTypeArguments(type as ts.TypeReference)) visitType(item, name);
      } else {
        for (const { type: item } of checker.getIndexInfosOfType(type)) visitType(item, name);
        type.getProperties().forEach(visit);
      }
    }
  }

  for (const file of files) {
    const module = checker.getSymbolAtLocation(program.getSourceFile(file) as ts.SourceFile);
    for (const exported of module === undefined ? [] : checker.getExportsOfModule(module)) {
      for (const { parameters } of checker.getTypeOfSymbol(exported).getCallSignatures()) parameters.forEach(visit);
    }
  }
  return [...found].sort();
}
