import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

/** Chromium as systems install it, or where `CHROMIUM` says; `null` where there is none. */
export const browserPath: string | null =
  [process.env.CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(
    (path) => path !== undefined && existsSync(path),
  ) ?? null;

export interface Page {
  /** The value of an expression, awaited. Throws what it throws. */
  evaluate<Value>(expression: string): Promise<Value>;
  /** What went wrong on the page so far: exceptions, failed loads, a broken security policy. */
  readonly problems: readonly string[];
}

export interface Browser {
  open(url: string): Promise<Page>;
  close(): Promise<void>;
}

type Answer = {
  readonly id?: number;
  readonly sessionId?: string;
  readonly method?: string;
  readonly params?: Readonly<Record<string, unknown>>;
  readonly result?: Readonly<Record<string, unknown>>;
  readonly error?: { readonly message: string };
};

/** A real browser without a window, by its own DevTools protocol. */
export async function openBrowser(path: string): Promise<Browser> {
  const profile = mkdtempSync(join(tmpdir(), "joulemint-browser-"));
  const child = spawn(
    path,
    [
      "--headless",
      "--no-sandbox",
      "--disable-gpu",
      "--no-first-run",
      "--disable-background-networking",
      "--remote-debugging-port=0",
      `--user-data-dir=${profile}`,
    ],
    { stdio: ["ignore", "ignore", "pipe"] },
  );
  const exited = new Promise<void>((resolve) => child.once("close", () => resolve()));
  const socket = new WebSocket(await debuggingUrl(child.stderr));
  await new Promise((resolve, reject) => {
    socket.onopen = resolve;
    socket.onerror = () => reject(new Error("The browser does not answer."));
  });

  const waiting = new Map<number, (answer: Answer) => void>();
  const listeners = new Map<string, (answer: Answer) => void>();
  socket.onmessage = ({ data }) => {
    const answer = JSON.parse(String(data)) as Answer;
    if (answer.id !== undefined) waiting.get(answer.id)?.(answer);
    else listeners.get(answer.sessionId ?? "")?.(answer);
  };
  let last = 0;
  const send = async (method: string, params: object, sessionId?: string) => {
    last += 1;
    const id = last;
    const answered = new Promise<Answer>((resolve) => waiting.set(id, resolve));
    socket.send(JSON.stringify({ id, method, params, ...(sessionId === undefined ? {} : { sessionId }) }));
    const { result, error } = await answered;
    waiting.delete(id);
    if (result === undefined) throw new Error(`${method}: ${error?.message}`);
    return result;
  };

  return {
    async open(url) {
      const { targetId } = await send("Target.createTarget", { url: "about:blank" });
      const { sessionId } = await send("Target.attachToTarget", { targetId, flatten: true });
      const session = String(sessionId);
      const problems: string[] = [];
      const loaded = new Promise<void>((resolve) => {
        listeners.set(session, ({ method, params }) => {
          if (method === "Page.loadEventFired") resolve();
          if (method === "Runtime.exceptionThrown" || method === "Log.entryAdded")
            problems.push(JSON.stringify(params));
        });
      });
      for (const domain of ["Page", "Runtime", "Log"]) await send(`${domain}.enable`, {}, session);
      await send("Page.navigate", { url }, session);
      await loaded;
      return {
        problems,
        async evaluate<Value>(expression: string) {
          const how = { expression, awaitPromise: true, returnByValue: true };
          const { result, exceptionDetails } = await send("Runtime.evaluate", how, session);
          if (exceptionDetails !== undefined) throw new Error(JSON.stringify(exceptionDetails));
          return (result as { value: Value }).value;
        },
      };
    },
    async close() {
      socket.close();
      child.kill();
      await exited;
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

async function debuggingUrl(stderr: NodeJS.ReadableStream): Promise<string> {
  let said = "";
  for await (const line of createInterface(stderr)) {
    const [, url] = /DevTools listening on (ws:\S+)/.exec(line) ?? [];
    if (url !== undefined) {
      stderr.resume();
      return url;
    }
    said += `${line}\n`;
  }
  throw new Error(`The browser ended before it was ready:\n${said}`);
}
