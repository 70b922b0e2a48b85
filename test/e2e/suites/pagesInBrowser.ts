import { type WhatIf, whatIf, whatIfInputs } from "@joulemint/app/page/assets/whatIf";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { browserPath, openBrowser, problemsOf } from "../../harness/openBrowser.ts";
import type { FactoryProcess } from "../../harness/startFactoryProcess.ts";

/** A figure by what it is called, and its small print if it has any. */
const figure = (page: Page, name: string) =>
  page
    .getByRole("listitem")
    .filter({ has: page.getByText(name, { exact: true }) })
    .locator("strong, small")
    .allTextContents();

const example = Object.fromEntries(Object.entries(whatIfInputs).map(([name, { value }]) => [name, value])) as WhatIf;
const four = (value: number | null) =>
  value === null ? "—" : value.toLocaleString("en", { maximumSignificantDigits: 4 });

export function pagesInBrowser(running: () => FactoryProcess): void {
  if (browserPath === null) {
    console.info("Tests in a browser are skipped: no Chromium. Install it, or say in CHROMIUM where it is.");
  }
  describe.runIf(browserPath !== null)("pages in a real browser", () => {
    let browser: Browser;
    beforeAll(async () => {
      browser = await openBrowser(browserPath ?? "");
    });
    afterAll(() => browser.close());

    const open = async (path: string) => {
      const page = await browser.newPage();
      const problems = problemsOf(page);
      await page.goto(running().url + path);
      return { page, problems };
    };

    it("show the economics of the factory, and why a figure is not known", async () => {
      const { page, problems } = await open("/");
      await expect.poll(() => figure(page, "utilisation")).toEqual(["—", "nobody said what the machines can make"]);
      expect(await figure(page, "margin: profit over revenue")).toEqual(["—", expect.stringMatching(/./)]);
      expect(await figure(page, "tokens per joule")).not.toEqual([]);
      const [cost, missing] = await figure(page, "cost of a million tokens produced");
      expect([cost, missing]).toEqual(["—", expect.stringContaining("what the rest of their machines uses")]);
      expect(await page.getByRole("list", { name: "Findings" }).textContent()).toContain(
        "nobody said what a machine costs",
      );
      expect(await page.getByLabel("unknown").first().textContent()).toBe("—");
      expect(problems).toEqual([]);
    });

    it("compute what-if with the package's own functions, from the address and as figures are typed", async () => {
      const { page, problems } = await open("/what-if?price=2&electricity=0.2");
      const shown = async () => ({
        margin: await figure(page, "margin: profit over price"),
        joule: await figure(page, "tokens per joule"),
        months: await figure(page, "months to payback"),
      });
      const expected = (change: Partial<WhatIf>) => {
        const { rates, paybackMonths } = whatIf({ ...example, ...change });
        return {
          margin: [`${four((rates.margin ?? Number.NaN) * 100)} %`],
          joule: [four(rates.tokensPerJoule), "sold, at the facility's meter"],
          months: [four(paybackMonths)],
        };
      };
      await expect.poll(shown).toEqual(expected({ price: 2, electricity: 0.2 }));
      await page.getByLabel("Utilisation").fill("0.9");
      expect(await shown()).toEqual(expected({ price: 2, electricity: 0.2, utilisation: 0.9 }));
      expect(new URL(page.url()).search).toBe("?price=2&electricity=0.2&utilisation=0.9");
      expect(problems).toEqual([]);
    });

    it("show the findings of what-if, and at each figure without a value what it lacks", async () => {
      const { page, problems } = await open("/what-if?utilisation=0");
      const nothing = "the share of capacity that is sold is 0: there is no ratio over nothing";
      await expect.poll(() => figure(page, "margin: profit over price")).toEqual(["—", nothing]);
      expect(await figure(page, "break-even utilisation")).not.toContain(nothing);
      const findings = page.getByRole("list", { name: "Findings" }).getByRole("listitem");
      const { findings: expected } = whatIf({ ...example, utilisation: 0 });
      expect(await findings.allTextContents()).toEqual(expected.map(({ message }) => message));
      await page.getByLabel("Utilisation").fill("0.5");
      expect(await findings.allTextContents()).not.toContain(nothing);
      expect(problems).toEqual([]);
    });

    it("draw the risk in a worker", async () => {
      const { page } = await open("/what-if?utilisation=0");
      const loss = () => figure(page, "probability of a loss");
      await expect.poll(loss).toEqual(["100 %"]);
      await page.getByLabel("Utilisation").fill("0.5");
      await expect.poll(async () => Number.parseFloat((await loss())[0] ?? "")).toBeLessThan(100);
    });

    it("say what cannot be, and show no figures of it", async () => {
      const { page } = await open("/what-if?utilisation=2");
      const wrong = () => page.getByRole("alert").textContent();
      await expect.poll(wrong).toContain("utilisation must be 0 to 1");
      expect(await page.locator("#rates").getByRole("listitem").count()).toBe(0);
      await page.getByLabel("Utilisation").fill("1");
      expect(await wrong()).toBe("");
      await page.locator("#price").fill("");
      expect(await wrong()).not.toBe("");
    });

    it.each(["/", "/what-if"])("have a name for every field, a language and one first heading: %s", async (path) => {
      const { page } = await open(path);
      const named = { name: /./ };
      const count = (selector: string) => page.locator(selector).count();
      expect(await page.getByRole("spinbutton", named).count()).toBe(await count("input"));
      expect(await page.getByRole("region", named).count()).toBe(await count("section"));
      expect(await page.getByRole("heading", { level: 1 }).count()).toBe(1);
      expect(await page.locator("html").getAttribute("lang")).toBe("en");
    });
  });
}
