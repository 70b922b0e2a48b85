import { creditsAbi } from "@joulemint/protocol/generated/credits";
import { crowdfundAbi } from "@joulemint/protocol/generated/crowdfund";
import { modelGovernorAbi } from "@joulemint/protocol/generated/modelGovernor";
import { sharesAbi } from "@joulemint/protocol/generated/shares";
import { decodeErrorResult, type Hex } from "viem";

const abi = [...creditsAbi, ...crowdfundAbi, ...modelGovernorAbi, ...sharesAbi];

/** The contract's error that an attempt ends with, whichever contract it came through. Throws if the attempt succeeds. */
export async function refusal(attempt: Promise<unknown>): Promise<string> {
  const error = await attempt.then(
    () => new Error("It was not refused"),
    (reason: unknown) => reason,
  );
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    const { data } = cause as { data?: unknown };
    if (typeof data === "string") return decodeErrorResult({ abi, data: data as Hex }).errorName;
  }
  throw error;
}
