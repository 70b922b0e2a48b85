import { type ChainEvent, SPLIT_ROLES } from "@joulemint/protocol/chainEvents";

type Json = string | number | boolean | Json[] | { [key: string]: Json };

/**
 * The arguments of an event as the log keeps them: under their Solidity names, integers beyond 32 bits as decimal strings,
 * ERC-1155 ids as numbers. The log can be audited with nothing but the ABI.
 */
export function eventArguments(event: ChainEvent): { [key: string]: Json } {
  switch (event.name) {
    case "TransferSingle": {
      const { offering, credits, ...parties } = event.args;
      return { ...parties, id: idOf(offering), value: String(credits) };
    }
    case "TransferBatch": {
      const { transfers, ...parties } = event.args;
      const values = transfers.map(({ credits }) => String(credits));
      return { ...parties, ids: transfers.map(({ offering }) => idOf(offering)), values };
    }
    case "SplitClaimed":
    case "AccountHandedOver": {
      const { role, ...args } = event.args;
      return { ...plain(args), role: SPLIT_ROLES.indexOf(role) };
    }
    default:
      return plain(event.args);
  }
}

const idOf = (offering: string) => BigInt(offering).toString();

function plain(args: object): { [key: string]: Json } {
  return Object.fromEntries(Object.entries(args).map(([name, value]) => [name, json(value)]));
}

function json(value: unknown): Json {
  if (typeof value === "bigint") return value.toString();
  if (typeof value === "object" && value !== null) return plain(value);
  return value as Json;
}
