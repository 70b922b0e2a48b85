import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SseEventTooLarge, SseParser } from "./SseParser.ts";

const LIMIT = 1 << 20;

function parse(bytes: Buffer, cuts: readonly number[] = []) {
  const parser = new SseParser(LIMIT);
  const edges = [0, ...[...cuts].sort((a, b) => a - b), bytes.length];
  const events = edges.slice(1).flatMap((end, i) => parser.push(bytes.subarray(edges[i], end)));
  const last = parser.end();
  return last ? [...events, last] : events;
}

const dataIn = (text: string) =>
  parse(Buffer.from(text))
    .map((event) => event.data)
    .filter((data) => data !== null);

describe("SseParser", () => {
  it.each([
    ["LF", "data: a\n\ndata: b\n\n", ["a", "b"]],
    ["CRLF", "data: a\r\n\r\ndata: b\r\n\r\n", ["a", "b"]],
    ["CR", "data: a\r\rdata: b\r\r", ["a", "b"]],
    ["mixed endings", "data: a\r\n\ndata: b\n\r\n", ["a", "b"]],
    ["no space after the colon", "data:a\n\n", ["a"]],
    ["only one space is taken", "data:  a\n\n", [" a"]],
    ["several data lines", "data: {\ndata: }\n\n", ["{\n}"]],
    ["data without a colon", "data\n\n", [""]],
    ["comments", ": ping\n\ndata: a\n\n: ping\n\n", ["a"]],
    ["other fields", "event: message\nid: 7\nretry: 5\ndata: a\n\n", ["a"]],
    ["byte order mark", "\ufeffdata: a\n\n", ["a"]],
    ["blank lines between", "\n\n\ndata: a\n\n\n\n", ["a"]],
    ["no blank line at the end", "data: a\n\ndata: [DONE]", ["a", "[DONE]"]],
    ["a field that only starts like data", "database: x\n\n", []],
    ["nothing", "", []],
  ])("reads %s", (_, text, data) => {
    expect(dataIn(text)).toEqual(data);
  });

  it("gives the same events and the same bytes wherever the chunks are cut", () => {
    const line = fc.constantFrom('data: {"usage":1}', "data: é😀", ": c", "data:", "event: x", "");
    const text = fc
      .array(fc.tuple(line, fc.constantFrom("\n", "\r\n", "\r")), { maxLength: 12 })
      .map((lines) => Buffer.from(lines.map(([l, end]) => l + end).join("")));
    fc.assert(
      fc.property(text, fc.array(fc.nat(200), { maxLength: 40 }), (bytes, cuts) => {
        const whole = parse(bytes);
        const pieces = parse(
          bytes,
          cuts.map((cut) => Math.min(cut, bytes.length)),
        );
        const data = (events: typeof whole) => events.map((event) => event.data).filter((d) => d !== null);
        expect(data(pieces)).toEqual(data(whole));
        expect(Buffer.concat(pieces.map((event) => event.raw))).toEqual(bytes);
      }),
      { numRuns: 500 },
    );
  });

  it("refuses an event over the cap, and takes one just under it", () => {
    const parser = new SseParser(100);
    expect(parser.push(Buffer.from(`data: ${"x".repeat(92)}\n\n`))).toHaveLength(1);
    expect(() => parser.push(Buffer.from("x".repeat(101)))).toThrow(SseEventTooLarge);
  });

  it("takes one line of 10 MB in small reads", () => {
    const parser = new SseParser(11 << 20);
    const body = Buffer.from(`data: ${"x".repeat(10 << 20)}\n\n`);
    const events = [];
    for (let at = 0; at < body.length; at += 4096) events.push(...parser.push(body.subarray(at, at + 4096)));
    expect(events.map((event) => event.data?.length)).toEqual([10 << 20]);
  });
});
