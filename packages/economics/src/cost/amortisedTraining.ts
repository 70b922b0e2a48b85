import { capitalRecovery } from "../finance/capitalRecovery.ts";
import { positive } from "../internal/checked.ts";
import { type PlainNumber, type Usd, usd } from "../units.ts";

/**
 * What a month of serving owes to training. Training is paid once, but not once for ever: after `refreshMonths` the
 * model is replaced and the next run has to be paid for. In equal monthly instalments at `monthlyRate` (0: equal
 * parts). Throws `RangeError` for a refresh period that is not above 0.
 */
export const amortisedTraining = (training: Usd, refreshMonths: PlainNumber, monthlyRate: PlainNumber = 0): Usd =>
  usd(training * capitalRecovery(monthlyRate, positive(refreshMonths, "refresh period in months")));
