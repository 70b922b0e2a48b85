import { session } from "./choose.ts";
import { closeSession } from "./closeSession.ts";
import type { Operation } from "./Operation.ts";

/** Without the operator: once the exit delay is over, which mostly is waited for. */
export const closeAfterDelay: Operation = {
  kind: "close after the delay",
  weight: 4,
  async run(world) {
    const { client, clock, random } = world;
    const chosen = session(world, ({ state }) => state === "closing");
    if (chosen === null) return null;
    let { timestamp } = await client.getBlock({ blockTag: "latest" });
    if (chosen.state === "closing" && timestamp < chosen.closableAt && random.chance(0.9)) {
      await clock.increaseTime({ seconds: Number(chosen.closableAt - timestamp) });
      await clock.mine({ blocks: 1 });
      timestamp = chosen.closableAt;
    }
    const refused =
      chosen.state === "closed"
        ? "Credits_SessionNotOpen"
        : chosen.state === "open"
          ? "Credits_CloseNotRequested"
          : timestamp < chosen.closableAt
            ? "Credits_NotYetClosable"
            : null;
    return closeSession(world, chosen, "0x", refused);
  },
};
