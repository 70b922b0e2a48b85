import { network } from "hardhat";

/** One in-process chain for all test files; `networkHelpers.loadFixture` takes it back to a known state. */
export const { ethers, networkHelpers } = await network.create();
