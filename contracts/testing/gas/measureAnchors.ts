import type { Addressable, Signer } from "ethers";
import { ethers } from "../chain.ts";
import type { deployJoulemint } from "../deployJoulemint.ts";
import { eip712Types } from "../eip712Types.ts";
import { tokenDomain } from "../signedPayment.ts";
import { gasOf } from "./gasOf.ts";
import { measureMultiPartyEscrow } from "./measureMultiPartyEscrow.ts";

type Token = Awaited<ReturnType<typeof deployJoulemint>>["token"];

/** Gas by contract and transaction: `ANCHORS` says what it is compared with. */
export type AnchorGas = Awaited<ReturnType<typeof measureAnchors>>;

const FUNDS = 1_000_000_000n;
const AMOUNT = 2_000n;
const PAYEES = 10;
const LATER = 4_000_000_000n;

/**
 * What transactions of other packages' contracts cost, in a steady state like that of ours and, where money moves, with
 * the same payment token.
 */
export async function measureAnchors(token: Token) {
  const [holder, other, newcomer, delegate, othersDelegate] = (await ethers.getSigners()).slice(12);
  for (const account of [holder, other]) await token.mint(account, FUNDS);
  const parties = { holder, other, newcomer, delegate, othersDelegate };
  return {
    token: await measureToken(token, parties),
    erc6909: await measureCredits("ERC6909Anchor", parties),
    erc1155: await measureCredits("ERC1155Anchor", parties),
    vault: await measureVault("ERC4626Anchor", token, parties),
    soladyVault: await measureVault("SoladyERC4626Anchor", token, parties),
    votes: await measureVotes("VotesAnchor", parties),
    soladyVotes: await measureVotes("SoladyVotesAnchor", parties),
    splitter: await measureSplitter(token, parties),
    escrow: await measureMultiPartyEscrow(token, holder, other),
  };
}

type Parties = Readonly<Record<"holder" | "other" | "newcomer" | "delegate" | "othersDelegate", Signer & Addressable>>;

async function measureToken(token: Token, { holder, other }: Parties) {
  const [from, to] = await Promise.all([holder.getAddress(), other.getAddress()]);
  const nonce = ethers.id("payment");
  const signed = await holder.signTypedData(await tokenDomain({ token }), eip712Types("TransferWithAuthorization"), {
    from,
    to,
    value: AMOUNT,
    validAfter: 0n,
    validBefore: LATER,
    nonce,
  });
  const { v, r, s } = ethers.Signature.from(signed);
  const relayed = token.connect(other);
  return {
    transfer: await gasOf(token.connect(holder).transfer(other, AMOUNT)),
    signedTransfer: await gasOf(relayed.transferWithAuthorization(from, to, AMOUNT, 0n, LATER, nonce, v, r, s)),
  };
}

async function measureCredits(name: string, { holder, newcomer }: Parties) {
  const contract = await ethers.deployContract(name, { signer: holder });
  await contract.mint(holder, AMOUNT);
  return {
    mintToNew: await gasOf(contract.mint(newcomer, AMOUNT)),
    mint: await gasOf(contract.mint(holder, AMOUNT)),
    burn: await gasOf(contract.burn(AMOUNT)),
  };
}

async function measureVault(name: string, token: Token, { holder }: Parties) {
  const contract = await ethers.deployContract(name, [token], { signer: holder });
  await token.connect(holder).approve(contract, ethers.MaxUint256);
  await contract.deposit(AMOUNT, holder);
  return {
    deposit: await gasOf(contract.deposit(AMOUNT, holder)),
    redeem: await gasOf(contract.redeem(AMOUNT, holder, holder)),
  };
}

async function measureVotes(name: string, { holder, other, delegate, othersDelegate }: Parties) {
  const contract = await ethers.deployContract(name, [holder], { signer: holder });
  const others = await ethers.getContractAt(name, await contract.getAddress(), other);
  await contract.transfer(other, AMOUNT);
  const transfer = await gasOf(contract.transfer(other, 1n));
  await contract.delegate(delegate);
  await others.delegate(othersDelegate);
  await contract.transfer(other, 1n);
  return { transfer, transferDelegated: await gasOf(contract.transfer(other, 1n)) };
}

async function measureSplitter(token: Token, { holder }: Parties) {
  const payees = (await ethers.getSigners()).slice(0, PAYEES - 1);
  const shares = Array<bigint>(PAYEES).fill(1n);
  const contract = await ethers.deployContract("SplitterAnchor", [[holder, ...payees], shares], { signer: holder });
  const release = contract.getFunction("release(address,address)");
  for (const payee of [holder, ...payees]) {
    await token.mint(contract, FUNDS);
    await release(token, payee);
  }
  await token.mint(contract, FUNDS);
  return { release: await gasOf(release(token, holder)) };
}
