import { afterAll, beforeAll } from "vitest";
import { type FactoryProcess, type FactoryProcessOptions, startFactoryProcess } from "./startFactoryProcess.ts";

/** A factory for the suites around the call, from their start to their end. */
export function useFactory(options: FactoryProcessOptions): () => FactoryProcess {
  let factory: FactoryProcess | undefined;
  beforeAll(async () => {
    factory = await startFactoryProcess(options);
  });
  afterAll(() => factory?.stop());
  return () => {
    if (factory === undefined) throw new Error("The factory runs in tests and hooks only.");
    return factory;
  };
}
