import type { Mirror } from "./mirrorCheck.ts";

const argument = (name: string) => `e.args->>'${name}'`;
const offering = argument("offering");

/** Every table whose rows repeat one kind of event. */
export const mirrors: readonly Mirror[] = [
  {
    bucket: "purchases",
    table: "purchase",
    event: "Bought",
    numbers: { credits: "credits", cost: "cost" },
    texts: { offering, buyer: argument("buyer"), recipient: argument("to") },
  },
  {
    bucket: "redemptions",
    table: "redemption",
    where: "session IS NULL",
    event: "Redeemed",
    numbers: { credits: "credits", amount: "amount" },
    texts: { offering, owner: argument("owner"), recipient: argument("to") },
  },
  {
    bucket: "redemptions",
    table: "redemption",
    where: "session IS NOT NULL",
    event: "SessionClosed",
    numbers: { credits: "credits", amount: "amount" },
    texts: {
      offering,
      session: argument("session"),
      owner: `(SELECT s.owner FROM session s WHERE s.id = ${argument("session")})`,
      recipient: argument("to"),
    },
  },
  {
    bucket: "consumptions",
    table: "consumption",
    event: "Consumed",
    numbers: { credits: "credits", sequence: "sequence" },
    texts: { offering, owner: argument("owner"), receipt: argument("receipt"), subject: argument("subject") },
  },
  {
    bucket: "settlements",
    table: "settlement",
    event: "Settled",
    numbers: { consumed: "consumed" },
    texts: { offering, submitter: argument("submitter"), receipts_root: argument("receiptsRoot") },
  },
  {
    bucket: "releases",
    table: "release",
    event: "Released",
    numbers: { amount: "amount", holders: "holders", treasury: "treasury", operator: "operator" },
    texts: { offering },
  },
  {
    bucket: "claims",
    table: "claim",
    where: "role <> 'holder'",
    event: "SplitClaimed",
    numbers: { amount: "amount" },
    texts: {
      offering,
      role: `CASE ${argument("role")} WHEN '0' THEN 'operator' WHEN '1' THEN 'treasury' END`,
      model: `(SELECT o.model FROM offering o WHERE o.id = ${offering})`,
      account: argument("account"),
      recipient: argument("account"),
    },
  },
  {
    bucket: "claims",
    table: "claim",
    where: "role = 'holder'",
    event: "RevenueClaimed",
    numbers: { amount: "amount" },
    texts: { offering: "NULL", model: "e.address", account: argument("holder"), recipient: argument("to") },
  },
];
