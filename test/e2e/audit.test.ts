import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chat } from "@joulemint/app/client/chat";
import { claimAll } from "@joulemint/app/client/claimAll";
import { closeSession } from "@joulemint/app/client/closeSession";
import { untilSettled } from "@joulemint/app/client/followReceipt";
import { ownedSessions } from "@joulemint/app/client/ownedSessions";
import { untilIndexed } from "@joulemint/app/client/untilIndexed";
import { auditExport } from "@joulemint/audit/auditExport";
import { EXPORT_FILES, MANIFEST } from "@joulemint/audit/exportFiles";
import { canonicalJson } from "@joulemint/protocol/canonicalJson";
import { http } from "viem";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runJoulemint } from "../harness/runJoulemint.ts";
import { type FactoryProcess, startFactoryProcess } from "../harness/startFactoryProcess.ts";

describe("joulemint export and audit", () => {
  const directory = mkdtempSync(join(tmpdir(), "joulemint-audit-"));
  const exported = join(directory, "exported");
  let factory: FactoryProcess;

  beforeAll(async () => {
    factory = await startFactoryProcess({ args: ["--tokens-per-second", "0"] });
    let last = "";
    for (const content of ["What is a joule?", "And a mint?", "Thank you."]) {
      const messages = [{ role: "user" as const, content }];
      const { receiptId } = await chat(factory.url, factory.apiKey, { model: factory.model, messages, max_tokens: 20 });
      last = receiptId;
    }
    await untilSettled(factory.client, last);
    // Everybody takes out what is theirs, so that there are a refund and claims to audit.
    const { client } = factory;
    const { consumer } = client.keyring;
    for (const session of await ownedSessions(client, consumer.address)) await closeSession(client, consumer, session);
    const claims = await claimAll(client);
    await untilIndexed(client, claims.at(-1)?.blockNumber ?? 0n);
  });
  afterAll(async () => {
    await factory.stop();
    rmSync(directory, { recursive: true });
  });

  const audit = async (...args: string[]) => {
    const { status, stdout } = await runJoulemint(["audit", exported, "--rpc", factory.rpc, "--json", ...args]);
    return { status, report: JSON.parse(stdout) };
  };

  it("agrees about a factory at work, by the commands of docs/audit.md", async () => {
    const examples = readFileSync(new URL("../../docs/audit.md", import.meta.url), "utf8").matchAll(
      /^npm run joulemint -- (.+)$/gm,
    );
    const ran = [];
    for (const [, command = ""] of examples) {
      const args = command
        .replace("--out", `--state ${factory.state} --out`)
        .replace("exported", exported)
        .replace("http://127.0.0.1:8545", factory.rpc)
        .replace("http://127.0.0.1:8787/graphql", factory.graphql)
        .replace("0xRECEIPTKEY", factory.client.card.receiptKey)
        .replace("0xOPERATOR", factory.client.card.operator)
        .replace("0xSETTLER", factory.client.keyring.settler.address);
      ran.push(await runJoulemint(args.split(" ")));
    }
    expect(ran.map(({ status }) => status)).toEqual([0, 0, 0]);
    expect(ran[1]?.stdout).toContain("The books agree");
    expect(JSON.parse(ran[2]?.stdout ?? "")).toMatchObject({
      ok: true,
      findings: [],
      notes: [],
      difference: "0",
      checked: { "receipts.jsonl": 3, "claims.jsonl": 5, "redemptions.jsonl": 1, graphql: 3 },
    });
  });

  /** The first line, with a change. */
  const altered = (change: (line: Record<string, string>) => object) => (text: string) => {
    const [first = "", ...others] = text.split("\n");
    const line = JSON.parse(first);
    return [canonicalJson({ ...line, ...change(line) }), ...others].join("\n");
  };
  const more = (amount = "0") => String(BigInt(amount) + 1n);

  it.each([
    {
      name: "one byte flipped",
      file: "receipts.jsonl",
      alter: (text: string) => text.replace(/"charge":"(\d)/, (_, digit) => `"charge":"${Number(digit) ^ 1}`),
      found: { field: "charge" },
    },
    {
      name: "a receipt removed",
      file: "receipts.jsonl",
      alter: (text: string) => text.slice(text.indexOf("\n") + 1),
      found: { field: "line", actual: "missing" },
    },
    {
      name: "a settlement altered",
      file: "settlements.jsonl",
      alter: altered(({ used }) => ({ used: more(used) })),
      found: { field: "used" },
    },
    {
      name: "a rate card changed",
      file: "rate-cards.jsonl",
      alter: altered(({ weights }) => ({ weights: { ...Object(weights), output: more(Object(weights).output) } })),
      found: { field: "weights" },
    },
  ])("names $name, and ends with 1", async ({ file, alter, found }) => {
    const path = join(exported, file);
    const text = readFileSync(path, "utf8");
    expect(alter(text)).not.toBe(text);
    writeFileSync(path, alter(text));
    const { status, report } = await audit();
    writeFileSync(path, text);
    expect(status).toBe(1);
    expect(report.findings[0]).toMatchObject({ subject: expect.stringContaining(file), ...found });
  });

  it("names the last receipt if it is missing, and the file of any flipped bit", async () => {
    const transport = http(factory.rpc, { batch: true });
    const auditWith = async (file: string, alter: (bytes: Buffer) => Uint8Array) => {
      const path = join(exported, file);
      const bytes = readFileSync(path);
      writeFileSync(path, alter(bytes));
      const { ok, findings } = await auditExport(exported, { transport });
      writeFileSync(path, bytes);
      return { ok, ...findings[0] };
    };
    const lost = await auditWith("receipts.jsonl", (bytes) => Buffer.from(bytes.toString().replace(/.*\n$/, "")));
    expect(lost).toMatchObject({
      ok: false,
      subject: expect.stringMatching(/^receipts\.jsonl 0x\w+ 3$/),
      field: "line",
    });
    for (const file of [...EXPORT_FILES, MANIFEST]) {
      if (readFileSync(join(exported, file)).length === 0) continue;
      let where = "";
      const found = await auditWith(file, (bytes) => {
        const [position, bit] = [Math.floor(Math.random() * bytes.length), 1 << Math.floor(Math.random() * 8)];
        where = `bit ${bit} of byte ${position} of ${file}`;
        return new Uint8Array(bytes).with(position, (bytes[position] ?? 0) ^ bit);
      });
      expect(found, where).toMatchObject({ ok: false, subject: expect.stringContaining(file) });
    }
  });
});
