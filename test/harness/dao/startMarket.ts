import { type Offering, offeringId, offeringStruct } from "@joulemint/protocol/Offering";
import { sessionId } from "@joulemint/protocol/sessionId";
import { encodeVoucherRows, signVoucher } from "@joulemint/protocol/Voucher";
import { type Address, type Hex, type LocalAccount, zeroHash } from "viem";
import { generatePrivateKey, privateKeyToAccount } from "viem/accounts";
import { onTestFinished } from "vitest";
import { type DeployedChain, type Person, startDeployedChain } from "./deployedChain.ts";
import { launchModel, SUPPLY } from "./launchModel.ts";
import { offeringTerms } from "./offeringTerms.ts";
import { registration } from "./registration.ts";
import { tokenBook } from "./tokenBook.ts";

/** A model of which the founder has three quarters and alice a quarter, with an offering that its DAO has voted. */
export async function startMarket() {
  const chain = await startDeployedChain();
  onTestFinished(() => chain.close());
  const [founder, alice, operator] = [chain.person("founder"), chain.person("alice"), chain.person("operator")];
  const dao = await launchModel(chain, founder, "ada");
  const quarter = [alice.account.address, SUPPLY / 4n] as const;
  await founder.writeContractSync({ ...dao.shares, functionName: "transfer", args: quarter });
  const offering = offeringTerms(chain, { model: dao.shares.address, treasury: dao.treasury, operator });
  await dao.pass("Sell", await registration(chain, operator, offering));
  const metering = privateKeyToAccount(generatePrivateKey());
  const dollars = () => tokenBook(chain, chain.dollar.address);
  return { chain, founder, alice, operator, dao, offering, metering, dollars, attacker: chain.person("attacker") };
}

/** Somebody with dollars for credits, and leave for `Credits` to take them. */
export async function newConsumer(chain: DeployedChain, name: string, budget: bigint): Promise<Person> {
  const consumer = chain.person(name);
  await chain.fund(consumer, budget, chain.credits.address);
  return consumer;
}

/** Buys credits into a new session. */
export async function openSession(
  { credits }: DeployedChain,
  consumer: Person,
  offering: Offering,
  signer: Address,
  amount: bigint,
): Promise<Hex> {
  const args = [offeringStruct(offering), signer, zeroHash, Number(amount)] as const;
  await consumer.writeContractSync({ ...credits, functionName: "buyAndOpen", args });
  return sessionId({ offering: offeringId(offering), owner: consumer.account.address, signer, salt: zeroHash });
}

/** Rows of vouchers for the use of sessions so far, all by one key. */
export async function voucherRows(
  { domain }: DeployedChain,
  key: LocalAccount,
  uses: readonly (readonly [session: Hex, cumulative: bigint])[],
): Promise<Hex> {
  const vouchers = uses.map(([session, cumulative]) => ({ session, cumulative, receiptsHead: zeroHash }));
  return encodeVoucherRows(
    await Promise.all(
      vouchers.map(async (voucher) => ({ voucher, signature: await signVoucher(voucher, key, domain) })),
    ),
  );
}
