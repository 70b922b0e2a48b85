import { createIndexer } from "@joulemint/chain/Indexer";
import { createSettler } from "@joulemint/chain/Settler";
import { meterCall } from "@joulemint/chain/testing/exampleFactory";
import { openLedger } from "@joulemint/ledger/openLedger";
import { reconcile } from "@joulemint/ledger/reconcile";
import { pgliteTemplate } from "@joulemint/ledger/testing/pgliteTemplate";
import type { Hex, LocalAccount } from "viem";
import { onTestFinished } from "vitest";
import type { DeployedChain, Person } from "./deployedChain.ts";

/** The operator's own ledger, indexer and settler on a chain, which signs with the metering key. */
export async function startSettling({ client, domain }: DeployedChain, operator: Person, metering: LocalAccount) {
  const ledger = await openLedger({ memory: true, template: pgliteTemplate() });
  const options = { ledger, client, domain, credits: domain.credits, meteringKey: metering.address };
  const indexer = createIndexer({ ...options, intervalMs: 20 });
  await indexer.start();
  const settler = createSettler({ ...options, indexer, account: operator.account, meteringAccount: metering });
  onTestFinished(async () => {
    await settler.stop();
    await indexer.stop();
    await ledger.close();
  });
  return {
    /** Charges a session for a call, as a gateway does, and settles and releases what is charged. */
    async settleCall(session: Hex, charge: bigint) {
      await indexer.waitForHead();
      await meterCall(ledger, { receiptKey: operator.account.address }, { session, charge });
      await settler.settleNow();
    },
    /** What the ledger cannot account for. */
    async difference() {
      await indexer.waitForHead();
      return (await reconcile(ledger)).difference;
    },
  };
}
