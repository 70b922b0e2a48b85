import { purchaseCost } from "@joulemint/economics/purchaseCost";
import { millicredits, pricePerMillion } from "@joulemint/economics/units";
import { ethers, networkHelpers } from "./chain.ts";
import { deployJoulemint } from "./deployJoulemint.ts";
import { CONSUMERS, HOLDERS, type MarketHistory, type Step } from "./marketHistory.ts";
import { authorize, type Order } from "./signedPayment.ts";
import { OPEN, signCooperativeClose } from "./typedData.ts";

const HOUR = 3_600n;
const LATER = 4_000_000_000n;
const ROLES = { operator: 0n, treasury: 1n } as const;

/** The contracts of a random market, what plays the steps of its history, and what everybody has. */
export async function deployMarket({ terms, shares: amounts }: Pick<MarketHistory, "terms" | "shares">) {
  const joulemint = await networkHelpers.loadFixture(deployJoulemint);
  const { token, credits, domain, modelOwner, operator, treasury, stranger: relayer, register, voucher } = joulemint;
  const signers = await ethers.getSigners();
  const consumers = signers.slice(10, 10 + CONSUMERS);
  const holders = signers.slice(15, 15 + HOLDERS);
  const accounts = terms.map(() => ({ operator, treasury }));
  const successors = { operator: signers[8], treasury: signers[9] };
  const claims = await ethers.deployContract("Claims");
  for (const consumer of consumers) {
    await token.mint(consumer, 10n ** 30n);
    await token.connect(consumer).approve(credits, ethers.MaxUint256);
  }
  const shares = await ethers.deployContract("Shares", ["Market", "MKT", token, modelOwner, holders, amounts]);
  const model = await shares.getAddress();
  const offerings = terms.map((own, at) => ({ ...joulemint.offering, ...own, model, kind: ethers.toBeHex(at, 32) }));
  const ids: string[] = [];
  for (const offering of offerings) ids.push(await register(offering));

  const sessions: { id: string; offering: number; consumer: number; salt: string }[] = [];
  const salt = () => ethers.toBeHex(sessions.length, 32);
  const opened = async (offering: number, consumer: number) => {
    const id = await credits.sessionId(ids[offering], consumers[consumer], joulemint.signer, salt());
    sessions.push({ id, offering, consumer, salt: salt() });
  };

  const orderOf = ({ consumer, credits }: { consumer: number; credits: bigint }): Order => {
    return { owner: consumers[consumer].address, signer: joulemint.signer.address, salt: salt(), credits };
  };

  const play = async (step: Step) => {
    switch (step.kind) {
      case "buy": {
        const buyer = consumers[step.consumer];
        return credits.connect(buyer).buy(offerings[step.offering], step.credits, buyer);
      }
      case "buyAndOpen": {
        const owner = credits.connect(consumers[step.consumer]);
        await owner.buyAndOpen(offerings[step.offering], joulemint.signer, salt(), step.credits);
        return opened(step.offering, step.consumer);
      }
      case "purchase": {
        const order = orderOf(step);
        const price = pricePerMillion(terms[step.offering].pricePerMillion);
        const signing = { key: consumers[step.consumer], cost: purchaseCost(millicredits(step.credits), price) };
        const payment = await authorize({ ...joulemint, id: ids[step.offering] }, order, signing);
        await credits.connect(relayer).purchase(offerings[step.offering], order, payment);
        return opened(step.offering, step.consumer);
      }
      case "openFor": {
        const order = orderOf(step);
        const message = { offering: ids[step.offering], ...order, deadline: LATER };
        const signature = await consumers[step.consumer].signTypedData(domain, OPEN, message);
        await credits.connect(relayer).openFor(offerings[step.offering], order, LATER, signature);
        return opened(step.offering, step.consumer);
      }
      case "consume":
        return credits
          .connect(consumers[step.consumer])
          .consume(offerings[step.offering], step.credits, ethers.ZeroHash);
      case "transferCredits": {
        const [from, to] = [consumers[step.consumer], consumers[step.to]];
        return credits.connect(from).safeTransferFrom(from, to, BigInt(ids[step.offering]), step.credits, "0x");
      }
      case "open": {
        const owner = credits.connect(consumers[step.consumer]);
        await owner.open(offerings[step.offering], joulemint.signer, salt(), step.credits);
        return opened(step.offering, step.consumer);
      }
      case "redeem": {
        const owner = consumers[step.consumer];
        return credits.connect(owner).redeem(offerings[step.offering], step.credits, owner);
      }
      case "topUp": {
        const session = sessions[step.session];
        const payer = credits.connect(consumers[step.consumer]);
        const owner = consumers[session.consumer];
        return payer.topUp(offerings[session.offering], owner, joulemint.signer, session.salt, step.credits);
      }
      case "settle": {
        const rows = [
          await voucher(sessions[step.session].id, step.cumulative),
          await voucher(sessions[step.other].id, step.otherCumulative),
        ];
        return credits.settle(offerings[sessions[step.session].offering], ethers.concat(rows), ethers.ZeroHash);
      }
      case "release":
        return credits.release(offerings[step.offering]);
      case "claim":
        return credits.claim(offerings[step.offering], ROLES[step.role]);
      case "handOver": {
        const from = credits.connect(accounts[step.offering][step.role]);
        accounts[step.offering][step.role] = successors[step.role];
        return from.handOver(offerings[step.offering], ROLES[step.role], successors[step.role]);
      }
      case "close": {
        const { id, offering, consumer, salt } = sessions[step.session];
        const owner = credits.connect(consumers[consumer]);
        const { used } = await credits.session(ids[offering], id);
        const consent = step.cooperative
          ? await signCooperativeClose(accounts[offering].operator, domain, id, used)
          : "0x";
        if (!step.cooperative) {
          await owner.requestClose(offerings[offering], joulemint.signer, salt);
          await networkHelpers.time.increase(HOUR);
        }
        return owner.close(offerings[offering], joulemint.signer, salt, consumers[consumer], consent);
      }
      case "transferShares":
        return shares.connect(holders[step.from]).transfer(holders[step.to], step.shares);
      case "claimShares":
        return shares.claim(holders[step.holder]);
      case "claimAll":
        return claims.claimAll([shares, shares], holders[step.holder]);
      case "give":
        await token.mint(shares, step.amount);
        return shares.accrue();
    }
  };

  const parties = new Map<string, Parameters<typeof token.balanceOf>[0]>([
    ["credits", credits],
    ["shares", shares],
    ["operator", operator],
    ["treasury", treasury],
    ["next operator", successors.operator],
    ["next treasury", successors.treasury],
    ...consumers.map((account, at) => [`consumer ${at}`, account] as const),
    ...holders.map((account, at) => [`holder ${at}`, account] as const),
  ]);
  const balances = async () =>
    new Map(await Promise.all([...parties].map(async ([name, at]) => [name, await token.balanceOf(at)] as const)));
  const before = await balances();

  return {
    play,
    /** Base units of the payment token that each party gained or lost. */
    money: async () => new Map([...(await balances())].map(([name, now]) => [name, now - (before.get(name) ?? 0n)])),
    wallets: () =>
      Promise.all(ids.map((id) => Promise.all(consumers.map((account) => credits.balanceOf(account, BigInt(id)))))),
    uses: () =>
      Promise.all(
        sessions.map(async ({ id, offering }) => {
          const { cap, used } = await credits.session(ids[offering], id);
          return { cap, used };
        }),
      ),
    holdings: () =>
      Promise.all(
        holders.map(async (account) => ({
          shares: await shares.balanceOf(account),
          claimable: await shares.claimable(account),
        })),
      ),
  };
}
