import type { SettleableSession } from "@joulemint/ledger/settleableSessions";
import type { Domain } from "@joulemint/protocol/Domain";
import { recoverVoucherSigner, type SignedVoucher, signVoucher } from "@joulemint/protocol/Voucher";
import type { Hex, LocalAccount } from "viem";
import { type Logger, silentLogger } from "../Logger.ts";

interface Signing {
  readonly domain: Domain;
  readonly meteringAccount: LocalAccount | null;
  readonly logger?: Logger;
}

/**
 * A voucher for each session: signed with the metering key where that is the signer, else the consumer's own. A session
 * without a good one is left out and logged: the chain would skip its row, batch after batch.
 */
export async function signVouchers(sessions: readonly SettleableSession[], signing: Signing): Promise<SignedVoucher[]> {
  const vouchers = await Promise.all(sessions.map((session) => signOne(session, signing)));
  return vouchers.filter((voucher) => voucher !== null);
}

async function signOne(
  { session, signer, consumerSigned, charged, receiptsHead, voucher: stored }: SettleableSession,
  { domain, meteringAccount, logger = silentLogger }: Signing,
): Promise<SignedVoucher | null> {
  if (consumerSigned) {
    if (stored === null) return null;
    const voucher = {
      session: session as Hex,
      cumulative: stored.cumulative,
      receiptsHead: stored.receiptsHead as Hex,
    };
    const signature = stored.signature as Hex;
    const actual = await recoverVoucherSigner(voucher, signature, domain).catch(() => null);
    if (actual === signer) return { voucher, signature };
    logger.error("A stored voucher is not of its session's signer; it is not settled", { session, signer, actual });
    return null;
  }
  if (meteringAccount?.address.toLowerCase() !== signer) {
    logger.error("The metering key of a session is not at hand; it is not settled", { session, signer });
    return null;
  }
  const voucher = { session: session as Hex, cumulative: charged, receiptsHead: receiptsHead as Hex };
  return { voucher, signature: await signVoucher(voucher, meteringAccount, domain) };
}
