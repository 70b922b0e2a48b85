import { readFileSync } from "node:fs";
import { type ErrorCode, errorCatalogue } from "@joulemint/protocol/errorCatalogue";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { chainProvocations } from "./provocations/chain.ts";
import { commandProvocations } from "./provocations/commandLine.ts";
import { httpProvocations } from "./provocations/http.ts";
import { operationProvocations } from "./provocations/operations.ts";
import { type Scene, startScene } from "./Scene.ts";

/** In this order: the later ones leave less of the factory. */
const provocations = [...httpProvocations, ...commandProvocations, ...chainProvocations, ...operationProvocations];

/** What cannot be brought about from outside without breaking Joulemint first, and where it is tested instead. */
const ELSEWHERE: Partial<Record<ErrorCode, string>> = {
  INTERNAL: "packages/api/src/toGraphQLError.test.ts",
  OFFERING_EXPIRED: "packages/gateway/src/chatCompletions.test.ts",
  TIMED_OUT: "apps/joulemint/src/client/until.test.ts",
  GRAPHQL_FAILED: "apps/joulemint/src/client/graphql.test.ts",
  SETTLEMENT_FAILED: "packages/chain/src/indexAndSettle.test.ts",
  CHAIN_BEHIND: "packages/chain/src/chainFollower.test.ts",
};

describe("the error catalogue", () => {
  let scene: Scene;
  beforeAll(async () => {
    scene = await startScene();
  });
  afterAll(() => scene?.close());

  it.each(provocations)("$code at the $surface", async ({ code, surface, provoke }) => {
    const provoked = await provoke(scene);
    expect(provoked.code).toBe(code);
    if (surface === "HTTP") expect(provoked.status).toBe(errorCatalogue[code].httpStatus);
  });

  it.each(Object.entries(ELSEWHERE))("%s is tested by %s", (code, file) => {
    expect(readFileSync(new URL(`../../${file}`, import.meta.url), "utf8")).toContain(code);
  });

  it("has no error that nobody has seen", () => {
    const seen = new Set<string>([...provocations.map(({ code }) => code), ...Object.keys(ELSEWHERE)]);
    expect(Object.keys(errorCatalogue).filter((code) => !seen.has(code))).toEqual([]);
  });
});
