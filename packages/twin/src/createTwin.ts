import { randomUUID } from "node:crypto";
import { once } from "node:events";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { Admission } from "./internal/Admission.ts";
import { ApiError } from "./internal/ApiError.ts";
import { answerStream, answerWhole } from "./internal/answerChat.ts";
import { parseChatRequest } from "./internal/ChatRequest.ts";
import { EnergyModel } from "./internal/EnergyModel.ts";
import { Engine } from "./internal/Engine.ts";
import { EngineMetrics } from "./internal/EngineMetrics.ts";
import { planJob } from "./internal/planJob.ts";
import { readBody } from "./internal/readBody.ts";
import { readCorpus } from "./internal/readCorpus.ts";
import { sendJson } from "./internal/sendJson.ts";
import { loadTokenizer } from "./internal/Tokenizer.ts";
import { trainModel } from "./internal/trainModel.ts";
import { resolveOptions, type TwinOptions } from "./TwinOptions.ts";

export interface Twin {
  readonly server: http.Server;
  /** `http://127.0.0.1:PORT`, already listening. */
  readonly url: string;
  /** Drops what is running and frees the port. */
  close(): Promise<void>;
}

const ABOUT =
  "Not an LLM: a word trigram model with back-off, trained at start-up on a few hundred kilobytes of prose. " +
  "Its words are babble. Its token counts are exact; its energy figures are modelled.";

/**
 * An OpenAI-compatible inference server for those without a GPU: `POST /v1/chat/completions`, `GET /v1/models`,
 * `GET /metrics` (vLLM and DCGM names), `GET /health`. Resolves when it listens.
 * Throws `RangeError` for bad options and for a corpus without text.
 */
export async function createTwin(options: TwinOptions): Promise<Twin> {
  const resolved = resolveOptions(options);
  const { corpus, modelName, maxModelLen } = resolved;
  const tokenizer = await loadTokenizer();
  const texts = "texts" in corpus ? corpus.texts : readCorpus(corpus.directory, resolved.corpusBytes);
  const model = trainModel(texts, tokenizer);
  const energy = new EnergyModel(resolved.hardware, () => performance.now());
  const metrics = new EngineMetrics(modelName, energy);
  const engine = new Engine(resolved.speed, new Admission(resolved.maxRunning), energy, metrics);
  const created = Math.floor(Date.now() / 1000);
  let seed = resolved.seed;
  const plan = { ...resolved, model, tokenizer, nextSeed: () => seed++ };

  const chat = async (request: http.IncomingMessage, response: http.ServerResponse, signal: AbortSignal) => {
    const chatRequest = parseChatRequest(await readBody(request, resolved.maxBodyBytes), modelName, maxModelLen);
    const job = planJob(chatRequest, plan);
    const heading = { id: `chatcmpl-${randomUUID()}`, created: Math.floor(Date.now() / 1000), model: modelName };
    if (chatRequest.stream) await answerStream(engine, job, heading, chatRequest, response, signal);
    else await answerWhole(engine, job, heading, response, signal);
  };

  const routes: Record<string, { method: string; handle: typeof chat }> = {
    "/v1/chat/completions": { method: "POST", handle: chat },
    "/v1/models": {
      method: "GET",
      async handle(_, response) {
        const entry = { id: modelName, object: "model", created, owned_by: "joulemint", max_model_len: maxModelLen };
        sendJson(response, 200, { object: "list", data: [{ ...entry, description: ABOUT }] });
      },
    },
    "/metrics": {
      method: "GET",
      async handle(_, response) {
        const body = await metrics.registry.metrics();
        response.writeHead(200, { "content-type": metrics.registry.contentType }).end(body);
      },
    },
    "/health": {
      method: "GET",
      async handle(_, response) {
        sendJson(response, 200, { status: "ok" });
      },
    },
  };

  const handle = async (request: http.IncomingMessage, response: http.ServerResponse, signal: AbortSignal) => {
    const path = request.url?.split("?")[0] ?? "";
    const route = Object.hasOwn(routes, path) ? routes[path] : undefined;
    if (!route) throw new ApiError(404, "not_found", `no such path: ${path}`);
    if (request.method !== route.method) {
      throw new ApiError(405, "method_not_allowed", `${path} takes ${route.method}, not ${request.method}`);
    }
    await route.handle(request, response, signal);
  };

  const server = http.createServer({ noDelay: true }, (request, response) => {
    const gone = new AbortController();
    response.on("close", () => gone.abort());
    handle(request, response, gone.signal).catch((error: unknown) => {
      if (gone.signal.aborted) return;
      const known = error instanceof ApiError ? error : new ApiError(500, "internal_error", String(error));
      if (response.headersSent) response.end(`data: ${JSON.stringify(known.body)}\n\n`);
      else sendJson(response, known.status, known.body);
    });
  });
  server.listen(resolved.port, "127.0.0.1");
  await once(server, "listening");
  return {
    server,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
