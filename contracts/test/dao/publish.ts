import { expect } from "chai";
import { ethers, networkHelpers } from "../../testing/chain.ts";
import { deployDao } from "../../testing/deployDao.ts";

const { loadFixture } = networkHelpers;
const { ZeroAddress, ZeroHash } = ethers;

const MANIFEST_TYPE = "tuple(bytes32 weightsHash, bytes32 licenceHash, bytes32 datasetsRoot, string metadataURI)";
const ROSTER_TYPE = "tuple(address account, string role, uint256 weight)[]";

function manifest(weights: string) {
  return {
    weightsHash: ethers.id(weights),
    licenceHash: ethers.id("Apache-2.0"),
    datasetsRoot: ethers.id("datasets"),
    metadataURI: `https://model.example/${weights}.json`,
  };
}

function hashOf(type: string, value: unknown) {
  return ethers.keccak256(ethers.AbiCoder.defaultAbiCoder().encode([type], [value]));
}

describe("ModelRegistry.publishManifest", () => {
  it("adds a version when the DAO has voted for it, and changes no earlier one", async () => {
    const { registry, shares, timelock, pass } = await loadFixture(deployDao);
    const model = await shares.getAddress();
    expect(await registry.manifestVersion(model)).to.equal(0n);
    for (const [index, weights] of ["one", "two"].entries()) {
      const next = manifest(weights);
      await expect(pass([await registry.publishManifest.populateTransaction(model, next)], `Publish ${weights}`))
        .to.emit(registry, "ManifestPublished")
        .withArgs(model, index + 1, hashOf(MANIFEST_TYPE, next), timelock, Object.values(next));
    }

    expect(await registry.manifestVersion(model)).to.equal(2n);
    expect(await registry.manifestHash(model, 1n)).to.equal(hashOf(MANIFEST_TYPE, manifest("one")));
    expect(await registry.manifestHash(model, 2n)).to.equal(hashOf(MANIFEST_TYPE, manifest("two")));
    for (const version of [0n, 3n]) expect(await registry.manifestHash(model, version)).to.equal(ZeroHash);
  });
});

describe("ModelRegistry.publishRoster", () => {
  it("adds a version, which may be empty", async () => {
    const { registry, shares, timelock, alice, bob, pass } = await loadFixture(deployDao);
    const model = await shares.getAddress();
    const rosters = [
      [
        { account: alice.address, role: "training", weight: 3n },
        { account: bob.address, role: "data", weight: 1n },
      ],
      [],
    ];
    for (const [index, roster] of rosters.entries()) {
      await expect(pass([await registry.publishRoster.populateTransaction(model, roster)], `Roster ${index}`))
        .to.emit(registry, "RosterPublished")
        .withArgs(model, index + 1, hashOf(ROSTER_TYPE, roster), timelock, roster.map(Object.values));
    }

    expect(await registry.rosterVersion(model)).to.equal(2n);
    for (const [index, roster] of rosters.entries())
      expect(await registry.rosterHash(model, index + 1)).to.equal(hashOf(ROSTER_TYPE, roster));
    expect(await registry.rosterHash(model, 3n)).to.equal(ZeroHash);
    expect(await registry.manifestVersion(model)).to.equal(0n);
  });
});

describe("ModelRegistry", () => {
  it("publishes for a model's owner alone: neither its founder, nor a holder, nor another model's owner", async () => {
    const { registry, shares, token, timelock, modelOwner, alice, stranger } = await loadFixture(deployDao);
    await ethers.deployContract("Shares", ["Two", "TWO", token, stranger, [stranger], [1n]]);
    for (const account of [modelOwner, alice, stranger])
      for (const publish of [
        () => registry.connect(account).publishManifest(shares, manifest("forged")),
        () => registry.connect(account).publishRoster(shares, [{ account: ZeroAddress, role: "", weight: 0n }]),
      ])
        await expect(publish())
          .to.be.revertedWithCustomError(registry, "ModelRegistry_NotModelOwner")
          .withArgs(timelock, account);
  });

  it("publishes for a founder until the DAO owns the model", async () => {
    const { registry, token, modelOwner, alice } = await loadFixture(deployDao);
    const young = await ethers.deployContract("Shares", ["Two", "TWO", token, modelOwner, [alice], [1n]]);
    await expect(registry.connect(modelOwner).publishManifest(young, manifest("zero")))
      .to.emit(registry, "ManifestPublished")
      .withArgs(young, 1n, hashOf(MANIFEST_TYPE, manifest("zero")), modelOwner, Object.values(manifest("zero")));
  });
});
