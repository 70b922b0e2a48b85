import type { Boundary } from "@joulemint/economics/cost/Boundary";
import { builder } from "../builder.ts";

export const EnergyBoundary = builder.enumType("EnergyBoundary", {
  description: "What power or energy was measured around. Figures of different boundaries do not compare.",
  values: {
    GPU: { value: "gpu", description: "The accelerators alone." },
    IT: { value: "it", description: "Whole machines, without cooling." },
    FACILITY: { value: "facility", description: "What the building takes." },
    ALL_IN: { value: "all-in", description: "What the utility provisions for it, with losses and headroom." },
  } as const satisfies Record<string, { value: Boundary; description: string }>,
});
