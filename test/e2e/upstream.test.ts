import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { fetchReceipt } from "@joulemint/app/client/fetchReceipt";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type FactoryProcess, startFactoryProcess } from "../harness/startFactoryProcess.ts";

/** An OpenAI-compatible server of few words, which says of its usage what the test wants. */
function upstreamWithUsage(usage: () => object | null | undefined): Server {
  return createServer((req, res) => {
    res.setHeader("content-type", "application/json");
    if (req.url?.endsWith("/models")) return res.end(JSON.stringify({ object: "list", data: [{ id: "curt" }] }));
    req.resume().on("end", () => {
      const message = { role: "assistant", content: "Every joule counts." };
      const answer = { id: "1", object: "chat.completion", choices: [{ index: 0, message, finish_reason: "stop" }] };
      const said = usage();
      res.end(JSON.stringify(said === undefined ? answer : { ...answer, usage: said }));
    });
  });
}

describe("an inference server of somebody else, behind the meter by --upstream", () => {
  let usage: object | null | undefined;
  const server = upstreamWithUsage(() => usage);
  let factory: FactoryProcess;

  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    factory = await startFactoryProcess({ args: ["--upstream", `http://127.0.0.1:${port}`] });
  });
  afterAll(async () => {
    await factory.stop();
    server.close();
  });

  const receiptFor = async (said: object | null | undefined) => {
    usage = said;
    const response = await fetch(`${factory.url}/v1/chat/completions`, {
      method: "POST",
      headers: { authorization: `Bearer ${factory.apiKey}`, "content-type": "application/json" },
      body: JSON.stringify({ model: "curt", messages: [{ role: "user", content: "What counts?" }] }),
    });
    expect(response.status).toBe(200);
    return (await fetchReceipt(factory.url, response.headers.get("x-joulemint-receipt") ?? "")).receipt;
  };

  it("an explicit zero stays zero", async () => {
    expect(await receiptFor({ prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 })).toMatchObject({
      input: 0n,
      output: 0n,
      charge: 0n,
      usageProvenance: "final",
      // Text without tokens is odd: that is flagged, and not corrected.
      flags: ["zero_with_text"],
    });
  });

  it.each([
    ["absent", undefined],
    ["null", null],
  ])("usage that is %s is counted, and labelled so", async (_, said) => {
    const receipt = await receiptFor(said);
    expect(receipt).toMatchObject({ usageProvenance: "counted", flags: ["usage_missing"] });
    // Every| jou|le| counts|.
    expect(receipt.output).toBe(5n);
    expect(receipt.input).toBeGreaterThan(2n);
    expect(receipt.charge).toBeGreaterThan(0n);
  });

  it("its energy is unknown, not zero", async () => {
    const receipt = await receiptFor({ prompt_tokens: 5, completion_tokens: 4, total_tokens: 9 });
    expect(receipt).toMatchObject({ energyMillijoules: null, energyProvenance: "unknown" });
  });
});
