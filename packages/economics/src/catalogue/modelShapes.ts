import file from "../../data/hardware_catalog.json" with { type: "json" };
import { bytesPerToken } from "../units.ts";
import type { HardwareFile } from "./HardwareFile.ts";
import type { ModelShape } from "./ModelShape.ts";

const { model_shapes }: HardwareFile = file;

/** Open models, from their published configurations (InferenceX-app@77ca49a, 2026-04-03). */
export const modelShapes: readonly ModelShape[] = model_shapes.map((row) => ({
  id: row.id,
  parameters: row.total_b * 1e9,
  activeParameters: row.active_b * 1e9,
  kvBytesPerToken: bytesPerToken(row.kv_bytes_per_token_bf16),
}));

/** The model with this id. Throws `RangeError`, with the ids that there are, for any other. */
export function modelShape(id: string): ModelShape {
  const found = modelShapes.find((model) => model.id === id);
  if (found === undefined) throw new RangeError(`no model ${id}; there are ${modelShapes.map((model) => model.id)}`);
  return found;
}
