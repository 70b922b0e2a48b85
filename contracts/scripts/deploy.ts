// Deploys the singletons, or a model with its DAO, or prints what would be done:
//   npm run deploy -w contracts -- --dry-run [--rpc URL] [--model FILE]
//   npm run deploy -w contracts -- --rpc URL [--model FILE] [--key NAME]
// Without --key, the node at the URL signs; NAME is a key of Hardhat's keystore (`npx hardhat keystore set NAME`).
import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { network } from "hardhat";
import { configVariable } from "hardhat/config";
import { DeploymentError, deploy, stepsLeft } from "../deployment/deploy.ts";
import { type ModelTerms, model } from "../deployment/model.ts";
import { singletons } from "../deployment/singletons.ts";

const { values } = parseArgs({
  options: {
    "dry-run": { type: "boolean" },
    rpc: { type: "string" },
    model: { type: "string" },
    key: { type: "string" },
  },
});

const terms = values.model && (JSON.parse(await readFile(values.model, "utf8")) as ModelTerms);
const { addresses, steps } = terms ? model(terms) : singletons();
for (const [name, address] of Object.entries(addresses)) console.log(`${name.padEnd(14)} ${address}`);

try {
  if (values.rpc !== undefined) {
    const accounts = values.key === undefined ? ("remote" as const) : [configVariable(values.key)];
    const connection = await network.create({ network: "remote", override: { url: values.rpc, accounts } });
    for (const step of await stepsLeft(connection, steps)) {
      console.log(`to send: ${step.name}, at most ${step.gas} gas`);
    }
    if (!values["dry-run"]) await deploy(connection, terms ? "Model" : "Singletons", steps);
    await connection.close();
  } else if (!values["dry-run"]) {
    throw new DeploymentError("--rpc URL says where to; --dry-run needs none");
  }
} catch (error) {
  if (!(error instanceof DeploymentError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
