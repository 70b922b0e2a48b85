import config from "../hardhat.config.ts";

// Mutants are compiled without the optimizer, which makes them larger than a chain allows.
export default {
  ...config,
  networks: { ...config.networks, default: { type: "edr-simulated" as const, allowUnlimitedContractSize: true } },
};
