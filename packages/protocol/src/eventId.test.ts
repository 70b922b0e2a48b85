import { describe, expect, it } from "vitest";
import { newEventId } from "./eventId.ts";

describe("newEventId", () => {
  it("is a lower-case UUIDv7 that carries the time", () => {
    const before = Date.now();
    const id = newEventId();
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    const time = Number.parseInt(id.replaceAll("-", "").slice(0, 12), 16);
    expect(time).toBeGreaterThanOrEqual(before - 1);
    expect(time).toBeLessThanOrEqual(Date.now() + 1);
  });

  it("increases, also within one millisecond", () => {
    const ids = Array.from({ length: 5000 }, newEventId);
    expect(ids).toEqual([...new Set(ids)].sort());
  });
});
