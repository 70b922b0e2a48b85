import type { IncomingMessage } from "node:http";
import { JoulemintError } from "@joulemint/protocol/JoulemintError";

const LONGEST = 256;

/** The API key of a request. Throws INVALID_API_KEY when there is none. */
export function bearerToken(request: IncomingMessage): string {
  const token = /^bearer +(\S+) *$/i.exec(request.headers.authorization ?? "")?.[1];
  if (token === undefined || token.length > LONGEST) throw new JoulemintError("INVALID_API_KEY");
  return token;
}
