import type { Addressable, Signer, TypedDataDomain } from "ethers";
import { ethers } from "./chain.ts";
import type { deployJoulemint } from "./deployJoulemint.ts";
import { eip712Types } from "./eip712Types.ts";

export interface Order {
  readonly owner: string;
  readonly signer: string;
  readonly salt: string;
  readonly credits: bigint;
}

export interface Payment {
  readonly payer: string;
  readonly method: bigint;
  readonly nonce: bigint;
  readonly deadline: bigint;
  readonly signature: string;
}

export const METHOD = { permit: 0n, authorization: 1n, permit2: 2n } as const;

export const ORDER = eip712Types("Order");
export const PERMIT = eip712Types("Permit");

type Joulemint = Awaited<ReturnType<typeof deployJoulemint>>;

interface Signing {
  /** Whose key signs. */
  readonly key: Signer;
  /** Who pays, if it is another than the key's account: its contract. */
  readonly payer?: string;
  readonly cost: bigint;
  readonly nonce?: bigint;
  readonly deadline?: bigint;
}

const LATER = 4_000_000_000n;

/** The EIP-712 domain of the payment token. */
export async function tokenDomain({ token }: Pick<Joulemint, "token">): Promise<TypedDataDomain> {
  const { name, version, chainId, verifyingContract } = await token.eip712Domain();
  return { name, version, chainId, verifyingContract };
}

/** EIP-3009: the nonce of the authorization is the hash of the order. */
export async function authorize(joulemint: Joulemint, order: Order, signing: Signing): Promise<Payment> {
  const { key, payer = await key.getAddress(), cost, nonce = 0n, deadline = LATER } = signing;
  const hash = ethers.TypedDataEncoder.hashStruct("Order", ORDER, { offering: joulemint.id, ...order, nonce });
  const signature = await key.signTypedData(await tokenDomain(joulemint), eip712Types("ReceiveWithAuthorization"), {
    from: payer,
    to: await joulemint.credits.getAddress(),
    value: cost,
    validAfter: 0n,
    validBefore: deadline,
    nonce: hash,
  });
  return { payer, method: METHOD.authorization, nonce, deadline, signature };
}

/** EIP-2612. */
export async function permit(joulemint: Joulemint, { key, cost, deadline = LATER }: Signing): Promise<Payment> {
  const payer = await key.getAddress();
  const signature = await key.signTypedData(await tokenDomain(joulemint), PERMIT, {
    owner: payer,
    spender: await joulemint.credits.getAddress(),
    value: cost,
    nonce: await joulemint.token.nonces(payer),
    deadline,
  });
  return { payer, method: METHOD.permit, nonce: 0n, deadline, signature };
}

/** Permit2, with the order as its witness. */
export async function permit2(
  { token, credits, id }: { readonly token: Addressable; readonly credits: Addressable; readonly id: string },
  order: Order,
  { key, payer, cost, nonce = 0n, deadline = LATER }: Signing,
  verifyingContract: string,
): Promise<Payment> {
  const { chainId } = await ethers.provider.getNetwork();
  const signature = await key.signTypedData(
    { name: "Permit2", chainId, verifyingContract },
    {
      PermitWitnessTransferFrom: [
        { name: "permitted", type: "TokenPermissions" },
        { name: "spender", type: "address" },
        { name: "nonce", type: "uint256" },
        { name: "deadline", type: "uint256" },
        { name: "witness", type: "Order" },
      ],
      TokenPermissions: [
        { name: "token", type: "address" },
        { name: "amount", type: "uint256" },
      ],
      ...ORDER,
    },
    {
      permitted: { token: await token.getAddress(), amount: cost },
      spender: await credits.getAddress(),
      nonce,
      deadline,
      witness: { offering: id, ...order, nonce },
    },
  );
  return { payer: payer ?? (await key.getAddress()), method: METHOD.permit2, nonce, deadline, signature };
}

const ERC6492_SUFFIX = `0x${"6492".repeat(16)}`;

/** A signature that carries the call which deploys its wallet. */
export function counterfactual(factory: string, data: string, signature: string): string {
  const wrapped = ethers.AbiCoder.defaultAbiCoder().encode(["address", "bytes", "bytes"], [factory, data, signature]);
  return ethers.concat([wrapped, ERC6492_SUFFIX]);
}
