import { sql } from "kysely";
import type { Check } from "./Check.ts";
import { dustCheck } from "./dustCheck.ts";
import { logCheck } from "./logCheck.ts";
import { meterCheck } from "./meterCheck.ts";
import { mirrorCheck } from "./mirrorCheck.ts";
import { mirrors } from "./mirrors.ts";
import { offeringCheck } from "./offeringCheck.ts";
import { receiptCheck } from "./receiptCheck.ts";
import { sessionCheck } from "./sessionCheck.ts";
import { settlementRowCheck } from "./settlementRowCheck.ts";
import { shareCheck } from "./shareCheck.ts";
import { termsCheck } from "./termsCheck.ts";
import { walletCheck } from "./walletCheck.ts";

/** All second sources. Together they are one statement: what a reconciliation costs is mostly the way to the database. */
export const checks: readonly Check[] = [
  logCheck,
  ...mirrors.map(mirrorCheck),
  settlementRowCheck,
  termsCheck,
  offeringCheck,
  sessionCheck,
  walletCheck,
  shareCheck,
  meterCheck,
  receiptCheck,
  dustCheck,
];

export const allChecks: Check = sql.join(
  checks.map((check) => sql`(${check})`),
  sql` UNION ALL `,
);
