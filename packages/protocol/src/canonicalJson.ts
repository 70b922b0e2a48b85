import { JoulemintError } from "./JoulemintError.ts";

const LONE_SURROGATE = /\p{Surrogate}/u;

/**
 * JSON text in the one form of RFC 8785: no white space, members ordered by their UTF-16 code units, numbers as
 * ECMAScript prints them. Equal values give equal bytes, so the text can be hashed and compared. A `bigint` becomes a
 * decimal string, an object with `toJSON` what that returns, and a member that is `undefined` is left out.
 *
 * Throws `INTERNAL` naming the path for what JSON cannot say: NaN, infinities, functions, symbols, lone surrogates,
 * `undefined` in an array.
 */
export function canonicalJson(value: unknown): string {
  return write(value, "$");
}

function write(value: unknown, path: string): string {
  if (value === null || typeof value === "boolean") return String(value);
  if (typeof value === "bigint") return `"${value}"`;
  if (typeof value === "number" && Number.isFinite(value)) return JSON.stringify(value);
  if (typeof value === "string" && !LONE_SURROGATE.test(value)) return JSON.stringify(value);
  if (typeof value !== "object") {
    throw new JoulemintError("INTERNAL", { reason: "not JSON", path, type: typeof value });
  }
  if ("toJSON" in value && typeof value.toJSON === "function") return write(value.toJSON(), path);
  if (Array.isArray(value)) return `[${value.map((item, index) => write(item, `${path}[${index}]`)).join(",")}]`;
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    // The default order of sort() is that of UTF-16 code units, which RFC 8785 asks for.
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, member]) => `${write(key, path)}:${write(member, `${path}.${key}`)}`);
  return `{${members.join(",")}}`;
}
