import type { PlainNumber } from "../units.ts";
import { erlangB } from "./erlangB.ts";

/**
 * The probability that a call has to wait in M/M/c, for `offered` erlangs (arrival rate x service time) at `servers`;
 * 1 from saturation on. Throws `RangeError` as `erlangB` does.
 */
export function erlangC(servers: PlainNumber, offered: PlainNumber): number {
  const blocked = erlangB(servers, offered);
  return offered >= servers ? 1 : blocked / (1 - (offered / servers) * (1 - blocked));
}
