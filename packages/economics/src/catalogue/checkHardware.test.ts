import { expect, it } from "vitest";
import file from "../../data/hardware_catalog.json" with { type: "json" };
import { checkHardware } from "./checkHardware.ts";

const [chip] = file.chips;
const [system] = file.systems;
const [model] = file.model_shapes;
const { inferencex_tco_and_power: hours } = file;
const [hour] = hours.rows;
const withChip = (change: object) => ({ ...file, chips: [...file.chips, { ...chip, id: "x", ...change }] });
const withModel = (change: object) => ({ ...file, model_shapes: [{ ...model, id: "x", ...change }] });
const withHours = (change: object) => ({ ...file, inferencex_tco_and_power: { ...hours, ...change } });
const withSystem = (change: object) => ({ ...file, systems: [{ ...system, id: "x", ...change }] });

it("finds nothing in ours", () => {
  expect(checkHardware(file)).toEqual([]);
});

it.each<[string, unknown, string]>([
  ["megabytes", withChip({ mem_gb: 80_000 }), "chips x mem_gb: 80000 is not a number from 0.1 to 4096"],
  ["a text for a number", withChip({ tdp_w: "700" }), 'chips x tdp_w: "700" is not a number from 50 to 5000'],
  ["a year that is none", withChip({ year: "soon" }), 'chips x year: "soon" is not a number from 2010 to 2040'],
  ["a chip without architecture", withChip({ arch: undefined }), "chips x: no arch"],
  ["a value of 0", withChip({ tdp_w: 0 }), "chips x tdp_w: 0 is not a number from 50 to 5000"],
  ["a number without a unit", withChip({ power: 7 }), "chips x power: no such field, so which unit?"],
  ["a source that is not there", withChip({ src: ["HEARSAY"] }), "chips x: no source HEARSAY"],
  ["no provenance", withChip({ src: [] }), "chips x: neither source nor confidence"],
  ["an id that occurs twice", withChip({ id: "h100-sxm" }), "chips h100-sxm occurs twice"],
  ["layers in words", withModel({ layers: "eighty" }), 'models x layers: "eighty" is not a number from 1 to 1000'],
  [
    "dollars a day",
    withHours({ rows: [{ ...hour, gpu: "x", hyperscaler: 141 }] }),
    "hours x hyperscaler: 141 is not a number from 0.05 to 50",
  ],
  ["prices of no date", withHours({ as_of: "2026-13-45" }), 'GPU-hours as of "2026-13-45", which is no date'],
  ["another unit", withHours({ unit: "EUR per day" }), "GPU-hours in EUR per day, not in USD per GPU-hour"],
  ["a system of no chip", withSystem({ chip: "abacus" }), "systems x: no chip abacus"],
  ["a system without a source", withSystem({ src: "" }), 'systems x src: "" is not a text'],
  ["a row that is none", { ...file, chips: [...file.chips, 7] }, "chips row 17: 7 is no row"],
  ["a table that is missing", {}, "chips: no rows"],
  ["no catalogue at all", null, "the catalogue is no JSON object"],
])("finds %s", (_, contents, problem) => {
  expect(checkHardware(contents)).toContain(problem);
});
