import { expect } from "chai";
import { ethers, networkHelpers } from "../testing/chain.ts";
import { deployJoulemint } from "../testing/deployJoulemint.ts";
import { OFFERING, type Offering } from "../testing/typedData.ts";

const { loadFixture } = networkHelpers;
const { id, toBeHex } = ethers;

const ERC20 = new ethers.Interface([
  "function name() view returns (string)",
  "function symbol() view returns (string)",
  "function decimals() view returns (uint256)",
]);
type View = "name" | "symbol" | "decimals";
const MANNER = { return: 0, revert: 1, returnZeros: 2, burnGas: 3 } as const;

/** The metadata by itself, which takes the terms of anybody, and a contract that answers what it is told to. */
async function deployMetadata() {
  const { offering } = await deployJoulemint();
  const metadata = await ethers.deployContract("CreditMetadata");
  const foreign = await ethers.deployContract("AnsweringContract");
  const says = (view: View, manner: keyof typeof MANNER, data: string) =>
    foreign.answer(ERC20.getFunction(view)?.selector ?? "", MANNER[manner], data);
  const returns = (view: View, value: unknown) => says(view, "return", ERC20.encodeFunctionResult(view, [value]));
  const shown = async (change: Partial<Offering> = {}) => {
    const terms = { ...offering, ...change };
    await metadata.record(terms);
    return parsed(await metadata.uri(ethers.TypedDataEncoder.from(OFFERING).hash(terms)));
  };
  return { metadata, foreign: await foreign.getAddress(), says, returns, shown, offering };
}

function decoded(uri: string, type: string): string {
  const prefix = `data:${type};base64,`;
  expect(uri.slice(0, prefix.length)).to.equal(prefix);
  return new TextDecoder("utf-8", { fatal: true }).decode(Buffer.from(uri.slice(prefix.length), "base64"));
}

const parsed = (uri: string) => JSON.parse(decoded(uri, "application/json"));

describe("Credits.uri", () => {
  it("says what the credits are, in JSON and a picture that are all on chain", async () => {
    const { credits, offering, id: offeringId } = await loadFixture(deployJoulemint);
    const { image, ...text } = parsed(await credits.uri(offeringId));
    expect(text).to.deep.equal({
      name: "Model One: inference, standard",
      description:
        "Prepaid credits of Model One for inference. 1,000,000 credits cost 2.000000 tUSD; what is unspent can be redeemed at that price.",
      decimals: 3,
      properties: {
        offering: offeringId,
        model: offering.model,
        kind: "inference",
        tier: "standard",
        paymentToken: offering.paymentToken,
        pricePerMillion: "2.000000 tUSD",
        expiresAt: null,
        transferable: true,
      },
    });
    const svg = decoded(image, "image/svg+xml");
    expect(svg).to.match(/^<svg xmlns="http:\/\/www.w3.org\/2000\/svg" .*>inference<.*>standard<.*<\/svg>$/);
    // As many elements are closed as are opened.
    expect(svg.match(/<[a-z]/g)).to.have.lengthOf((svg.match(/<\/[a-z]+>|\/>/g) ?? []).length);
    expect(await credits.supportsInterface("0x0e89341c")).to.equal(true);
  });

  it("says nothing of an offering that was not registered", async () => {
    const { credits } = await loadFixture(deployJoulemint);
    const { metadata } = await loadFixture(deployMetadata);
    for (const [contract, asking] of [
      [credits, credits.uri(id("nothing"))],
      [metadata, metadata.uri(id("nothing"))],
    ] as const)
      await expect(asking)
        .to.be.revertedWithCustomError(credits.attach(contract), "Credits_UnknownOffering")
        .withArgs(id("nothing"));
  });

  const kinds: [string, string][] = [
    ["inference", "inference"],
    ["image-licence", "image licence"],
    ["dataset-access", "dataset access"],
    ["training", "training"],
    ["gpu-second", "GPU-seconds"],
    ["anything else", "other rights"],
  ];
  for (const [kind, word] of kinds)
    it(`calls the kind ${kind} ${word}`, async () => {
      const { shown } = await loadFixture(deployMetadata);
      const { name, image, properties } = await shown({ kind: id(kind) });
      expect([name, properties.kind]).to.deep.equal([`Model One: ${word}, standard`, word]);
      expect(decoded(image, "image/svg+xml")).to.include(`>${word}<`);
    });

  const terms: [Partial<Offering>, object][] = [
    [{ tier: 0n }, { tier: "realtime" }],
    [{ tier: 2n }, { tier: "batch" }],
    [{ pricePerMillion: 1n }, { pricePerMillion: "0.000001 tUSD" }],
    [{ pricePerMillion: 2n ** 64n - 1n }, { pricePerMillion: "18446744073709.551615 tUSD" }],
    [{ expiresAt: 2n ** 64n - 1n }, { expiresAt: Number(2n ** 64n - 1n) }],
    [{ transferable: false }, { transferable: false }],
  ];
  for (const [change, properties] of terms)
    it(`shows ${JSON.stringify(properties)}`, async () => {
      const { shown } = await loadFixture(deployMetadata);
      expect((await shown(change)).properties).to.include(properties);
    });

  it("gives every offering a colour of its own", async () => {
    const { shown } = await loadFixture(deployMetadata);
    const images = await Promise.all(
      [1n, 2n, 3n].map(async (termsHash) => (await shown({ termsHash: toBeHex(termsHash, 32) })).image),
    );
    expect(new Set(images).size).to.equal(3);
  });
});

