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
        ["/", "/style.css"].map(async (path) => (await fetch(factory.url + path)).text()),
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
