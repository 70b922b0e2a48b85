import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";
import type { Step } from "../deployment/Step.ts";

/** An Ignition module that sends steps one after the other. */
export function stepsModule(id: string, steps: readonly Step[]) {
  return buildModule(id, (m) => {
    let previous: ReturnType<typeof m.send>[] = [];
    for (const { name, to, data } of steps) previous = [m.send(name, to, 0n, data, { after: previous })];
    return {};
  });
}
