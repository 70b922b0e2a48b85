import { encodeReceipt } from "@joulemint/protocol/encodeReceipt";
import { operatorBondAbi } from "@joulemint/protocol/generated/operatorBond";
import { meteringKeyConsentTypedData } from "@joulemint/protocol/meteringKeyConsent";
import { receiptHash } from "@joulemint/protocol/receiptHash";
import { exampleReceipt } from "@joulemint/protocol/testing/exampleReceipt";
import { signVoucher } from "@joulemint/protocol/Voucher";
import { type Address, decodeAbiParameters, getAbiItem, type LocalAccount, slice } from "viem";
import type { DeployedChain, Person } from "./deployedChain.ts";

const [, receiptParameter] = getAbiItem({ abi: operatorBondAbi, name: "proveFalseHead" }).inputs;

/** Bonds a metering key of the operator's with a stake. */
export async function bondMeteringKey(chain: DeployedChain, operator: Person, key: LocalAccount, stake: bigint) {
  const { bond, dollar, chainId } = chain;
  await chain.fund(operator, stake, bond.address);
  const consent = await key.signTypedData(
    meteringKeyConsentTypedData(
      { owner: operator.account.address, paymentToken: dollar.address },
      { chainId, address: bond.address },
    ),
  );
  const args = [key.address, dollar.address, stake, consent] as const;
  await operator.writeContractSync({ ...bond, functionName: "bond", args });
}

/** Ends a bond by a voucher that contradicts the receipt at which it ends: whoever has the metering key can make one up. */
export async function endBond(chain: DeployedChain, thief: Person, key: LocalAccount, to: Address) {
  const receipt = exampleReceipt();
  const voucher = { session: receipt.session, cumulative: receipt.cumulative + 1n, receiptsHead: receiptHash(receipt) };
  const signature = await signVoucher(voucher, key, chain.domain);
  // The words of a receipt's hash are those of its ABI encoding.
  const [head] = decodeAbiParameters([receiptParameter], slice(encodeReceipt(receipt), 32));
  const signed = { ...voucher, cumulative: Number(voucher.cumulative) };
  const proof = { ...signed, r: slice(signature, 0, 32), vs: slice(signature, 32) };
  await thief.writeContractSync({ ...chain.bond, functionName: "proveFalseHead", args: [proof, head, to] });
}
