import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { JoulemintError } from "@joulemint/protocol/JoulemintError";
import { serializeSignedReceipt } from "@joulemint/protocol/SignedReceipt";
import { exampleSignedReceipt } from "@joulemint/protocol/testing/exampleSignedReceipt";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fetchExport } from "./fetchExport.ts";
import { withSignatures } from "./withSignatures.ts";

let server: Server;
let url: string;
let answer: (path: string, response: ServerResponse) => void;

beforeAll(async () => {
  server = createServer((request, response) => answer(request.url ?? "", response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

const entries = [
  { file: "models.jsonl", line: { name: "two\u2028lines\r" } },
  { file: "manifest.json", line: {} },
];
const text = entries.map((entry) => JSON.stringify(entry)).join("\n");

async function gathered<T>(entries: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const entry of entries) all.push(entry);
  return all;
}

describe("fetchExport", () => {
  it("reads one entry from each line, however the bytes arrive", async () => {
    const paths: string[] = [];
    answer = (path, response) => {
      paths.push(path);
      for (const byte of Buffer.from(`${text}\n`)) response.write(Buffer.from([byte]));
      response.end();
    };
    expect(await gathered(fetchExport(url, "SAFE"))).toEqual(entries);
    expect(paths).toEqual(["/export?asOf=SAFE"]);
  });

  it("fails as the factory does", async () => {
    const refusal = new JoulemintError("FINALITY_UNKNOWN", { finality: "SAFE" });
    answer = (_, response) => response.writeHead(409).end(JSON.stringify({ error: refusal }));
    await expect(gathered(fetchExport(url, "SAFE"))).rejects.toMatchObject({
      code: "FINALITY_UNKNOWN",
      details: { finality: "SAFE" },
    });
  });

  it.each([
    ["what is no factory", 404, "<html>"],
    ["lines that are no entries", 200, '{"file":"models.jsonl"}\n'],
    ["lines that are cut", 200, text.slice(0, -5)],
  ])("refuses %s", async (_, status, body) => {
    answer = (_path, response) => response.writeHead(status).end(body);
    await expect(gathered(fetchExport(url, "LATEST"))).rejects.toMatchObject({ code: "EXPORT_MALFORMED" });
  });

  it("says that no factory is there", async () => {
    await expect(gathered(fetchExport("http://127.0.0.1:1", "LATEST"))).rejects.toMatchObject({
      code: "FACTORY_NOT_RUNNING",
    });
  });
});

describe("withSignatures", () => {
  async function* unsigned() {
    yield { file: "receipts.jsonl", line: { id: "a", charge: "7", proof: null, root: null, signature: null } };
    yield { file: "receipts.jsonl", line: { id: "b", charge: "8", proof: [], root: "0x00", signature: "0x01" } };
  }

  it("asks for the signatures that were missing until they are there", async () => {
    const document = await exampleSignedReceipt();
    const { proof, root, signature } = document;
    const paths: string[] = [];
    answer = (path, response) => {
      paths.push(path);
      if (paths.length < 3) response.writeHead(202).end("{}");
      else response.end(serializeSignedReceipt(document));
    };
    const [first, second] = await gathered(withSignatures(url, unsigned()));
    expect(first?.line).toEqual({ id: "a", charge: "7", proof, root, signature });
    expect(second?.line).toMatchObject({ id: "b", signature: "0x01" });
    expect(paths).toEqual(["/receipts/a", "/receipts/a", "/receipts/a"]);
  });

  it.each([
    ["that stays unsigned", 202],
    ["that nobody signs any more", 404],
  ])("names a receipt %s", async (_, status) => {
    answer = (_path, response) => response.writeHead(status).end("{}");
    await expect(gathered(withSignatures(url, unsigned(), 100))).rejects.toMatchObject({
      code: "RECEIPT_PENDING",
      details: { receipt: "a" },
    });
  });
});
