import { describe, expect, it } from "vitest";
import { upstreamUrl } from "./upstreamUrl.ts";

describe("upstreamUrl", () => {
  it.each([
    ["http://localhost:8000", "http://localhost:8000/v1/models"],
    ["http://localhost:8000/", "http://localhost:8000/v1/models"],
    ["http://localhost:8000/v1", "http://localhost:8000/v1/models"],
    ["http://localhost:8000/v1/", "http://localhost:8000/v1/models"],
    ["https://example.org/v1beta/openai", "https://example.org/v1beta/openai/models"],
  ])("of %s is %s", (base, url) => {
    expect(upstreamUrl(base, "/models").href).toBe(url);
  });

  it.each(["", "localhost:80", "ftp://x", "/v1"])("refuses %j", (base) => {
    expect(() => upstreamUrl(base, "/models")).toThrow(expect.objectContaining({ code: "CONFIG_INVALID" }));
  });
});
