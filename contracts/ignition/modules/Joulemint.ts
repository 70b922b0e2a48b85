import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";

/** What a local chain needs once: the payment token and the credits. `Shares` are deployed with each model. */
export default buildModule("Joulemint", (m) => ({
  testDollar: m.contract("TestDollar"),
  credits: m.contract("Credits"),
}));
