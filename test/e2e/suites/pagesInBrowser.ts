import { type WhatIf, whatIf, whatIfInputs } from "@joulemint/app/page/assets/whatIf";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Browser, browserPath, openBrowser, type Page } from "../../harness/openBrowser.ts";
import type { FactoryProcess } from "../../harness/startFactoryProcess.ts";

/** The figures of a list of tiles by what they are called, with the small print. */
const tiles = (page: Page, list: string) =>
  page.evaluate<Record<string, string>>(
    `Object.fromEntries([...document.querySelectorAll("#${list} li")].map((li) =>
      [li.querySelector("span").textContent, [li.querySelector("strong").textContent, li.querySelector("small")?.textContent].filter(Boolean).join(": ")]))`,
  );

const type = (page: Page, name: string, value: string) =>
  page.evaluate(
    `{ const field = document.getElementById("${name}"); field.value = "${value}"; field.dispatchEvent(new Event("input", { bubbles: true })); }`,
  );

const text = (page: Page, id: string) => page.evaluate<string>(`document.getElementById("${id}").textContent`);

const example = Object.fromEntries(Object.entries(whatIfInputs).map(([name, { value }]) => [name, value])) as WhatIf;
const four = (value: number | null) =>
  value === null ? "—" : value.toLocaleString("en", { maximumSignificantDigits: 4 });

export function pagesInBrowser(running: () => FactoryProcess): void {
  describe.runIf(browserPath !== null)("pages in a real browser", () => {
    let browser: Browser;
    beforeAll(async () => {
      browser = await openBrowser(browserPath ?? "");
    });
    afterAll(() => browser.close());

    const open = (path: string) => browser.open(running().url + path);

    it("show the economics of the factory, and why a figure is not known", async () => {
      const page = await open("/");
      await expect
        .poll(() => tiles(page, "economics-tiles"))
        .toMatchObject({
          utilisation: "—: nobody said what the machines can make",
          "margin: profit over revenue": expect.stringMatching(/^—: ./),
        });
      expect(await tiles(page, "economics-tiles")).toHaveProperty("tokens per joule");
      expect(await text(page, "findings")).toContain("nobody said what a machine costs");
      expect(await page.evaluate(`document.querySelector("#economics-tiles strong").getAttribute("aria-label")`)).toBe(
        "unknown",
      );
      expect(page.problems).toEqual([]);
    });

    it("compute what-if with the package's own functions, from the address and as figures are typed", async () => {
      const page = await open("/what-if?price=2&electricity=0.2");
      const shown = async () => {
        const { "margin: profit over price": margin, "tokens per joule": joule } = await tiles(page, "rates");
        return { margin, joule, months: (await tiles(page, "plan"))["months to payback"] };
      };
      const expected = (change: Partial<WhatIf>) => {
        const { rates, paybackMonths } = whatIf({ ...example, ...change });
        return {
          margin: `${four((rates.margin ?? Number.NaN) * 100)} %`,
          joule: `${four(rates.tokensPerJoule)}: sold, at the facility's meter`,
          months: four(paybackMonths),
        };
      };
      await expect.poll(shown).toEqual(expected({ price: 2, electricity: 0.2 }));
      await type(page, "utilisation", "0.9");
      expect(await shown()).toEqual(expected({ price: 2, electricity: 0.2, utilisation: 0.9 }));
      expect(await page.evaluate("location.search")).toBe("?price=2&electricity=0.2&utilisation=0.9");
      expect(page.problems).toEqual([]);
    });

    it("draw the risk in a worker", async () => {
      const page = await open("/what-if?utilisation=0");
      await expect.poll(() => tiles(page, "outcomes")).toMatchObject({ "probability of a loss": "100 %" });
      await type(page, "utilisation", "0.5");
      await expect
        .poll(async () => Number.parseFloat((await tiles(page, "outcomes"))["probability of a loss"] ?? ""))
        .toBeLessThan(100);
    });

    it("say what cannot be, and show no figures of it", async () => {
      const page = await open("/what-if?utilisation=2");
      await expect.poll(() => text(page, "wrong")).toContain("utilisation must be 0 to 1");
      expect(await tiles(page, "rates")).toEqual({});
      await type(page, "utilisation", "1");
      expect(await text(page, "wrong")).toBe("");
      await type(page, "price", "");
      expect(await text(page, "wrong")).not.toBe("");
    });

    it.each(["/", "/what-if"])("have a name for every field, a language and one first heading: %s", async (path) => {
      const page = await open(path);
      const found = `({
        nameless: [...document.querySelectorAll("input")].filter(({ labels }) => labels.length === 0).length,
        unnamed: [...document.querySelectorAll("section")].filter((it) => !document.getElementById(it.getAttribute("aria-labelledby"))).length,
        headings: document.querySelectorAll("h1").length,
        language: document.documentElement.lang,
      })`;
      expect(await page.evaluate(found)).toEqual({ nameless: 0, unnamed: 0, headings: 1, language: "en" });
    });
  });
}
