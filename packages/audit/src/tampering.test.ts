import { METERS } from "@joulemint/economics/meters";
import { zeroHash } from "viem";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { EXPORT_FILES, exportFiles, MANIFEST } from "./exportFiles.ts";
import { ExampleFolder } from "./testing/ExampleFolder.ts";

/** More of them every night. */
const FLIPS = Number(process.env.JOULEMINT_AUDIT_FLIPS ?? 60);

let folder: ExampleFolder;
beforeAll(async () => {
  folder = await ExampleFolder.create();
});
afterAll(() => folder.remove());

/** Fields that say which line it is: altered, they make one line too many, and leave one missing. */
const KEYS: Readonly<Record<string, readonly string[]>> = {
  "models.jsonl": ["model"],
  "offerings.jsonl": ["offering"],
  "sessions.jsonl": ["session"],
  "balances.jsonl": ["offering", "owner"],
  "holdings.jsonl": ["model", "holder"],
  "settlements.jsonl": ["blockNumber", "logIndex", "position"],
  "releases.jsonl": ["blockNumber", "logIndex"],
  "claims.jsonl": ["blockNumber", "logIndex"],
  "purchases.jsonl": ["blockNumber", "logIndex"],
  "redemptions.jsonl": ["blockNumber", "logIndex"],
  "consumptions.jsonl": ["blockNumber", "logIndex"],
};

describe("an altered export", () => {
  it.each(EXPORT_FILES)("of which a line of %s was removed is found out, whatever the manifest says", async (file) => {
    const last = folder.lines(file).length - 1;
    for (const index of new Set([0, last])) {
      const [first] = (await folder.auditLines(file, (lines) => void lines.splice(index, 1))).findings;
      expect(first).toMatchObject({ subject: expect.stringContaining(file), field: "line" });
    }
    const { findings } = await folder.auditLines(file, (lines) => void lines.pop(), { forged: false });
    expect(findings).toContainEqual(expect.objectContaining({ subject: MANIFEST, field: `counts.${file}` }));
  });

  it.each(Object.keys(KEYS))("to which a line of %s was added is found out", async (file) => {
    const { findings } = await folder.auditLines(file, (lines) => {
      const added = { ...lines.at(-1) };
      for (const key of KEYS[file] ?? []) added[key] = key === "blockNumber" ? "999" : following(added[key]);
      lines.push(added);
    });
    expect(findings[0]).toMatchObject({ subject: expect.stringContaining(file), field: "line", actual: "a line" });
  });

  it("names the session and the number of a receipt that is missing, also of the last one", async () => {
    const { open } = folder.example.sessions;
    for (const sequence of ["1", "3", "4"]) {
      const { findings } = await folder.auditLines("receipts.jsonl", (lines) => {
        lines.splice(
          lines.findIndex((line) => line.session === open && line.sequence === sequence),
          1,
        );
      });
      expect(findings).toEqual([
        { subject: `receipts.jsonl ${open} ${sequence}`, field: "line", expected: "a receipt", actual: "missing" },
      ]);
    }
  });

  it("finds out by the chain that a settled receipt is missing, though its session says nothing of it", async () => {
    const { closing } = folder.example.sessions;
    const forge = (lines: Record<string, unknown>[]) => {
      const line = lines.find(({ session }) => session === closing);
      Object.assign(line ?? {}, { charged: "0", sequence: "0", receiptsHead: zeroHash });
    };
    const { findings } = await folder.withLines("sessions.jsonl", forge, () =>
      folder.auditLines("receipts.jsonl", (lines) => {
        lines.splice(
          lines.findIndex((line) => line.session === closing),
          1,
        );
      }),
    );
    const subject = `sessions.jsonl ${closing}`;
    expect(findings).toContainEqual(expect.objectContaining({ subject, field: "receiptsHead" }));
    expect(findings).toContainEqual(expect.objectContaining({ subject, field: "settledWithoutReceipts" }));
  });

  // One line of each file, all of its fields: the value stays one that could stand there.
  it.each([...EXPORT_FILES, MANIFEST])("names each altered field of %s", async (file) => {
    const [line = {}] = folder.lines(file);
    for (const path of pathsOf(line)) {
      const report = await folder.auditLines(file, ([first]) => alter(first ?? {}, path));
      const [found] = report.findings;
      const field = path.join(".");
      expect(report.ok, `${file} ${field}`).toBe(false);
      expect(found?.subject, `${file} ${field}`).toContain(file);
      expect(found?.field, `${file} ${field}`).toBe(KEYS[file]?.includes(field) ? "line" : named(field));
    }
  });

  it("names the weight of a rate card, and a price that was taken out or put in", async () => {
    const weights = (change: (weights: Record<string, string>) => void) =>
      folder.auditLines("rate-cards.jsonl", ([card]) => change(card?.weights as Record<string, string>));
    for (const meter of METERS.slice(0, 5)) {
      const { findings } = await weights((card) => {
        card[meter] = String(BigInt(card[meter] ?? 0) + 1n);
      });
      expect(findings).toMatchObject([{ subject: expect.stringContaining("rate-cards.jsonl"), field: "weights" }]);
    }
    const { findings } = await weights((card) => void delete card.input);
    expect(findings).toMatchObject([{ field: "weights" }]);
  });

  it(`names the file of each of ${FLIPS} flipped bits`, async () => {
    const seed = Number(process.env.JOULEMINT_SEED ?? Date.now() % 1_000_000_007);
    const random = generator(seed);
    const files = [...EXPORT_FILES, MANIFEST];
    for (let flip = 0; flip < FLIPS; flip++) {
      const file = files[flip % files.length] ?? MANIFEST;
      let where = "";
      const report = await folder.auditBytes(file, (bytes) => {
        const [position, bit] = [random(bytes.length), 1 << random(8)];
        where = `JOULEMINT_SEED=${seed}, flip ${flip}: bit ${bit} of byte ${position} of ${file}`;
        return bytes.with(position, (bytes[position] ?? 0) ^ bit);
      });
      expect(report.ok, where).toBe(false);
      expect(report.findings[0]?.subject, where).toContain(file);
    }
  });
});

