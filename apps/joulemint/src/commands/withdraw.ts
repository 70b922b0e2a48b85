import { Command } from "commander";
import { jsonOption, stateOption } from "../cli/options.ts";
import { report } from "../cli/report.ts";
import { claimAll } from "../client/claimAll.ts";
import { closeSession } from "../client/closeSession.ts";
import { connectFactory } from "../client/FactoryClient.ts";
import { ownedSessions } from "../client/ownedSessions.ts";
import { redeemCredits } from "../client/redeemCredits.ts";
import { untilIndexed } from "../client/untilIndexed.ts";
import { stateDirectory } from "../factory/stateDirectory.ts";

export function withdrawCommand(): Command {
  return new Command("withdraw")
    .description("close the demo wallet's sessions, redeem its credits, and claim everybody's revenue")
    .addOption(stateOption())
    .addOption(jsonOption())
    .action(withdraw);
}

async function withdraw(options: { state: string; json: boolean }): Promise<void> {
  const out = report(options.json);
  const client = await connectFactory(stateDirectory(options.state));
  const { consumer } = client.keyring;

  const closed = [];
  for (const session of await ownedSessions(client, consumer.address)) {
    out.progress(`Closing session ${session.sessionId} ...`);
    closed.push(await closeSession(client, consumer, session));
  }
  out.progress("Redeeming credits and claiming revenue ...");
  const redeemed = await redeemCredits(client, consumer);
  const claims = await claimAll(client);
  const last = [...closed, ...(redeemed === null ? [] : [redeemed]), ...claims].at(-1);
  if (last !== undefined) await untilIndexed(client, last.blockNumber);

  out.result({ closed, redeemed, claims }, [
    ...closed.map(({ session, transactionHash }) => `closed    ${session}  ${transactionHash}`),
    ...(redeemed === null ? [] : [`redeemed  ${redeemed.credits} millicredits  ${redeemed.transactionHash}`]),
    ...claims.map(({ role, account, transactionHash }) => `claimed   ${role} ${account}  ${transactionHash}`),
    ...(last === undefined ? ["Nothing to withdraw."] : []),
  ]);
}
