import { expect } from "chai";
import { artifacts } from "hardhat";
import { ethers } from "../testing/chain.ts";

const SIZE_LIMIT = 24_576;
const CREATION_LIMIT = 49_152;
/** Constructor arguments come on top: nine words at most. */
const MAX_ARGUMENTS = 288;

describe("Deployed bytecode", () => {
  for (const name of [
    "Claims",
    "CreditMetadata",
    "Credits",
    "Crowdfund",
    "ModelGovernor",
    "ModelRegistry",
    "ModelTimelock",
    "OperatorBond",
    "Pledge",
    "ShareBox",
    "ShareVault",
    "Shares",
    "TestDollar",
  ])
    it(`of ${name} fits the limit of EIP-170`, async () => {
      const { deployedBytecode } = await artifacts.readArtifact(name);
      expect(ethers.dataLength(deployedBytecode)).to.be.lessThan(SIZE_LIMIT);
    });

  for (const name of ["Credits", "ModelGovernor", "ModelRegistry"])
    it(`of ${name} comes from creation code that fits the limit of EIP-3860`, async () => {
      const { bytecode } = await artifacts.readArtifact(name);
      expect(ethers.dataLength(bytecode)).to.be.lessThan(CREATION_LIMIT - MAX_ARGUMENTS);
    });
});
