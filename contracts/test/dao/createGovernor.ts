import { expect } from "chai";
import { ethers, networkHelpers } from "../../testing/chain.ts";
import { deployDao, SETTINGS } from "../../testing/deployDao.ts";

const { loadFixture } = networkHelpers;
const { ZeroHash } = ethers;

/** Of EIP-7825. */
const TRANSACTION_GAS_LIMIT = 16_777_216n;

describe("ModelRegistry.createGovernor", () => {
  it("creates a governor that votes with the model's shares, by the settings", async () => {
    const { governor, shares } = await loadFixture(deployDao);
    expect(await governor.name()).to.equal("Joulemint Model Governor");
    expect(await governor.token()).to.equal(shares);
    expect(await governor.CLOCK_MODE()).to.equal("mode=timestamp");
    expect(await governor.clock()).to.equal(await shares.clock());
    expect(await governor.votingDelay()).to.equal(SETTINGS.votingDelay);
    expect(await governor.votingPeriod()).to.equal(SETTINGS.votingPeriod);
    expect(await governor.lateQuorumVoteExtension()).to.equal(SETTINGS.lateQuorumExtension);
    expect(await governor.proposalThreshold()).to.equal(SETTINGS.proposalThreshold);
    expect(await governor.quorum((await governor.clock()) - 1n)).to.equal(250_000n);
  });

  it("gives the timelock's roles to the governor alone, and its administration to itself", async () => {
    const { governor, timelock } = await loadFixture(deployDao);
    expect(await timelock.getMinDelay()).to.equal(SETTINGS.timelockDelay);
    for (const role of ["PROPOSER_ROLE", "CANCELLER_ROLE", "EXECUTOR_ROLE"] as const)
      expect(await timelock.getRoleMembers(await timelock[role]())).to.deep.equal([await governor.getAddress()]);
    expect(await timelock.getRoleMembers(ZeroHash)).to.deep.equal([await timelock.getAddress()]);
  });

  it("tells which interfaces the timelock has", async () => {
    const { timelock } = await loadFixture(deployDao);
    // ERC-165, ERC-1155's receiver, OpenZeppelin's AccessControl and its enumeration.
    for (const id of ["0x01ffc9a7", "0x4e2312e0", "0x7965db0b", "0x5a05180f"])
      expect(await timelock.supportsInterface(id)).to.equal(true);
    expect(await timelock.supportsInterface("0xffffffff")).to.equal(false);
  });

  it("leaves the caller no say: the address follows from the arguments", async () => {
    const { registry, shares, alice, stranger, bytecode } = await loadFixture(deployDao);
    const salt = ethers.id("second");
    const addresses = await Promise.all(
      [alice, stranger].map((caller) =>
        registry.connect(caller).createGovernor.staticCall(shares, SETTINGS, salt, bytecode),
      ),
    );
    expect(addresses[0]).to.equal(addresses[1]);
    await expect(registry.connect(stranger).createGovernor(shares, SETTINGS, salt, bytecode))
      .to.emit(registry, "GovernorCreated")
      .withArgs(shares, addresses[0], ethers.getCreateAddress({ from: addresses[0], nonce: 1 }));
    await expect(
      registry.connect(alice).createGovernor(shares, SETTINGS, salt, bytecode),
    ).to.be.revertedWithCustomError(
      { interface: new ethers.Interface(["error FailedDeployment()"]) },
      "FailedDeployment",
    );
  });

  it("fits in one transaction", async () => {
    const { registry, shares, bytecode } = await loadFixture(deployDao);
    const gas = await registry.createGovernor.estimateGas(shares, SETTINGS, ethers.id("gas"), bytecode);
    expect(gas).to.be.lessThan(TRANSACTION_GAS_LIMIT);
  });

  it("takes no other code than the governor's", async () => {
    const { registry, shares, bytecode } = await loadFixture(deployDao);
    const expected = await registry.governorCodeHash();
    expect(ethers.keccak256(bytecode)).to.equal(expected);
    for (const code of ["0x", ethers.dataSlice(bytecode, 1), ethers.concat([bytecode, "0x00"])])
      await expect(registry.createGovernor(shares, SETTINGS, ZeroHash, code))
        .to.be.revertedWithCustomError(registry, "ModelRegistry_WrongCode")
        .withArgs(expected, ethers.keccak256(code));
  });

  const badSettings: [string, Partial<typeof SETTINGS>, string, unknown[]][] = [
    ["no time to vote", { votingPeriod: 0n }, "GovernorInvalidVotingPeriod", [0n]],
    ["a quorum above the supply", { quorumPercent: 101n }, "GovernorInvalidQuorumFraction", [101n, 100n]],
    [
      "an extension that outlasts the vote",
      { lateQuorumExtension: SETTINGS.votingPeriod + 1n },
      "GovernorPreventLateQuorumVoteExtensionTooLarge",
      [SETTINGS.votingPeriod + 1n, SETTINGS.votingPeriod],
    ],
  ];
  for (const [what, change, error, args] of badSettings)
    it(`refuses ${what}`, async () => {
      const { registry, governor, shares, bytecode } = await loadFixture(deployDao);
      await expect(registry.createGovernor(shares, { ...SETTINGS, ...change }, ZeroHash, bytecode))
        .to.be.revertedWithCustomError(governor, error)
        .withArgs(...args);
    });
});
