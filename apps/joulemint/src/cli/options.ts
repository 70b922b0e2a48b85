import { InvalidArgumentError, Option } from "commander";
import { isAddress } from "viem";

export const stateOption = () =>
  new Option("--state <dir>", "the folder that holds keys, ledger and local chain").default(".joulemint");

export const jsonOption = () => new Option("--json", "print the result as one JSON document").default(false);

export const leaseOption = () =>
  new Option("--lease <ms>", "how long a gateway may be silent before the others give its holds back")
    .argParser(positiveInteger)
    .default(15_000);

export const chainAgeOption = () =>
  new Option("--chain-age <ms>", "for how long calls are served while nobody sees the chain")
    .argParser(positiveInteger)
    .default(300_000);

export function address(text: string): `0x${string}` {
  if (!isAddress(text, { strict: false })) throw new InvalidArgumentError("an address was expected");
  return text.toLowerCase() as `0x${string}`;
}

/** For an option that takes several. */
export function addresses(text: string, earlier: readonly `0x${string}`[] = []): `0x${string}`[] {
  return [...earlier, address(text)];
}

export function httpUrl(text: string): string {
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol)) {
    throw new InvalidArgumentError("an http:// or https:// address was expected");
  }
  return text;
}

export function portNumber(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) throw new InvalidArgumentError("a port is a number from 0 to 65535");
  return port;
}

export function positiveNumber(text: string): number {
  const value = Number(text);
  if (!(value > 0) || !Number.isFinite(value)) throw new InvalidArgumentError("a number above 0 was expected");
  return value;
}

export function nonNegativeNumber(text: string): number {
  return Number(text) === 0 ? 0 : positiveNumber(text);
}

export function positiveInteger(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError("a whole number above 0 was expected");
  return Number(text);
}
