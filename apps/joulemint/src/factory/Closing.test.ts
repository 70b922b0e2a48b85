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
    await expect(closing.close()).rejects.toThrow(AggregateError);
    await closing.close();
    expect(stopped).toEqual(["gateway", "chain"]);
  });
});
