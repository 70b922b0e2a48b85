import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { type Hex, zeroHash } from "viem";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { addresses } from "./testing/ExampleContracts.ts";
import { ExampleFolder } from "./testing/ExampleFolder.ts";
import { named } from "./testing/named.ts";

let folder: ExampleFolder;
beforeAll(async () => {
  folder = await ExampleFolder.create();
});
afterAll(() => folder.remove());

/** The contracts answer otherwise than their logs tell, as of now. */
const auditChain = () => folder.audit({ transport: folder.example.contracts.chain.transport() });

describe("contracts that say otherwise than their logs", () => {
  it("are named with the value that they say", async () => {
    const { contracts, sessions } = folder.example;
    const slot = contracts.sessions.get(sessions.open);
    const [offering] = [...contracts.offerings.values()];
    if (slot === undefined || offering === undefined) throw new Error("the example has both");
    slot.used += 1n;
    offering.released += 1n;
    const { findings } = await auditChain();
    slot.used -= 1n;
    offering.released -= 1n;
    expect(findings).toMatchObject([
      { subject: expect.stringMatching(/^Credits offering 0x/), field: "released" },
      { subject: `Credits session ${sessions.open}`, field: "used", expected: String(slot.used) },
    ]);
  });

  it("break the law where they hold less than they owe", async () => {
    const { tokens } = folder.example.contracts;
    const held = tokens.get(addresses.credits) ?? 0n;
    tokens.set(addresses.credits, held - 1n);
    const { ok, difference, findings } = await auditChain();
    tokens.set(addresses.credits, held);
    const subject = `token ${addresses.token} of ${addresses.credits}`;
    expect(findings).toMatchObject([
      { subject, field: "balance", expected: String(held), actual: String(held - 1n) },
      { subject, field: "owed" },
    ]);
    // One base unit of tokens, and the same once more in 10^-9 of them.
    expect({ ok, difference }).toEqual({ ok: false, difference: "1000000001" });
  });
});

describe("vouchers that no receipt stands for", () => {
  it("are named with their session, and what was settled beyond its receipts", async () => {
    const own = await ExampleFolder.create();
    const { contracts, sessions } = own.example;
    const [offering = zeroHash] = contracts.offerings.keys();
    const forged = { session: sessions.closing, cumulative: 200_000n, receiptsHead: named.word("no receipt") };
    const used = contracts.sessions.get(sessions.closing)?.used ?? 0n;
    contracts.settle(offering, named.address("stranger"), [forged], zeroHash);
    const { number, hash } = contracts.chain.head;
    const { findings } = await own.auditLines("manifest.json", ([manifest]) =>
      Object.assign(manifest ?? {}, { block: { number: String(number), hash } }),
    );
    own.remove();
    const subject = `sessions.jsonl ${sessions.closing}`;
    expect(findings).toContainEqual(
      expect.objectContaining({ subject, field: "receiptsHead", actual: forged.receiptsHead }),
    );
    expect(findings).toContainEqual(
      expect.objectContaining({ subject, field: "settledWithoutReceipts", actual: String(200_000n - used) }),
    );
  });
});

describe("a running API", () => {
  let server: Server;
  let url: string;
  let alter: (kind: "offerings" | "sessions" | "reconciliation", row: Record<string, unknown>) => void;
  let head: { block: string; hash: Hex };

  beforeAll(async () => {
    const { number, hash } = folder.example.contracts.chain.head;
    head = { block: String(number), hash };
    server = createServer(async (request, response) => {
      const { query } = JSON.parse((await request.toArray()).join(""));
      response.end(JSON.stringify({ data: { meta: head, ...answer(query) } }));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
  });
  afterAll(() => server.close());

  const answer = (query: string) => {
    const raw = (value: unknown) => ({ raw: value });
    const page = (nodes: Record<string, unknown>[]) => ({
      page: { nodes, pageInfo: { hasNextPage: false, endCursor: "" } },
    });
    if (query.includes("offerings(")) {
      const nodes = folder.lines("offerings.jsonl").map(({ offering, outstanding, consumed, released }) => {
        return {
          offeringId: offering,
          outstanding: raw(outstanding),
          consumed: raw(consumed),
          released: raw(released),
        };
      });
      for (const node of nodes) alter("offerings", node);
      return page(nodes);
    }
    if (query.includes("sessions(")) {
      const nodes = folder
        .lines("sessions.jsonl")
        .map(({ session, state, cap, used, charged, sequence, receiptsHead }) => {
          const amounts = { cap: raw(cap), used: raw(used), charged: raw(charged) };
          return { sessionId: session, state: String(state).toUpperCase(), ...amounts, sequence, receiptsHead };
        });
      for (const node of nodes) alter("sessions", node);
      return page(nodes);
    }
    const reconciliation = { difference: "0" };
    alter("reconciliation", reconciliation);
    return { reconciliation };
  };

  const compare = (change: typeof alter) => {
    alter = change;
    return folder.audit({ graphql: url });
  };

  it("agrees, or is named with its answer", async () => {
    expect(await compare(() => {})).toMatchObject({ ok: true, checked: { graphql: 6 } });
    const consumed = await compare(
      (kind, row) => kind === "offerings" && Object.assign(row, { consumed: { raw: "1" } }),
    );
    expect(consumed.findings).toMatchObject([
      { subject: expect.stringContaining("GraphQL offering 0x"), field: "consumed" },
    ]);
    const difference = await compare(
      (kind, row) => kind === "reconciliation" && Object.assign(row, { difference: "7" }),
    );
    expect(difference.findings).toMatchObject([{ subject: "GraphQL reconciliation", actual: "7" }]);
  });

  it("may have charged more since, and not less", async () => {
    const { open } = folder.example.sessions;
    const charged = (sequence: string) =>
      compare((kind, row) => kind === "sessions" && row.sessionId === open && Object.assign(row, { sequence }));
    expect(await charged("99")).toMatchObject({
      ok: true,
      notes: expect.arrayContaining([expect.stringContaining("1 sessions")]),
    });
    expect(await charged("1")).toMatchObject({
      ok: false,
      findings: [{ subject: `GraphQL session ${open}`, field: "sequence" }],
    });
  });

  it("is not compared, which is not agreement, once it speaks of another block", async () => {
    head = { ...head, block: "27" };
    const { ok, findings } = await compare((_, row) => Object.assign(row, { difference: "7" }));
    expect({ ok, findings }).toMatchObject({ ok: false, findings: [{ subject: "GraphQL", field: "block" }] });
  });

  it("fails the audit if there is none", async () => {
    await expect(folder.audit({ graphql: "http://127.0.0.1:1/graphql" })).rejects.toMatchObject({
      code: "GRAPHQL_FAILED",
    });
  });
});
