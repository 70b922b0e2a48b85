import type { ClaimRecord } from "@joulemint/ledger/read/listClaims";
import type { CreditBalanceRecord } from "@joulemint/ledger/read/listCreditBalances";
import type { HoldingRecord } from "@joulemint/ledger/read/listHoldings";
import type { ModelRecord } from "@joulemint/ledger/read/ModelRecord";
import type { OfferingRecord } from "@joulemint/ledger/read/OfferingRecord";
import type { ReceiptRecord } from "@joulemint/ledger/read/ReceiptRecord";
import type { PaymentTokenRecord } from "@joulemint/ledger/read/readPaymentTokens";
import type { ReleaseRecord } from "@joulemint/ledger/read/readReleases";
import type { SettlementRowRecord } from "@joulemint/ledger/read/readSettlementRows";
import type { UsageEventRecord } from "@joulemint/ledger/read/readUsageEvents";
import type { SessionRecord } from "@joulemint/ledger/read/SessionRecord";
import type { SettlementRecord } from "@joulemint/ledger/read/SettlementRecord";
import { builder } from "./builder.ts";

// The types refer to each other in circles; here is where their names come from, so that their files need not.
export const PaymentToken = builder.objectRef<PaymentTokenRecord>("PaymentToken");
export const Model = builder.objectRef<ModelRecord>("Model");
export const Shares = builder.objectRef<ModelRecord>("Shares");
export const Holding = builder.objectRef<HoldingRecord>("Holding");
export const Offering = builder.objectRef<OfferingRecord>("Offering");
export const Account = builder.objectRef<{ readonly address: string }>("Account");
export const CreditBalance = builder.objectRef<CreditBalanceRecord>("CreditBalance");
export const Session = builder.objectRef<SessionRecord>("Session");
export const Receipt = builder.objectRef<ReceiptRecord>("Receipt");
export const UsageEvent = builder.objectRef<UsageEventRecord>("UsageEvent");
export const Settlement = builder.objectRef<SettlementRecord>("Settlement");
export const SettlementRow = builder.objectRef<SettlementRowRecord>("SettlementRow");
export const Release = builder.objectRef<ReleaseRecord>("Release");
export const Claim = builder.objectRef<ClaimRecord>("Claim");
