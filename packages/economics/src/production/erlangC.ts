import { within } from "../internal/checked.ts";

/**
 * The probability that a call has to wait in M/M/c, for `offered` erlangs (arrival rate x service time) at `servers`;
 * 1 from saturation on. By the recursion of Erlang B, which has no factorials that overflow.
 * Throws `RangeError` for a number of servers that is no whole number above 0, or a negative load.
 */
export function erlangC(servers: number, offered: number): number {
  if (!Number.isInteger(servers)) throw new RangeError(`servers must be a whole number, got ${servers}`);
  within(servers, 1, 1e7, "servers");
  within(offered, 0, Number.MAX_VALUE, "offered erlangs");
  if (offered >= servers) return 1;
  let blocked = 1;
  for (let n = 1; n <= servers; n += 1) blocked = (offered * blocked) / (n + offered * blocked);
  return blocked / (1 - (offered / servers) * (1 - blocked));
}
