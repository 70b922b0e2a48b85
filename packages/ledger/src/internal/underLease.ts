import { isJoulemintError } from "@joulemint/protocol/JoulemintError";
import type { Lease } from "../openLease.ts";
import type { Outcome } from "./microBatch.ts";

type Renewable = Pick<Lease, "fence"> & Partial<Pick<Lease, "renew">>;

/** Runs a batch under the lease's fence, and once more when that was lost: who was fenced goes on under a new fence. */
export async function underLease<Result>(
  lease: Renewable,
  run: (fence: bigint) => Promise<readonly Outcome<Result>[]>,
): Promise<readonly Outcome<Result>[]> {
  const outcomes = await run(lease.fence);
  if (!outcomes.every(isFenced) || lease.renew === undefined) return outcomes;
  const renewed = await lease.renew().then(
    () => true,
    () => false,
  );
  return renewed ? run(lease.fence) : outcomes;
}

/** Lets a lease learn at once that it is lost, and not at its next beat. */
export function renewWhenFenced<Result>(
  lease: Renewable,
  outcomes: readonly Outcome<Result>[],
): readonly Outcome<Result>[] {
  // Its own beats tell what keeps it from renewing.
  if (outcomes.some(isFenced)) void lease.renew?.().catch(() => {});
  return outcomes;
}

const isFenced = (outcome: Outcome<unknown>) => "error" in outcome && isJoulemintError(outcome.error, "GATEWAY_FENCED");
