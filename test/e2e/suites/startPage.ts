import { beforeAll, describe, expect, it } from "vitest";
import type { FactoryProcess } from "../../harness/startFactoryProcess.ts";

export function startPage(running: () => FactoryProcess): void {
  describe("the start page", () => {
    let factory: FactoryProcess;
    beforeAll(() => {
      factory = running();
    });

    it("loads nothing from elsewhere", async () => {
      const pages = await Promise.all(
        ["/", "/what-if", "/whatIfPage.js", "/style.css"].map(async (path) => (await fetch(factory.url + path)).text()),
      );
      expect(pages.join("").length).toBeGreaterThan(1000);
      expect(pages.join("")).not.toMatch(/https?:\/\//);
    });

    it("asks GraphQL what GraphQL answers", async () => {
      const script = await (await fetch(`${factory.url}/live.js`)).text();
      const query = /const query = `([^`]+)`/.exec(script)?.[1] ?? "";
      const data = await factory.client.query<{ reconciliation: { difference: string } }>(query);
      expect(data.reconciliation.difference).toBe("0");
    });

    it("serves economics as it is, without its types, and nothing beside it", async () => {
      const get = (path: string) => fetch(factory.url + path);
      const answer = await get("/economics/finance/project.ts");
      expect(answer.headers.get("content-type")).toMatch(/^text\/javascript/);
      expect(await answer.text()).toContain("export function project(scenario");
      for (const path of ["/economics/absent.ts", "/economics/..%2f..%2fpackage.json", "/whatIf.test.ts"]) {
        expect((await get(path)).status, path).toBe(404);
      }
    });

    it.each(["//", "/nowhere", "/v1/nowhere"])(
      "says what is not at %s in the words of an OpenAI error",
      async (path) => {
        const response = await fetch(factory.url + path);
        expect(response.status).toBe(404);
        expect(await response.json()).toMatchObject({ error: { code: "NOT_FOUND", type: "invalid_request_error" } });
      },
    );
  });
}
