import { existsSync } from "node:fs";
import { type Browser, chromium, type Page } from "playwright-core";

/** Chromium as systems install it, or where `CHROMIUM` says; `null` where there is none. */
export const browserPath: string | null =
  [process.env.CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(
    (path) => path !== undefined && existsSync(path),
  ) ?? null;

/** A real browser without a window, which asks nothing of any network of its own accord. */
export const openBrowser = (executablePath: string): Promise<Browser> =>
  chromium.launch({
    executablePath,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });

/** What goes wrong on a page from now on: exceptions, failed loads, a broken security policy. */
export function problemsOf(page: Page): readonly string[] {
  const problems: string[] = [];
  page.on("pageerror", ({ message }) => problems.push(message));
  page.on("console", (said) => {
    if (said.type() === "error" || said.type() === "warning") problems.push(said.text());
  });
  return problems;
}
