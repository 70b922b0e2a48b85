import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fetchExport } from "@joulemint/app/export/fetchExport";
import { withSignatures } from "@joulemint/app/export/withSignatures";
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

/** Exports a running factory, as `joulemint export` does, and expects that the audit of it finds nothing. */
export async function expectAuditAgrees({ url, rpc, receiptKey, operators }: Audited): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), "joulemint-export-"));
  try {
    await writeExport(directory, withSignatures(url, fetchExport(url, "LATEST")));
    const transport = http(rpc, { batch: true });
    const report = await auditExport(directory, { transport, receiptKey, operators, graphql: `${url}/graphql` });
    expect(report).toMatchObject({ ok: true, findings: [], difference: "0" });
  } finally {
    rmSync(directory, { recursive: true });
  }
}
