import { createGateway } from "@joulemint/gateway/createGateway";
import { scrapedEnergy } from "@joulemint/gateway/scrapedEnergy";
import { openLedger } from "@joulemint/ledger/openLedger";
import { listServedModels } from "@joulemint/ledger/servedOfferings";
import { JoulemintError } from "@joulemint/protocol/JoulemintError";
import { Closing } from "./Closing.ts";
import { closeOnSignal } from "./closeOnSignal.ts";
import { loadKeyring } from "./keyring.ts";
import { consoleLogger } from "./logger.ts";
import { createOrigin } from "./Origin.ts";
import type { RunningFactory, StateDirectory } from "./stateDirectory.ts";
import { externalUpstream } from "./Upstream.ts";

export interface GatewayProcessOptions {
  /** Of a running factory. */
  readonly state: StateDirectory;
  /** The factory's own. */
  readonly databaseUrl: string;
  /** 0: any free port. */
  readonly port: number;
  readonly name: string;
  readonly leaseMs: number;
  readonly chainAgeMs: number;
  /** Instead of the inference server that the factory uses. */
  readonly upstream?: string;
  readonly upstreamKey?: string;
}

export interface GatewayProcess {
  readonly url: string;
  readonly name: string;
  readonly model: string;
  readonly pid: number;
}

/**
 * One more gateway beside a running factory: it shares the ledger and the receipt key, and serves what the factory
 * serves. FACTORY_NOT_RUNNING; CONFIG_INVALID when the database is not the one that the factory writes to.
 */
export async function startGatewayProcess(options: GatewayProcessOptions): Promise<GatewayProcess> {
  const closing = new Closing();
  const started = start(options, closing);
  closeOnSignal(closing, started, 0);
  try {
    return await started;
  } catch (error) {
    await closing.close().catch(() => {});
    // Stopped by a signal: whoever handles it ends the process, and nobody has to hear of a failure.
    if (closing.stopping) await new Promise(() => {});
    throw error;
  }
}

async function start(options: GatewayProcessOptions, closing: Closing): Promise<GatewayProcess> {
  const { state, databaseUrl, port, name, leaseMs, chainAgeMs } = options;
  const logger = consoleLogger();
  const factory = state.running();
  const upstream = await chooseUpstream(options, factory);
  const ledger = closing.own(await openLedger({ databaseUrl }));
  if (!(await listServedModels(ledger)).includes(factory.model)) {
    throw new JoulemintError("CONFIG_INVALID", {
      setting: "DATABASE_URL",
      expected: `the database in which ${factory.url} serves ${factory.model}`,
    });
  }
  const origin = closing.own(createOrigin(logger));
  const gateway = closing.own(
    await createGateway({
      ledger,
      domain: { chainId: factory.chainId, credits: factory.credits },
      receiptAccount: loadKeyring(state.keyring).receipt,
      upstream,
      energy: scrapedEnergy({ metricsUrl: upstream.metricsUrl, logger }),
      name,
      leaseMs,
      limits: { chainAgeMs },
      logger,
    }),
  );
  const url = await origin.listen(port);
  origin.serve([gateway.handle]);
  return { url, name, model: factory.model, pid: process.pid };
}

function chooseUpstream({ upstream, upstreamKey }: GatewayProcessOptions, factory: RunningFactory) {
  if (upstream !== undefined) return externalUpstream(upstream, upstreamKey, factory.model);
  return upstreamKey === undefined ? factory.upstream : { ...factory.upstream, apiKey: upstreamKey };
}
