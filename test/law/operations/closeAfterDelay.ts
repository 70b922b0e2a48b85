import { session } from "./choose.ts";
import { closeSession } from "./closeSession.ts";
import type { Operation } from "./Operation.ts";

/** Without the operator: once the exit delay is over, which mostly is waited for. */
export const closeAfterDelay: Operation = {
  kind: "close after the delay",
  weight: 3,
  async run(world) {
    const { chain, random } = world;
    const chosen = session(world, ({ state }) => state === "closing");
    if (chosen === null) return null;
    const { timestamp } = await chain.head();
    if (chosen.state === "closing" && timestamp < chosen.closableAt && random.chance(0.9)) {
      await chain.jumpTo(chosen.closableAt);
    }
    return closeSession(world, chosen, "0x", (now) => {
      if (chosen.state === "open") return "Credits_CloseNotRequested";
      return now < chosen.closableAt ? "Credits_NotYetClosable" : null;
    });
  },
};
