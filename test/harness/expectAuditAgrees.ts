import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fetchExport } from "@joulemint/app/export/fetchExport";
import { withSignatures } from "@joulemint/app/export/withSignatures";
import { auditExport } from "@joulemint/audit/auditExport";
import { writeExport } from "@joulemint/audit/writeExport";
import { http } from "viem";
import { expect } from "vitest";
import type { FactoryProcess } from "./startFactoryProcess.ts";

/** Exports a running factory, as `joulemint export` does, and expects that the audit of it finds nothing. */
export async function expectAuditAgrees({ url, rpc, client }: FactoryProcess): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), "joulemint-export-"));
  try {
    await writeExport(directory, withSignatures(url, fetchExport(url, "LATEST")));
    const report = await auditExport(directory, {
      transport: http(rpc, { batch: true }),
      receiptKey: client.card.receiptKey,
      graphql: client.factory.graphql,
    });
    expect(report).toMatchObject({ ok: true, findings: [], difference: "0" });
  } finally {
    rmSync(directory, { recursive: true });
  }
}
