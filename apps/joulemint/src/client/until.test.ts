import { expect, it } from "vitest";
import { until } from "./until.ts";

it("gives the first answer that there is", async () => {
  const answers = [null, false, undefined, "here"] as const;
  let asked = 0;
  expect(await until("an answer", async () => answers[asked++], { everyMs: 1 })).toBe("here");
});

it("fails with TIMED_OUT and what was waited for", async () => {
  const waiting = until("the impossible", async () => null, { timeoutMs: 5, everyMs: 1 });
  await expect(waiting).rejects.toMatchObject({ code: "TIMED_OUT", details: { what: "the impossible", timeoutMs: 5 } });
});
