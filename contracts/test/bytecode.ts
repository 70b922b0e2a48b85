import { expect } from "chai";
import { artifacts } from "hardhat";
import { ethers } from "../testing/chain.ts";

const SIZE_LIMIT = 24_576;

describe("Deployed bytecode", () => {
  for (const name of ["Claims", "Credits", "Pledge", "ShareBox", "ShareVault", "Shares", "TestDollar"])
    it(`of ${name} fits the limit of EIP-170`, async () => {
      const { deployedBytecode } = await artifacts.readArtifact(name);
      expect(ethers.dataLength(deployedBytecode)).to.be.lessThan(SIZE_LIMIT);
    });
});
