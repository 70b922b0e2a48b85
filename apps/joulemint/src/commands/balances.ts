import { SPLIT_ROLES } from "@joulemint/protocol/chainEvents";
import { creditsAbi } from "@joulemint/protocol/generated/credits";
import { sharesAbi } from "@joulemint/protocol/generated/shares";
import { testDollarAbi } from "@joulemint/protocol/generated/testDollar";
import { offeringStruct } from "@joulemint/protocol/Offering";
import { Command } from "commander";
import { formatUnits } from "viem";
import { jsonOption, stateOption } from "../cli/options.ts";
import { report } from "../cli/report.ts";
import { connectFactory, type FactoryClient } from "../client/FactoryClient.ts";
import { ownedSessions } from "../client/ownedSessions.ts";
import { PARTIES, type Party } from "../factory/keyring.ts";
import { stateDirectory } from "../factory/stateDirectory.ts";

const DOLLAR_DECIMALS = 6;
const CREDIT_DECIMALS = 3;

export function balancesCommand(): Command {
  return new Command("balances")
    .description("what each party of the running factory holds: on the chain, and credits in sessions")
    .addOption(stateOption())
    .addOption(jsonOption())
    .action(async (options: { state: string; json: boolean }) => {
      const client = await connectFactory(stateDirectory(options.state));
      const balances = await Promise.all(PARTIES.map((party) => balanceOf(client, party)));
      report(options.json).result({ balances }, [
        "party".padEnd(12) +
          ["dollars", "credits", "in sessions", "shares", "claimable"].map((name) => name.padStart(18)).join(""),
        ...balances.map(
          ({ party, dollars, credits, inSessions, shares, claimable }) =>
            party.padEnd(12) +
            [
              formatUnits(dollars, DOLLAR_DECIMALS),
              formatUnits(credits, CREDIT_DECIMALS),
              formatUnits(inSessions, CREDIT_DECIMALS),
              formatUnits(shares, DOLLAR_DECIMALS),
              formatUnits(claimable, DOLLAR_DECIMALS),
            ]
              .map((text) => text.padStart(18))
              .join(""),
        ),
      ]);
    });
}

/** Dollars and claimable revenue in base units, credits in millicredits, in the wallet and unsettled in sessions, shares in their smallest unit. */
async function balanceOf(client: FactoryClient, party: Party) {
  const { offering, offeringId, credits: contract } = client.card;
  const { address } = client.keyring[party];
  const [dollars, credits, shares, asHolder, asAccount, sessions] = await Promise.all([
    client.reader.readContract({
      address: offering.paymentToken,
      abi: testDollarAbi,
      functionName: "balanceOf",
      args: [address],
    }),
    client.reader.readContract({
      address: contract,
      abi: creditsAbi,
      functionName: "balanceOf",
      args: [address, BigInt(offeringId)],
    }),
    client.reader.readContract({ address: offering.model, abi: sharesAbi, functionName: "balanceOf", args: [address] }),
    client.reader.readContract({ address: offering.model, abi: sharesAbi, functionName: "claimable", args: [address] }),
    claimableByRole(client, party),
    ownedSessions(client, address),
  ]);
  const inSessions = sessions.reduce((sum, { cap, used }) => sum + BigInt(cap.raw) - BigInt(used.raw), 0n);
  return { party, address, dollars, credits, inSessions, shares, claimable: asHolder + asAccount };
}

/** What the split owes the operator or the treasury; 0 for all others. */
async function claimableByRole(client: FactoryClient, party: Party): Promise<bigint> {
  if (party !== "operator" && party !== "treasury") return 0n;
  return client.reader.readContract({
    address: client.card.credits,
    abi: creditsAbi,
    functionName: "claimable",
    args: [offeringStruct(client.card.offering), SPLIT_ROLES.indexOf(party)],
  });
}
