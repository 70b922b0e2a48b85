import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { brokenLedger } from "./testing/brokenLedger.ts";
import { serveApi } from "./testing/serveApi.ts";

let api: Awaited<ReturnType<typeof serveApi>>;
beforeAll(async () => {
  api = await serveApi({ ledger: brokenLedger() });
});
afterAll(() => api.close());

describe("/graphql", () => {
  it("answers GET, to any origin, and keeps no cookies", async () => {
    const headers = { origin: "https://dapp.example" };
    const response = await fetch(`${api.url}?query=${encodeURIComponent("{ __typename }")}`, { headers });
    expect(response.headers.get("access-control-allow-origin")).toBe("https://dapp.example");
    expect(response.headers.get("access-control-allow-credentials")).toBeNull();
    expect(await response.json()).toMatchObject({ data: { __typename: "Query" } });
  });

  it("answers a preflight", async () => {
    const headers = { origin: "https://dapp.example", "access-control-request-method": "POST" };
    const { status, headers: allowed } = await fetch(api.url, { method: "OPTIONS", headers });
    expect(status).toBe(204);
    expect(allowed.get("access-control-allow-methods")).toContain("POST");
  });

  it("leaves other paths alone", async () => {
    expect((await fetch(api.url.replace("/graphql", "/v1/models"))).status).toBe(404);
  });

  it("refuses a body that is too large, with the limit", async () => {
    const { status, errors } = await api.query(`{ __typename } #${"x".repeat(100_000)}`);
    expect(status).toBe(413);
    expect(errors).toMatchObject([{ extensions: { code: "BODY_TOO_LARGE", details: { maximumBytes: 100_000 } } }]);
  });

  it("shows GraphiQL to browsers, from our own files only, with the saved queries", async () => {
    const page = await fetch(api.url, { headers: { accept: "text/html" } });
    const html = await page.text();
    expect(page.headers.get("content-type")).toContain("text/html");
    expect(html.match(/<(script|link|img|iframe)[^>]+(src|href)=["']?(https?:)?\/\/[^>]*>/g)).toBeNull();
    expect(html.match(/@import|url\(["']?(https?:)?\/\//g)).toBeNull();
    expect(html.match(/\b(unpkg|jsdelivr|cdnjs|esm\.sh)\b/g)).toBeNull();
    expect(html).toContain("query FromCallToClaim");
  });
});
