import { setTimeout as sleep } from "node:timers/promises";
import { rate } from "@joulemint/economics/rate";
import { defaultLimits } from "@joulemint/gateway/GatewayLimits";
import { holdAmount } from "@joulemint/gateway/holdAmount";
import { inputBound } from "@joulemint/gateway/inputBound";
import { readServedOffering } from "@joulemint/ledger/servedOfferings";
import { sweep } from "@joulemint/ledger/sweep";
import { sql } from "kysely";
import { type CallAnswer, callGateway } from "./callGateway.ts";
import { type Fleet, GATEWAYS, MODEL } from "./Fleet.ts";
import type { Disturbance, PlannedCall, SeedPlan } from "./SeedPlan.ts";

export const AFFORDABLE = 37n;
const OUTPUT_TOKENS = 40;
/** What is left when the planned calls have ended is spent by others, one by one. */
const SPENDING_MS = 60_000;

export interface SeedRun {
  readonly plan: SeedPlan;
  readonly session: string;
  /** What every call costs, and what it has to hold: millicredits. */
  readonly price: bigint;
  readonly answers: readonly CallAnswer[];
}

/** Plays a seed on a session of its own until its balance is spent. */
export async function runSeed(fleet: Fleet, plan: SeedPlan): Promise<SeedRun> {
  const price = await priceOfCall(fleet);
  const { session, apiKey } = await fleet.openSession(price * AFFORDABLE);
  const disturbed = Promise.all(plan.disturbances.map((disturbance) => disturb(fleet, session, disturbance)));
  const planned = plan.calls.map((call) =>
    callGateway({ url: fleet.url(call.gateway), apiKey, body: requestFor(call), leaveMs: call.leaveMs }),
  );
  const answers = await Promise.all(planned);
  await disturbed;
  const rest = await spendTheRest(fleet, apiKey);
  return { plan, session, price, answers: [...answers, ...rest] };
}

const messages = [{ role: "user", content: "What does a joule cost?" }];
/** The request tells the tokens, so that the charge is the hold. */
const inputTokens = inputBound({ model: MODEL, messages, max_tokens: OUTPUT_TOKENS }, defaultLimits);

function requestFor({ stream, thinkMs, lingerMs }: Pick<PlannedCall, "stream" | "thinkMs" | "lingerMs">) {
  const twin = { inputTokens: Number(inputTokens), outputTokens: OUTPUT_TOKENS, thinkMs, lingerMs };
  return { model: MODEL, messages, max_tokens: OUTPUT_TOKENS, stream, twin };
}

/** Millicredits of a call: what it holds, and what it costs. */
async function priceOfCall({ ledger, offering }: Fleet): Promise<bigint> {
  const { rateCard } = await readServedOffering(ledger, offering);
  const tokens = { input: inputTokens, output: BigInt(OUTPUT_TOKENS) };
  const price = holdAmount(tokens, rateCard);
  if (rate(tokens, rateCard) !== price) throw new Error("a call must cost what it holds");
  return price;
}

async function disturb(fleet: Fleet, session: string, disturbance: Disturbance): Promise<void> {
  await sleep(disturbance.atMs);
  if (disturbance.kind === "kill") await fleet.kill(disturbance.gateway);
  else if (disturbance.kind === "freeze") await fleet.freeze(disturbance.gateway);
  else {
    // The database's clock cannot be turned, so the holds are made older instead.
    await sql`UPDATE hold SET expires_at = now() WHERE session = ${session} AND state = 'open'`.execute(
      fleet.ledger.db,
    );
    await sweep(fleet.ledger);
  }
}

/** Calls until the session is refused for good: nothing is on hold any more, and what is left pays for no call. */
async function spendTheRest(fleet: Fleet, apiKey: string): Promise<CallAnswer[]> {
  const answers: CallAnswer[] = [];
  const deadline = Date.now() + SPENDING_MS;
  const body = requestFor({ stream: false, thinkMs: 0, lingerMs: 0 });
  for (let turn = 0; Date.now() < deadline; turn++) {
    const answer = await callGateway({ url: fleet.url(turn % GATEWAYS), apiKey, body, leaveMs: null });
    answers.push(answer);
    if (answer.ending.kind === "served") continue;
    if (answer.ending.kind === "refused" && answer.ending.error.code === "INSUFFICIENT_CREDIT") return answers;
    await sleep(100);
  }
  throw new Error(`the session was not spent: ${JSON.stringify(answers.slice(-3))}`);
}
