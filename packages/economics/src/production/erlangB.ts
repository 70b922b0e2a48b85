import { within } from "../internal/checked.ts";
import type { PlainNumber } from "../units.ts";

/**
 * The share of calls that find all `servers` busy and leave, for `offered` erlangs (arrival rate x service time). However
 * service times are distributed. By the recursion, which has no factorials that overflow.
 * Throws `RangeError` for a number of servers that is no whole number above 0, or a negative load.
 */
export function erlangB(servers: PlainNumber, offered: PlainNumber): number {
  if (!Number.isInteger(servers)) throw new RangeError(`servers must be a whole number, got ${servers}`);
  within(servers, 1, 1e7, "servers");
  within(offered, 0, Number.MAX_VALUE, "offered erlangs");
  let blocked = 1;
  for (let n = 1; n <= servers; n += 1) blocked = (offered * blocked) / (n + offered * blocked);
  return blocked;
}
