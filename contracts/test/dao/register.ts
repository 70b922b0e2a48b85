import { expect } from "chai";
import { ethers, networkHelpers } from "../../testing/chain.ts";
import { deployDao } from "../../testing/deployDao.ts";

const { loadFixture } = networkHelpers;
const { ZeroAddress } = ethers;

describe("ModelRegistry.register", () => {
  it("records how a model is governed, whoever calls, and proves it as of now", async () => {
    const { registry, shares, governor, timelock } = await loadFixture(deployDao);
    const [registered] = await registry.queryFilter(registry.filters.ModelRegistered());
    expect(registered?.args).to.deep.equal(
      await Promise.all([shares, governor, timelock].map((contract) => contract.getAddress())),
    );
    expect(await registry.verify(shares)).to.deep.equal([await governor.getAddress(), await timelock.getAddress()]);
  });

  it("does so once", async () => {
    const { registry, shares, governor } = await loadFixture(deployDao);
    await expect(registry.register(shares, governor))
      .to.be.revertedWithCustomError(registry, "ModelRegistry_AlreadyRegistered")
      .withArgs(shares, governor);
  });

  it("knows nothing of other models", async () => {
    const { registry, credits } = await loadFixture(deployDao);
    await expect(registry.verify(credits))
      .to.be.revertedWithCustomError(registry, "ModelRegistry_UnknownModel")
      .withArgs(credits);
  });

  it("refuses a governor that was deployed elsewhere, even by the same code", async () => {
    const { registry, credits, stranger } = await loadFixture(deployDao);
    const elsewhere = await deployDao();
    for (const unknown of [await elsewhere.governor.getAddress(), stranger.address, ZeroAddress])
      for (const model of [elsewhere.shares, credits])
        await expect(registry.register(model, unknown))
          .to.be.revertedWithCustomError(registry, "ModelRegistry_UnknownGovernor")
          .withArgs(unknown);
  });

  it("refuses a governor that votes with other shares", async () => {
    const { registry, token, shares, timelock, alice, createGovernor } = await loadFixture(deployDao);
    const others = await ethers.deployContract("Shares", ["Two", "TWO", token, timelock, [alice], [1n]]);
    const { governor } = await createGovernor(others);
    await expect(registry.register(shares, governor))
      .to.be.revertedWithCustomError(registry, "ModelRegistry_WrongShares")
      .withArgs(shares, others);
  });

  it("refuses a model that a founder, or another governor, still owns", async () => {
    const { registry, token, governor, timelock, alice, modelOwner, createGovernor } = await loadFixture(deployDao);
    const young = await ethers.deployContract("Shares", ["Two", "TWO", token, modelOwner, [alice], [1n]]);
    const created = await createGovernor(young);
    await expect(registry.register(young, created.governor))
      .to.be.revertedWithCustomError(registry, "ModelRegistry_WrongOwner")
      .withArgs(created.timelock, modelOwner);

    await young.connect(modelOwner).transferOwnership(timelock);
    await expect(registry.register(young, created.governor))
      .to.be.revertedWithCustomError(registry, "ModelRegistry_WrongOwner")
      .withArgs(created.timelock, timelock);
    await expect(registry.register(young, governor))
      .to.be.revertedWithCustomError(registry, "ModelRegistry_WrongShares")
      .withArgs(young, await governor.token());
  });

  it("takes a model whose DAO moved to another governor, and no longer vouches for the first", async () => {
    const { registry, shares, governor, timelock, createGovernor, pass } = await loadFixture(deployDao);
    const next = await createGovernor(shares, ethers.id("next"));
    await pass([await shares.transferOwnership.populateTransaction(await next.timelock.getAddress())], "Move");
    await expect(registry.verify(shares))
      .to.be.revertedWithCustomError(registry, "ModelRegistry_WrongOwner")
      .withArgs(timelock, next.timelock);

    await expect(registry.register(shares, next.governor))
      .to.emit(registry, "ModelRegistered")
      .withArgs(shares, next.governor, next.timelock);
    expect(await registry.verify(shares)).to.deep.equal([
      await next.governor.getAddress(),
      await next.timelock.getAddress(),
    ]);
    await expect(registry.register(shares, governor)).to.be.revertedWithCustomError(
      registry,
      "ModelRegistry_WrongOwner",
    );
  });
});

describe("ModelRegistry.verify", () => {
  it("does not vouch for a governor that acts through another timelock", async () => {
    const { registry, shares, governor, timelock, createGovernor, pass } = await loadFixture(deployDao);
    const other = (await createGovernor(shares, ethers.id("other"))).timelock;
    await pass([await governor.updateTimelock.populateTransaction(await other.getAddress())], "Another timelock");
    await expect(registry.verify(shares))
      .to.be.revertedWithCustomError(registry, "ModelRegistry_WrongTimelock")
      .withArgs(timelock, other);
  });

  for (const role of ["DEFAULT_ADMIN_ROLE", "PROPOSER_ROLE", "CANCELLER_ROLE", "EXECUTOR_ROLE"] as const) {
    it(`does not vouch for a timelock that shares its ${role}, or gave it away`, async () => {
      const { registry, shares, governor, timelock, stranger, pass } = await loadFixture(deployDao);
      const id = await timelock[role]();
      const holder = await (role === "DEFAULT_ADMIN_ROLE" ? timelock : governor).getAddress();
      await pass([await timelock.grantRole.populateTransaction(id, stranger.address)], "Share");
      await expect(registry.verify(shares))
        .to.be.revertedWithCustomError(registry, "ModelRegistry_WrongRole")
        .withArgs(id, holder, 2n);

      // The newcomer alone is no better.
      if (role === "DEFAULT_ADMIN_ROLE") await timelock.connect(stranger).revokeRole(id, holder);
      else await pass([await timelock.revokeRole.populateTransaction(id, holder)], "Give away");
      await expect(registry.verify(shares))
        .to.be.revertedWithCustomError(registry, "ModelRegistry_WrongRole")
        .withArgs(id, holder, 1n);
    });
  }

  it("vouches again when the DAO has taken back what it granted", async () => {
    const { registry, shares, governor, timelock, stranger, pass } = await loadFixture(deployDao);
    const role = await timelock.PROPOSER_ROLE();
    await pass([await timelock.grantRole.populateTransaction(role, stranger.address)], "Grant");
    await pass([await timelock.revokeRole.populateTransaction(role, stranger.address)], "Revoke");
    expect((await registry.verify(shares)).governor).to.equal(governor);
  });
});
