import { JoulemintError } from "@joulemint/protocol/JoulemintError";

/**
 * Where an inference server answers an OpenAI route, such as "/chat/completions" or "/models". A base without a path
 * gets `/v1`; one with a path is used as it is. Throws CONFIG_INVALID for a base that is no http(s) URL.
 */
export function upstreamUrl(base: string, path: `/${string}`): URL {
  const url = URL.canParse(base) ? new URL(base) : null;
  if (url === null || (url.protocol !== "http:" && url.protocol !== "https:")) {
    throw new JoulemintError("CONFIG_INVALID", { setting: "upstream.url", expected: "an http(s) URL", actual: base });
  }
  url.pathname = (url.pathname.replace(/\/+$/, "") || "/v1") + path;
  return url;
}
