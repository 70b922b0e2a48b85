import { sharesAbi } from "@joulemint/protocol/generated/shares";
import { type Address, erc20Abi, type Hex } from "viem";
import type { Books } from "../fold/Books.ts";
import { foldEvents } from "../fold/foldEvents.ts";
import type { AuditClient } from "./AuditClient.ts";
import { firstBlockOf } from "./firstBlockOf.ts";
import { type ChainLog, readLogs, transfers } from "./readLogs.ts";

export interface ChainSource {
  readonly client: AuditClient;
  readonly credits: Address;
  /** Everything is read as of this block. */
  readonly block: bigint;
  /** The block in which `Credits` was deployed; before it there is nothing to read. */
  readonly start: bigint;
  /** Blocks of one `eth_getLogs`. */
  readonly window: number;
}

/** A payment token as one of our contracts holds it: what its transfers add up to, and what it says itself. */
export interface TokenFlow {
  readonly token: Address;
  readonly account: Address;
  readonly received: bigint;
  readonly sent: bigint;
  readonly balance: bigint;
}

/** What a model's shares say of themselves, for ever the same. */
interface ModelFacts {
  readonly name: string;
  readonly symbol: string;
  readonly paymentToken: Address;
}

export interface ChainRecord {
  readonly books: Books;
  /** The offerings of the audit, and the models that they sell. */
  readonly offerings: ReadonlySet<Hex>;
  readonly operators: ReadonlySet<Address>;
  readonly models: ReadonlyMap<Address, ModelFacts>;
  readonly flows: readonly TokenFlow[];
  /** How many logs all this was made from. */
  readonly logs: number;
}

/** What the audit has to be of. */
export interface NamedScope {
  readonly offerings: ReadonlySet<Hex>;
  readonly operators: readonly Address[];
}

/**
 * Rebuilds from logs alone what `Credits` and the models of an audit did. The audit is of all offerings of the operators
 * that `named` has, and of those of its offerings; those of other operators are folded too, because one contract holds the money of all.
 */
export async function readChain(source: ChainSource, named: NamedScope): Promise<ChainRecord> {
  const { client, credits, block, start, window } = source;
  const ofCredits = await readLogs(client, { address: credits }, { from: start, to: block, window });
  const registered = ofCredits.flatMap(({ event }) => (event.name === "OfferingRegistered" ? [event.args] : []));
  const sellers = registered.filter(({ offering }) => named.offerings.has(offering));
  const operators = new Set([...named.operators, ...sellers.map(({ terms }) => terms.operator)]);
  const audited = registered.filter(({ terms }) => operators.has(terms.operator));
  const models = new Map<Address, ModelFacts>();
  const ofModels: ChainLog[] = [];
  const flows: TokenFlow[] = [];
  for (const model of new Set(audited.map(({ terms }) => terms.model))) {
    const from = (await firstBlockOf(client, model, block)) ?? 0n;
    const facts = await readModel(source, model);
    models.set(model, facts);
    ofModels.push(...(await readLogs(client, { address: model }, { from, to: block, window })));
    flows.push(await readFlow(source, facts.paymentToken, model, from));
  }
  for (const token of new Set(audited.map(({ terms }) => terms.paymentToken))) {
    flows.push(await readFlow(source, token, credits, start));
  }
  return {
    books: foldEvents([...models.keys()], [...ofCredits, ...ofModels]),
    offerings: new Set(audited.map(({ offering }) => offering)),
    operators,
    models,
    flows,
    logs: ofCredits.length + ofModels.length,
  };
}

async function readModel({ client, block }: ChainSource, address: Address): Promise<ModelFacts> {
  const shares = { address, abi: sharesAbi, blockNumber: block } as const;
  const [name, symbol, paymentToken] = await Promise.all([
    client.readContract({ ...shares, functionName: "name" }),
    client.readContract({ ...shares, functionName: "symbol" }),
    client.readContract({ ...shares, functionName: "paymentToken" }),
  ]);
  return { name, symbol, paymentToken: paymentToken.toLowerCase() as Address };
}

async function readFlow(
  { client, block, window }: ChainSource,
  token: Address,
  account: Address,
  from: bigint,
): Promise<TokenFlow> {
  const sum = async (side: "from" | "to") => {
    const logs = await readLogs(client, transfers(token, side, [account]), { from, to: block, window });
    return logs.reduce((total, { event }) => (event.name === "Transfer" ? total + event.args.value : total), 0n);
  };
  const args = [account] as const;
  const call = { address: token, abi: erc20Abi, functionName: "balanceOf", args, blockNumber: block } as const;
  const [received, sent, balance] = await Promise.all([sum("to"), sum("from"), client.readContract(call)]);
  return { token, account, received, sent, balance };
}
