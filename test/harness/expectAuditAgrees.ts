import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fetchExport } from "@joulemint/app/export/fetchExport";
import { withSignatures } from "@joulemint/app/export/withSignatures";
import type { AuditReport } from "@joulemint/audit/AuditReport";
import { auditExport } from "@joulemint/audit/auditExport";
import { writeExport } from "@joulemint/audit/writeExport";
import { type Address, http } from "viem";
import { expect } from "vitest";

export interface Audited {
  readonly url: string;
  readonly rpc: string;
  readonly receiptKey: Address;
  readonly operators: readonly Address[];
}

/** A factory at work may settle between the export and the comparison with its API. */
const TRIES = 10;

/** Exports a running factory, as `joulemint export` does, and expects that the audit of it finds nothing. */
export async function expectAuditAgrees(audited: Audited): Promise<void> {
  expect(await auditFactory(audited)).toMatchObject({ ok: true, findings: [], difference: "0" });
}

export async function auditFactory(audited: Audited): Promise<AuditReport> {
  let report = await audit(audited);
  for (let tries = 1; tries < TRIES && hasMovedOn(report); tries++) report = await audit(audited);
  return report;
}

const hasMovedOn = ({ findings: [first, ...others] }: AuditReport) =>
  first?.subject === "GraphQL" && first.field === "block" && others.length === 0;

async function audit({ url, rpc, receiptKey, operators }: Audited): Promise<AuditReport> {
  const directory = mkdtempSync(join(tmpdir(), "joulemint-export-"));
  try {
    await writeExport(directory, withSignatures(url, fetchExport(url, "LATEST")));
    const transport = http(rpc, { batch: true });
    return await auditExport(directory, { transport, receiptKey, operators, graphql: `${url}/graphql` });
  } finally {
    rmSync(directory, { recursive: true });
  }
}
