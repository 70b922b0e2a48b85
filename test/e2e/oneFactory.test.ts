import { describe, it } from "vitest";
import { expectThirtySeven } from "../harness/expectThirtySeven.ts";
import { useFactory } from "../harness/useFactory.ts";
import { consumerVouchers } from "./suites/consumerVouchers.ts";
import { disconnect } from "./suites/disconnect.ts";
import { pagesInBrowser } from "./suites/pagesInBrowser.ts";
import { startPage } from "./suites/startPage.ts";
import { stockClient } from "./suites/stockClient.ts";

/** Suites that need no factory of their own share one: its start costs more than all of them. */
describe("one factory", () => {
  const running = useFactory({ args: ["--tokens-per-second", "200"] });

  stockClient(running);
  consumerVouchers(running);
  disconnect(running);
  startPage(running);
  pagesInBrowser(running);

  it("serves 37 of 100 parallel calls on a session good for 37, and refuses 63", () =>
    expectThirtySeven(running(), [running().url]));
});
