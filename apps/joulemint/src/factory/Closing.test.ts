import { describe, expect, it } from "vitest";
import { Closing } from "./Closing.ts";

describe("Closing", () => {
  it("stops in reverse order, once, and goes on after a failure", async () => {
    const stopped: string[] = [];
    const closing = new Closing();
    closing.own({ close: async () => void stopped.push("chain") });
    closing.add(async () => {
      throw new Error("stuck");
    });
    closing.add(async () => void stopped.push("gateway"));
    const [first, second] = [closing.close(), closing.close()];
    await expect(first).rejects.toThrow(AggregateError);
    await expect(second).rejects.toThrow(AggregateError);
    expect(stopped).toEqual(["gateway", "chain"]);
  });

  it("stops the part too with which a start was interrupted", async () => {
    const stopped: string[] = [];
    const closing = new Closing();
    closing.stopStarting();
    expect(() => closing.own({ close: async () => void stopped.push("chain") })).toThrow("stopped while starting");
    await closing.close();
    expect(stopped).toEqual(["chain"]);
  });
});
