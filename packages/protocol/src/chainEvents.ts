import {
  type Address,
  type DecodeEventLogReturnType,
  decodeEventLog,
  type Hex,
  numberToHex,
  toEventSelector,
} from "viem";
import { creditsAbi } from "./generated/credits.ts";
import { sharesAbi } from "./generated/shares.ts";
import { JoulemintError } from "./JoulemintError.ts";
import { type Offering, offeringFromStruct } from "./Offering.ts";

type Decoded = DecodeEventLogReturnType<typeof creditsAbi> | DecodeEventLogReturnType<typeof sharesAbi>;
type Arguments<Name extends Decoded["eventName"]> = Extract<Decoded, { eventName: Name }>["args"];
type Event<Name extends string, Args> = {
  readonly name: Name;
  readonly address: Address;
  readonly args: Readonly<Args>;
};

/** Whose account of an offering's split: the holders' part goes to the model's shares and has no account. */
export const SPLIT_ROLES = ["operator", "treasury"] as const;
export type SplitRole = (typeof SPLIT_ROLES)[number];
type WithRole<Args> = Omit<Args, "role"> & { role: SplitRole };

interface Transferred {
  operator: Address;
  from: Address;
  to: Address;
}

/** Events whose arguments need no other form than the ABI's. */
const PLAIN = [
  "Bought",
  "SessionOpened",
  "SessionToppedUp",
  "Settled",
  "Consumed",
  "Released",
  "CloseRequested",
  "SessionClosed",
  "Redeemed",
  "RevenueAccrued",
  "RevenueClaimed",
  "Transfer",
  "OwnershipTransferred",
] as const;
type Plain = (typeof PLAIN)[number];

/**
 * What `Credits` and `Shares` say happened, told apart by `name`. `address` is the emitting contract: for events of shares,
 * the model. Hex is in lower case; credits are millicredits, money is in payment-token base units.
 */
export type ChainEvent =
  | { [Name in Plain]: Event<Name, Arguments<Name>> }[Plain]
  | Event<"OfferingRegistered", { offering: Hex; model: Address; terms: Offering }>
  | Event<"SplitClaimed", WithRole<Arguments<"SplitClaimed">>>
  | Event<"AccountHandedOver", WithRole<Arguments<"AccountHandedOver">>>
  | Event<"TransferSingle", Transferred & { offering: Hex; credits: bigint }>
  | Event<"TransferBatch", Transferred & { transfers: readonly { offering: Hex; credits: bigint }[] }>;

const OTHERS = ["OfferingRegistered", "SplitClaimed", "AccountHandedOver", "TransferSingle", "TransferBatch"] as const;
const NAMES: readonly string[] = [...PLAIN, ...OTHERS] satisfies ChainEvent["name"][];

const itemsByTopic = new Map(
  [...creditsAbi, ...sharesAbi]
    .filter((item) => item.type === "event")
    .filter((item) => NAMES.includes(item.name))
    .map((item) => [toEventSelector(item), item]),
);

/**
 * The event of a log of `Credits` or `Shares`; `null` for a log that moves nothing we account for (approvals, delegations).
 * The address is not judged: payment tokens emit the `Transfer` of shares, too, so ask the node only for logs of our
 * contracts. Throws `INTERNAL` for a log that has the topic of one of our events and not its form.
 */
export function decodeChainEvent(log: { address: Address; topics: readonly Hex[]; data: Hex }): ChainEvent | null {
  const [topic, ...indexed] = log.topics;
  const item = topic === undefined ? undefined : itemsByTopic.get(topic);
  if (topic === undefined || item === undefined) return null;
  const address = log.address.toLowerCase() as Address;
  try {
    const decoded = decodeEventLog({ abi: [item], topics: [topic, ...indexed], data: log.data });
    return eventOf(address, lowerCased(decoded as Decoded));
  } catch (cause) {
    throw new JoulemintError("INTERNAL", { reason: "malformed log", event: item.name, address }, { cause });
  }
}

function eventOf(address: Address, { eventName, args }: Decoded): ChainEvent {
  switch (eventName) {
    case "OfferingRegistered":
      return { name: eventName, address, args: { ...args, terms: offeringFromStruct(args.terms) } };
    case "SplitClaimed":
      return { name: eventName, address, args: { ...args, role: splitRole(args.role) } };
    case "AccountHandedOver":
      return { name: eventName, address, args: { ...args, role: splitRole(args.role) } };
    case "TransferSingle": {
      const { operator, from, to, id, value } = args;
      return { name: eventName, address, args: { operator, from, to, offering: offeringOf(id), credits: value } };
    }
    case "TransferBatch": {
      const { operator, from, to, ids, values } = args;
      if (ids.length !== values.length) throw new RangeError("TransferBatch has more ids than values, or fewer");
      const transfers = ids.map((id, index) => ({ offering: offeringOf(id), credits: values[index] ?? 0n }));
      return { name: eventName, address, args: { operator, from, to, transfers } };
    }
    default:
      // TypeScript does not follow that the name and the arguments belong together; `Plain` takes both from the ABI.
      return { name: eventName, address, args } as ChainEvent;
  }
}

function splitRole(role: number): SplitRole {
  const name = SPLIT_ROLES[role];
  if (name === undefined) throw new RangeError(`${role} is no role of a split`);
  return name;
}

/** The ERC-1155 id of credits is the offering's id, read as a number. */
function offeringOf(id: bigint): Hex {
  return numberToHex(id, { size: 32 });
}

function lowerCased<T>(value: T): T {
  if (typeof value === "string" && value.startsWith("0x")) return value.toLowerCase() as T;
  if (Array.isArray(value)) return value.map(lowerCased) as T;
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, lowerCased(member)])) as T;
}
