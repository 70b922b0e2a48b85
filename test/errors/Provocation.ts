import type { ErrorCode } from "@joulemint/protocol/errorCatalogue";
import type { Scene } from "./Scene.ts";

/** Does what brings an error about, at a surface that users have, and gives the code that came out there. */
export interface Provocation {
  readonly code: ErrorCode;
  readonly surface: "HTTP" | "GraphQL" | "command line" | "contract";
  provoke(scene: Scene): Promise<Provoked>;
}

export interface Provoked {
  readonly code: string | undefined;
  /** Over HTTP only. */
  readonly status?: number;
}
