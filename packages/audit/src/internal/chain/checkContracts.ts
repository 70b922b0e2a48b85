import { redemptionValue } from "@joulemint/economics/redemptionValue";
import { earned } from "@joulemint/economics/shareRevenue";
import { millicredits } from "@joulemint/economics/units";
import { creditsAbi } from "@joulemint/protocol/generated/credits";
import { sharesAbi } from "@joulemint/protocol/generated/shares";
import { offeringStruct } from "@joulemint/protocol/Offering";
import { type Hex, zeroAddress } from "viem";
import type { Finding } from "../../Finding.ts";
import type { ModelBook, OfferingBook, SessionBook, WalletBook } from "../fold/Books.ts";
import { priceOf } from "../fold/foldCredits.ts";
import { perShareOf } from "../fold/foldShares.ts";
import type { ChainRecord, ChainSource } from "./readChain.ts";

/** What a contract must answer, and what it does: names of values with both. */
interface Asked {
  readonly subject: string;
  readonly values: Readonly<Record<string, readonly [expected: unknown, actual: unknown]>>;
}

/** Questions that are open at a time. */
const PARALLEL = 32;

/**
 * Asks the contracts, as of the block, for everything that was rebuilt from their logs. `suspended` are sessions that
 * have receipts and must not be there.
 */
export async function checkContracts(
  source: ChainSource,
  { books, offerings, models }: ChainRecord,
  suspended: readonly { readonly session: Hex; readonly offering: Hex }[],
): Promise<{ readonly findings: Finding[]; readonly values: number }> {
  const isAudited = ({ offering }: { readonly offering: Hex }) => offerings.has(offering);
  const audited = [...offerings].flatMap((id) => books.offerings.get(id) ?? []);
  const questions: (() => Promise<Asked>)[] = [
    ...audited.map((offering) => () => askOffering(source, offering)),
    ...[...books.sessions.values()].filter(isAudited).map((session) => () => askSession(source, session)),
    ...(source.start > source.block ? [] : suspended).map((session) => () => askAbsent(source, session)),
    ...[...books.wallets.values()].filter(isAudited).map((wallet) => () => askWallet(source, wallet)),
    ...[...models.keys()].flatMap((address) => {
      const model = books.models.get(address);
      return model === undefined ? [] : askModel(source, model);
    }),
  ];
  const answers: Asked[] = [];
  for (let start = 0; start < questions.length; start += PARALLEL) {
    answers.push(...(await Promise.all(questions.slice(start, start + PARALLEL).map((ask) => ask()))));
  }
  const findings = answers.flatMap(({ subject, values }) =>
    Object.entries(values)
      .filter(([, [expected, actual]]) => String(expected) !== String(actual))
      .slice(0, 1)
      .map(([field, [expected, actual]]) => ({ subject, field, expected: String(expected), actual: String(actual) })),
  );
  return { findings, values: answers.reduce((total, { values }) => total + Object.keys(values).length, 0) };
}

async function askOffering({ client, credits, block }: ChainSource, offering: OfferingBook): Promise<Asked> {
  const { id, terms, issued, redeemed, consumed, released, parts, claimed } = offering;
  const call = { address: credits, abi: creditsAbi, blockNumber: block } as const;
  const struct = offeringStruct(terms);
  const [state, escrow, operator, treasury] = await Promise.all([
    client.readContract({ ...call, functionName: "offeringState", args: [id] }),
    client.readContract({ ...call, functionName: "escrow", args: [struct] }),
    client.readContract({ ...call, functionName: "claimable", args: [struct, 0] }),
    client.readContract({ ...call, functionName: "claimable", args: [struct, 1] }),
  ]);
  const outstanding = issued - redeemed - consumed;
  return {
    subject: `Credits offering ${id}`,
    values: {
      outstanding: [outstanding, state[0]],
      consumed: [consumed, state[1]],
      released: [released, state[2]],
      operatorClaimed: [claimed.operator, state[3]],
      treasuryClaimed: [claimed.treasury, state[4]],
      escrow: [redemptionValue(millicredits(outstanding), priceOf(offering)), escrow],
      operatorClaimable: [parts.operator - claimed.operator, operator],
      treasuryClaimable: [parts.treasury - claimed.treasury, treasury],
    },
  };
}

async function askSession(source: ChainSource, session: SessionBook): Promise<Asked> {
  const { id, state, signer, cap, used, closableAt } = session;
  const slot = await readSlot(source, session.offering, id);
  return {
    subject: `Credits session ${id}`,
    values: {
      signer: [signer, slot.signer],
      // A closed session's slot keeps its signer for ever, and has no cap.
      cap: [state === "closed" ? 0n : cap, slot.cap],
      used: [used, slot.used],
      closableAt: [closableAt ?? 0n, slot.closableAt],
    },
  };
}

async function askAbsent(
  source: ChainSource,
  { session, offering }: { readonly session: Hex; readonly offering: Hex },
): Promise<Asked> {
  const { signer } = await readSlot(source, offering, session);
  return { subject: `Credits session ${session}`, values: { signer: [zeroAddress, signer] } };
}

async function readSlot({ client, credits, block }: ChainSource, offering: Hex, id: Hex) {
  const [signer, cap, used, closableAt] = await client.readContract({
    address: credits,
    abi: creditsAbi,
    blockNumber: block,
    functionName: "session",
    args: [offering, id],
  });
  return { signer: signer.toLowerCase(), cap, used, closableAt };
}

async function askWallet({ client, credits, block }: ChainSource, wallet: WalletBook): Promise<Asked> {
  const { offering, owner, credits: expected } = wallet;
  const args = [owner, BigInt(offering)] as const;
  const call = { address: credits, abi: creditsAbi, functionName: "balanceOf", args, blockNumber: block } as const;
  return {
    subject: `Credits wallet ${offering} ${owner}`,
    values: { balance: [expected, await client.readContract(call)] },
  };
}

function askModel({ client, block }: ChainSource, model: ModelBook): (() => Promise<Asked>)[] {
  const call = { address: model.address, abi: sharesAbi, blockNumber: block } as const;
  const totals = async (): Promise<Asked> => {
    const [owner, supply, lifetime, claimed] = await Promise.all([
      client.readContract({ ...call, functionName: "owner" }),
      client.readContract({ ...call, functionName: "totalSupply" }),
      client.readContract({ ...call, functionName: "lifetimeRevenue" }),
      client.readContract({ ...call, functionName: "claimedRevenue" }),
    ]);
    return {
      subject: `Shares ${model.address}`,
      values: {
        owner: [model.owner, owner.toLowerCase()],
        totalSupply: [model.supply, supply],
        lifetimeRevenue: [model.lifetime, lifetime],
        claimedRevenue: [model.claimed, claimed],
      },
    };
  };
  const holders = [...model.holders.values()].map(({ holder, holding }) => async (): Promise<Asked> => {
    const [balance, claimable] = await Promise.all([
      client.readContract({ ...call, functionName: "balanceOf", args: [holder] }),
      client.readContract({ ...call, functionName: "claimable", args: [holder] }),
    ]);
    const values = {
      balance: [holding.balance, balance],
      claimable: [earned(holding, perShareOf(model)), claimable],
    } as const;
    return { subject: `Shares ${model.address} ${holder}`, values };
  });
  return [totals, ...holders];
}