function generator(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** Paths of all values; a list is one value. */
function pathsOf(line: object): string[][] {
  return Object.entries(line).flatMap(([name, value]) => {
    const inside = typeof value === "object" && value !== null && !Array.isArray(value);
    return inside ? pathsOf(value).map((path) => [name, ...path]) : [[name]];
  });
}

/** What a finding says of a field: the weights of a card have one hash, so none of them can be told from the others. */
const named = (field: string) => field.replace(/^weights\..*/, "weights");

const CHOICES = [
  ["realtime", "standard", "batch"],
  ["open", "closing", "closed", "suspended"],
  ["ok", "clamped", "stale", "bad_signature", "unknown_session"],
  ["operator", "treasury", "holder"],
  ["final", "continuous", "provider_async", "counted"],
  ["measured", "modelled", "declared"],
];

/** A key that is higher than another. */
const following = (key: unknown) => (typeof key === "number" ? key : `0xffff${String(key).slice(6)}`);

function alter(line: Record<string, unknown>, [name = "", ...rest]: readonly string[]): void {
  const value = line[name];
  if (rest.length > 0) alter(value as Record<string, unknown>, rest);
  else line[name] = name === "proof" ? [`0x${"11".repeat(32)}`] : altered(value);
}

function altered(value: unknown): unknown {
  if (value === null) return "1";
  if (typeof value === "number") return value + 1;
  if (Array.isArray(value)) return value.length > 0 ? value.slice(1) : ["retried"];
  const text = String(value);
  const choices = CHOICES.find((set) => set.includes(text));
  if (choices !== undefined) return choices.find((choice) => choice !== text);
  if (/^\d+$/.test(text)) return String(BigInt(text) + 1n);
  if (/^0x|^[0-9a-f]{8}-/.test(text)) return text.slice(0, -1) + (text.endsWith("1") ? "2" : "1");
  return `${text}x`;
}

it("has a key for each file whose lines are rebuilt", () => {
  expect(Object.keys(KEYS).length).toBe(Object.keys(exportFiles).length - 2);
});
