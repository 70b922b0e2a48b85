import "./scalars/Address.ts";
import "./scalars/BigInt.ts";
import "./scalars/DateTime.ts";
import "./scalars/Decimal.ts";
import "./scalars/Hex.ts";
import "./graph/Account.ts";
import "./graph/Claim.ts";
import "./graph/CreditBalance.ts";
import "./graph/Factory.ts";
import "./graph/Meta.ts";
import "./graph/Model.ts";
import "./graph/Offering.ts";
import "./graph/OfferingRevenue.ts";
import "./graph/PaymentToken.ts";
import "./graph/Purchase.ts";
import "./graph/Receipt.ts";
import "./graph/Reconciliation.ts";
import "./graph/Consumption.ts";
import "./graph/Redemption.ts";
import "./graph/Release.ts";
import "./graph/Session.ts";
import "./graph/Settlement.ts";
import "./graph/Shares.ts";
import "./graph/UsageEvent.ts";
import { builder } from "./builder.ts";

/** The schema, from all the types above. */
export const schema = builder.toSchema();
