import { existsSync, readFileSync } from "node:fs";
import { stripTypeScriptTypes } from "node:module";
import { type Handler, pathOf } from "../factory/Origin.ts";

const own = new URL("./assets/", import.meta.url);
const economics = new URL("./", import.meta.resolve("@joulemint/economics/units"));
// A name has no dot but that of its ending: no way up, and no tests.
const pattern = /^\/(economics\/)?((?:[\w-]+\/)*[\w-]+\.ts)$/;
const served = new Map<string, string>();

/**
 * GET of a TypeScript module of the page's own, or of economics, without its types: the page computes with the very files
 * that the factory computes with.
 */
export const pageModules: Handler = (req, res) => {
  const [path, root, file] = pattern.exec(pathOf(req)) ?? [];
  if (path === undefined || file === undefined || (req.method !== "GET" && req.method !== "HEAD")) return false;
  const url = new URL(file, root === undefined ? own : economics);
  const body = served.get(path) ?? (existsSync(url) ? readModule(url) : null);
  if (body === null) return false;
  served.set(path, body);
  res.writeHead(200, { "content-type": "text/javascript; charset=utf-8", "x-content-type-options": "nosniff" });
  res.end(req.method === "HEAD" ? undefined : body);
  return true;
};

const readModule = (url: URL): string =>
  stripTypeScriptTypes(readFileSync(url, "utf8")).replaceAll(/"@joulemint(\/economics\/[^"]+)"/g, '"$1.ts"');
