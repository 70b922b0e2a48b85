import { expect } from "chai";
import { ethers, networkHelpers } from "../testing/chain.ts";
import { deployJoulemint } from "../testing/deployJoulemint.ts";
import { OFFERING, type Offering, signOffering } from "../testing/typedData.ts";

const { loadFixture } = networkHelpers;
const { ZeroAddress } = ethers;

describe("Credits.register", () => {
  it("takes an offering of the model's owner and the operator", async () => {
    const { credits, modelOwner, operator, domain, offering } = await loadFixture(deployJoulemint);
    const next = { ...offering, pricePerMillion: 3_000_000n };
    const id = ethers.TypedDataEncoder.from(OFFERING).hash(next);

    await expect(credits.connect(modelOwner).register(next, await signOffering(operator, domain, next)))
      .to.emit(credits, "OfferingRegistered")
      .withArgs(id, next.model, Object.values(next));
    expect(await credits.offeringId(next)).to.equal(id);
    expect(await credits.account(next, 0)).to.equal(next.operator);
    expect(await credits.account(next, 1)).to.equal(next.treasury);
  });

  it("takes an operator that is a contract and signs by ERC-1271", async () => {
    const { credits, modelOwner, operator, domain, offering } = await loadFixture(deployJoulemint);
    const wallet = await ethers.deployContract("ContractWallet", [operator]);
    const terms = { ...offering, operator: await wallet.getAddress() };

    await expect(credits.connect(modelOwner).register(terms, await signOffering(operator, domain, terms))).to.emit(
      credits,
      "OfferingRegistered",
    );
  });

  const wrongTerms: [string, (terms: Offering, credits: string) => Partial<Offering>, string, unknown[]?][] = [
    ["an unknown tier", () => ({ tier: 3n }), "Credits_UnknownTier", [3n]],
    ["a price of zero", () => ({ pricePerMillion: 0n }), "Credits_ZeroPrice", []],
    ["more than the whole", () => ({ holdersBps: 9_001n }), "Credits_SplitTooLarge", [10_001n, 10_000n]],
    [
      "an exit delay below an hour",
      () => ({ exitDelay: 3_599n }),
      "Credits_ExitDelayOutOfBounds",
      [3_599n, 3_600n, 2_592_000n],
    ],
    [
      "an exit delay above 30 days",
      () => ({ exitDelay: 2_592_001n }),
      "Credits_ExitDelayOutOfBounds",
      [2_592_001n, 3_600n, 2_592_000n],
    ],
    [
      "an expiry before the sale has ended",
      ({ sellUntil }) => ({ expiresAt: sellUntil - 1n }),
      "Credits_ExpiresBeforeSaleEnds",
    ],
    ["a model without code", (terms) => ({ model: terms.treasury }), "Credits_InvalidAccount"],
    ["an operator of zero", () => ({ operator: ZeroAddress }), "Credits_InvalidAccount", [ZeroAddress]],
    ["a treasury of zero", () => ({ treasury: ZeroAddress }), "Credits_InvalidAccount", [ZeroAddress]],
    ["itself as treasury", (_, credits) => ({ treasury: credits }), "Credits_InvalidAccount"],
  ];
  for (const [what, change, error, args] of wrongTerms) {
    it(`refuses ${what}`, async () => {
      const { credits, modelOwner, operator, domain, offering } = await loadFixture(deployJoulemint);
      const terms = { ...offering, ...change(offering, await credits.getAddress()) };
      const registering = credits.connect(modelOwner).register(terms, await signOffering(operator, domain, terms));

      if (args === undefined) await expect(registering).to.be.revertedWithCustomError(credits, error);
      else
        await expect(registering)
          .to.be.revertedWithCustomError(credits, error)
          .withArgs(...args);
    });
  }

  it("refuses another payment token than the model's", async () => {
    const { credits, modelOwner, operator, domain, offering, shares, token } = await loadFixture(deployJoulemint);
    const terms = { ...offering, paymentToken: await shares.getAddress() };
    await expect(credits.connect(modelOwner).register(terms, await signOffering(operator, domain, terms)))
      .to.be.revertedWithCustomError(credits, "Credits_PaymentTokenMismatch")
      .withArgs(token, shares);
  });

  it("takes terms at their bounds", async () => {
    const { offering, register } = await loadFixture(deployJoulemint);
    for (const change of [
      { expiresAt: offering.sellUntil },
      { exitDelay: 3_600n, tier: 0n },
      { exitDelay: 2_592_000n, tier: 2n },
      { holdersBps: 9_000n, treasuryBps: 1_000n },
      { pricePerMillion: 1n },
    ])
      await register({ ...offering, ...change });
  });

  it("needs no treasury when the treasury gets nothing", async () => {
    const { offering, register } = await loadFixture(deployJoulemint);
    await register({ ...offering, treasury: ZeroAddress, treasuryBps: 0n });
  });

  it("refuses anyone but the model's owner", async () => {
    const { credits, operator, modelOwner, domain, offering } = await loadFixture(deployJoulemint);
    const terms = { ...offering, kind: ethers.id("batch") };

    await expect(credits.connect(operator).register(terms, await signOffering(operator, domain, terms)))
      .to.be.revertedWithCustomError(credits, "Credits_NotModelOwner")
      .withArgs(modelOwner, operator);
  });

  it("refuses terms that the operator did not sign, or signed for another chain or contract", async () => {
    const { credits, operator, modelOwner, domain, offering } = await loadFixture(deployJoulemint);
    const terms = { ...offering, kind: ethers.id("batch") };
    const signatures = [
      "0x",
      await signOffering(operator, domain, offering),
      await signOffering(modelOwner, domain, terms),
      await signOffering(operator, { ...domain, chainId: 1n }, terms),
      await signOffering(operator, { ...domain, verifyingContract: offering.model }, terms),
    ];

    for (const signature of signatures)
      await expect(credits.connect(modelOwner).register(terms, signature))
        .to.be.revertedWithCustomError(credits, "Credits_InvalidOperatorSignature")
        .withArgs(operator);
  });

  it("refuses to register twice", async () => {
    const { credits, offering, id, register } = await loadFixture(deployJoulemint);
    await expect(register(offering)).to.be.revertedWithCustomError(credits, "Credits_AlreadyRegistered").withArgs(id);
  });
});
