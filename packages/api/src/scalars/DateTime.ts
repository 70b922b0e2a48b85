import { JoulemintError } from "@joulemint/protocol/JoulemintError";
import { builder } from "../builder.ts";

// An offset is required: a time without one would mean something else on every server.
const pattern = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/i;

builder.scalarType("DateTime", {
  description: "A moment in ISO 8601 with its offset, such as 2026-11-20T13:00:00Z; answers are in UTC.",
  serialize: (value) => value.toISOString(),
  parseValue(value) {
    const date = typeof value === "string" && pattern.test(value) ? new Date(value) : undefined;
    if (date !== undefined && !Number.isNaN(date.getTime())) return date;
    throw new JoulemintError("BAD_REQUEST", { expected: "DateTime", actual: String(value) });
  },
});
