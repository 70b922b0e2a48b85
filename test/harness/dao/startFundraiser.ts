import { onTestFinished } from "vitest";
import { startDeployedChain } from "./deployedChain.ts";
import { launchModel } from "./launchModel.ts";
import { startCampaign } from "./startCampaign.ts";
import { tokenBook } from "./tokenBook.ts";

/** The model "ada" with a campaign for the lab that trains it, three who may contribute, and books of all there is. */
export async function startFundraiser() {
  const chain = await startDeployedChain();
  onTestFinished(() => chain.close());
  const founder = chain.person("founder");
  const dao = await launchModel(chain, founder, "ada");
  const campaign = await startCampaign(chain, dao, founder, chain.person("lab"));
  return {
    chain,
    founder,
    dao,
    campaign,
    alice: chain.person("alice"),
    bob: chain.person("bob"),
    carol: chain.person("carol"),
    dollars: () => tokenBook(chain, chain.dollar.address),
    shares: () => tokenBook(chain, dao.shares.address),
  };
}
