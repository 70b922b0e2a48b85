import { subscribe } from "node:diagnostics_channel";

/**
 * Preloaded by `node --import`, makes a process kill itself at a checkpoint, as a power cut would: at the message of the
 * channel KILL_AT that follows KILL_AFTER others.
 */
const { KILL_AT: checkpoint, KILL_AFTER: after = "0" } = process.env;
if (checkpoint !== undefined) {
  let left = Number(after);
  subscribe(checkpoint, () => {
    if (left-- === 0) process.kill(process.pid, "SIGKILL");
  });
}