describe("Credits.uri of a hostile model", () => {
  const names: [string, string][] = [
    ["of quotes and backslashes", 'A"B\\C", "decimals": 18'],
    ["of markup", "</text><script>alert(1)</script>&amp;"],
    ["as long as allowed", "n".repeat(64)],
  ];
  for (const [what, name] of names)
    it(`shows a name ${what} as it is, and never in the picture`, async () => {
      const { foreign, returns, shown } = await loadFixture(deployMetadata);
      await returns("name", name);
      const json = await shown({ model: foreign });
      expect(json.name).to.equal(`${name}: inference, standard`);
      expect(json.decimals).to.equal(3);
      expect(decoded(json.image, "image/svg+xml")).not.to.include(name);
    });

  const word = (value: bigint | number) => toBeHex(value, 32);
  const SPACES = BigInt(`0x${"20".repeat(32)}`);
  const encoded = (name: string) => ERC20.encodeFunctionResult("name", [name]);
  const answers: [string, keyof typeof MANNER, string][] = [
    ["reverts", "revert", "0x"],
    ["reverts with a name", "revert", encoded("Model One")],
    ["burns all gas", "burnGas", "0x"],
    ["returns a megabyte", "returnZeros", word(2 ** 20)],
    ["returns as much as its gas pays for", "returnZeros", word(100_000)],
    ["returns nothing", "return", "0x"],
    ["returns a byte", "return", "0x20"],
    ["returns an empty name", "return", encoded("")],
    ["returns an empty name and then more", "return", ethers.concat([word(32), word(0), word(SPACES)])],
    ["returns two words and no name", "return", ethers.concat([word(32), word(4)])],
    ["returns a name that is longer than what comes", "return", ethers.concat([word(32), word(40), word(SPACES)])],
    ["returns a length beyond all bounds", "return", ethers.concat([word(32), word(ethers.MaxUint256), id("name")])],
    ["returns an offset beyond all bounds", "return", ethers.concat([word(ethers.MaxUint256), word(4), id("name")])],
    ["returns a name of more than 64 characters", "return", encoded("n".repeat(65))],
    ["returns what turns text around", "return", encoded("Model \u202eenO")],
    ["returns a line break", "return", encoded("Model\nOne")],
    ["returns what is not printable", "return", encoded("Model\u007f")],
    ["returns bytes that are no UTF-8", "return", ethers.concat([word(32), word(2), "0xc328", toBeHex(0, 30)])],
  ];
  for (const [what, manner, data] of answers)
    it(`that ${what}, shows its address`, async () => {
      const { foreign, says, shown } = await loadFixture(deployMetadata);
      await says("name", manner, data);
      const { name, properties } = await shown({ model: foreign });
      expect(name).to.equal(`${foreign}: inference, standard`);
      expect(properties.pricePerMillion).to.equal("2.000000 tUSD");
    });

  it("and of a model without code, shows the address", async () => {
    const { shown, offering } = await loadFixture(deployMetadata);
    expect((await shown({ model: offering.treasury })).name).to.equal(`${offering.treasury}: inference, standard`);
  });
});

describe("Credits.uri of a strange payment token", () => {
  it("writes the price with its decimals, none or many", async () => {
    const { foreign, returns, shown } = await loadFixture(deployMetadata);
    await returns("symbol", 'T"');
    for (const [decimals, price] of [
      [0, '2000005 T"'],
      [1, '200000.5 T"'],
      [36, `0.${"0".repeat(29)}2000005 T"`],
    ] as const) {
      await returns("decimals", decimals);
      const json = await shown({ paymentToken: foreign, pricePerMillion: 2_000_005n });
      expect(json.properties.pricePerMillion).to.equal(price);
    }
  });

  const answers: [string, keyof typeof MANNER, string][] = [
    ["reverts", "revert", "0x"],
    ["burns all gas", "burnGas", "0x"],
    ["returns nothing", "return", "0x"],
    ["returns a byte", "return", "0x06"],
    ["returns two words", "return", ethers.concat([toBeHex(6, 32), toBeHex(6, 32)])],
    ["returns 37", "return", toBeHex(37, 32)],
    ["returns a number beyond all bounds", "return", toBeHex(ethers.MaxUint256, 32)],
  ];
  for (const [what, manner, data] of answers)
    it(`whose decimals ${what}, writes base units`, async () => {
      const { foreign, says, shown } = await loadFixture(deployMetadata);
      await says("decimals", manner, data);
      const { properties } = await shown({ paymentToken: foreign });
      expect(properties.pricePerMillion).to.equal(`2000000 base units of ${foreign}`);
    });
});

describe("CreditMetadata.record", () => {
  it("shows nothing but the terms that an id stands for, whoever records them", async () => {
    const { credits, stranger, offering, id: offeringId } = await loadFixture(deployJoulemint);
    const address = ethers.getCreateAddress({ from: await credits.getAddress(), nonce: 1 });
    const metadata = await ethers.getContractAt("CreditMetadata", address);
    const before = await credits.uri(offeringId);
    await metadata.connect(stranger).record(offering);
    await metadata.connect(stranger).record({ ...offering, pricePerMillion: 1n });
    expect(await credits.uri(offeringId)).to.equal(before);
  });
});
