import { describe, expect, it } from "vitest";
import { exportFiles } from "../../exportFiles.ts";
import { named } from "../../testing/named.ts";
import { readLines } from "./readLines.ts";

const { read, key } = exportFiles["balances.jsonl"];
const [offering, owner] = [named.word("offering"), named.address("owner")];
const line = (change: object = {}) => JSON.stringify({ credits: "7", offering, owner, ...change });
const findingsOf = (text: string | Uint8Array) =>
  readLines("balances.jsonl", typeof text === "string" ? Buffer.from(text) : text, read, key).findings;

describe("readLines", () => {
  it("reads lines in the order of their keys", () => {
    const later = { owner: `0xff${owner.slice(4)}` };
    const { lines, findings } = readLines("balances.jsonl", Buffer.from(`${line()}\n${line(later)}\n`), read, key);
    expect(findings).toEqual([]);
    expect(lines).toEqual([
      { offering, owner, credits: 7n },
      { offering, ...later, credits: 7n },
    ]);
    expect(findingsOf("")).toEqual([]);
  });

  it.each([
    ["a space", line().replace(":", ": "), "line"],
    ["members in another order", JSON.stringify({ owner, offering, credits: "7" }), "line"],
    ["a member twice", line().replace("{", '{"credits":"8",'), "line"],
    ["an escape where none is needed", line().replace('"7"', '"\\u0037"'), "line"],
    ["a member that nothing checks", line({ note: "paid" }), "note"],
    ["a member too few", line({ owner: undefined }), "owner"],
    ["a number for an amount", line({ credits: 7 }), "credits"],
    ["a leading zero", line({ credits: "07" }), "credits"],
    ["a negative amount", line({ credits: "-7" }), "credits"],
    ["digits without an end", line({ credits: "9".repeat(79) }), "credits"],
    ["a checksummed address", line({ owner: owner.toUpperCase().replace("0X", "0x") }), "owner"],
    ["an address that is cut", line({ owner: owner.slice(0, -1) }), "owner"],
    ["null", line({ owner: null }), "owner"],
    ["a list", "[]", "line"],
    ["no JSON", "{", "line"],
    ["nothing", "", "line"],
    ["half of a surrogate pair", line({ credits: "\\ud800" }).replace("\\\\", "\\"), "credits"],
  ])("names the line and the field of %s", (_, text, field) => {
    expect(findingsOf(`${line({ offering: named.word("0") })}\n${text}\n`.replace(`${line()}\n`, ""))).toContainEqual(
      expect.objectContaining({ subject: "balances.jsonl:2", field }),
    );
  });

  it("misses the line feed at the end, and finds bytes that are no UTF-8", () => {
    expect(findingsOf(line())).toMatchObject([{ field: "line", expected: "a line feed at its end" }]);
    expect(findingsOf(Buffer.from([...Buffer.from(line()), 0xff, 0x0a]))).toMatchObject([{ field: "bytes" }]);
    expect(findingsOf(`\ufeff${line()}\n`)).toMatchObject([{ subject: "balances.jsonl:1", field: "line" }]);
  });

  it("refuses lines that are twice there or out of order", () => {
    expect(findingsOf(`${line()}\n${line({ credits: "8" })}\n`)).toMatchObject([{ subject: "balances.jsonl:2" }]);
    expect(findingsOf(`${line()}\n${line({ owner: `0x00${owner.slice(4)}` })}\n`)).toMatchObject([
      { subject: "balances.jsonl:2", expected: `a key above ${offering} ${owner}` },
    ]);
  });
});
