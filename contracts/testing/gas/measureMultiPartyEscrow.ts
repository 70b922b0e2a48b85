import type { Addressable, Signer } from "ethers";
import abi from "singularitynet-platform-contracts/abi/MultiPartyEscrow.json" with { type: "json" };
import bytecode from "singularitynet-platform-contracts/bytecode/MultiPartyEscrow.json" with { type: "json" };
import { ethers } from "../chain.ts";
import type { deployJoulemint } from "../deployJoulemint.ts";
import { gasOf } from "./gasOf.ts";

type Token = Awaited<ReturnType<typeof deployJoulemint>>["token"];
type Party = Signer & Addressable;

const CHANNELS = 300;
const DEPOSIT = 10_000n;
const STEP = 1n;
const GROUP = ethers.id("group");

/**
 * What SingularityNET's escrow takes: the contract as its package ships it, compiled by its owner, with 300 channels that
 * were all claimed from before.
 */
export async function measureMultiPartyEscrow(token: Token, payer: Party, payee: Party) {
  const escrow = await new ethers.ContractFactory(abi, bytecode, payer).deploy(token);
  await escrow.waitForDeployment();
  const address = await escrow.getAddress();
  const call = (name: string) => escrow.getFunction(name);
  await token.connect(payer).approve(escrow, ethers.MaxUint256);
  const open = () => call("depositAndOpenChannel")(payer, payee, GROUP, DEPOSIT, ethers.MaxUint256);
  for (let channel = 0; channel < CHANNELS; channel++) await open();

  let claimed = 0;
  /** One more claim from the first `count` channels, each of which must have been claimed from as often. */
  const claim = async (count: number) => {
    const channels = [...Array(count).keys()];
    const messages = channels.map((channel) =>
      ethers.solidityPackedKeccak256(
        ["string", "address", "uint256", "uint256", "uint256"],
        ["__MPE_claim_message", address, channel, claimed, STEP],
      ),
    );
    const signed = await Promise.all(messages.map((message) => payer.signMessage(ethers.getBytes(message))));
    claimed += 1;
    const signatures = signed.map((signature) => ethers.Signature.from(signature));
    const amounts = channels.map(() => STEP);
    const [v, r, s] = (["v", "r", "s"] as const).map((part) => signatures.map((signature) => signature[part]));
    const from = escrow.connect(payee);
    const multiple = [channels, amounts, amounts, channels.map(() => false), v, r, s];
    const single = [0, STEP, STEP, v[0], r[0], s[0], false];
    return gasOf(
      count === 1 ? from.getFunction("channelClaim")(...single) : from.getFunction("multiChannelClaim")(...multiple),
    );
  };
  await claim(CHANNELS);
  const [claim300, claim100, claim10, claim1] = [await claim(300), await claim(100), await claim(10), await claim(1)];
  const deposit = await gasOf(call("deposit")(DEPOSIT));
  return {
    open: await gasOf(open()),
    topUp: deposit + (await gasOf(call("channelAddFunds")(0, DEPOSIT))),
    claim1,
    claim10,
    claim100,
    claim300,
  };
}
