import { describe, expect, it } from "vitest";
import { baseUrl } from "./createUpstream.ts";

describe("baseUrl", () => {
  it.each([
    ["http://localhost:8000", "http://localhost:8000/v1"],
    ["http://localhost:8000/", "http://localhost:8000/v1"],
    ["http://localhost:8000/v1", "http://localhost:8000/v1"],
    ["http://localhost:8000/v1/", "http://localhost:8000/v1"],
    ["https://example.org/openai/v1beta", "https://example.org/openai/v1beta"],
  ])("%s is %s", (text, url) => {
    expect(baseUrl(text).href).toBe(url);
  });
});
