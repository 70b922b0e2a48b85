import { type WrongFormula, wrong } from "../WrongFormula.ts";

const CLAIMS = "quantities/publishedClaims.test.ts";
const CATALOGUE = "catalogue/catalogue.test.ts";

/** What is read out of data and texts got wrong: catalogues, their checks, and claims. */
export const readings: readonly WrongFormula[] = [
  // units
  wrong("units.ts", "if (value < 0n)", "if (value < -1n)"),
  wrong("units.ts", "if (finite(value, name) < 0)", "if (finite(value, name) < -1)"),
  wrong("units.ts", '"a fraction") > 1', '"a fraction") > 100'),
  wrong("quantities/resultOf.ts", "if (units === undefined)", "if (false)"),
  wrong("RateCard.ts", "weight < 0n ||", ""),
  // catalogue
  wrong("catalogue/accelerators.ts", "1e12, row.mem_bw_TBps", "1e9, row.mem_bw_TBps", CATALOGUE),
  wrong("catalogue/accelerators.ts", "alternative * scale", "value * scale", CATALOGUE),
  wrong(
    "catalogue/systems.ts",
    "1e15, row.fp4_pflops_dense",
    "1e12, row.fp4_pflops_dense",
    "quantities/catalogueClaims.test.ts",
  ),
  wrong("catalogue/systems.ts", "1e12 / 2, row.nvlink", "1e12, row.nvlink", "quantities/catalogueClaims.test.ts"),
  wrong("catalogue/systems.ts", "prices.at(-1)", "prices[0]", "quantities/catalogueClaims.test.ts"),
  wrong("catalogue/modelShapes.ts", "row.total_b * 1e9", "row.total_b * 1e6", "production/roofline.test.ts"),
  wrong("catalogue/capexPerGigawatt.ts", "usd ?? low", "usd ?? high", "quantities/catalogueClaims.test.ts"),
  wrong("catalogue/electricityPrices.ts", "price.asOf > newest.asOf", "price.asOf < newest.asOf", CATALOGUE),
  wrong("catalogue/electricityRow.ts", 'row.per !== "kWh"', 'row.per === ""', CATALOGUE),
  wrong("catalogue/electricityRow.ts", "-06-30`", "-01-01`", CATALOGUE),
  wrong("catalogue/mlperfThroughput.ts", 'units !== "Tokens/s"', 'units === ""'),
  wrong(
    "catalogue/namedProducts.ts",
    '"packaged inference services", "software"',
    '"packaged inference services", "energy"',
    CATALOGUE,
  ),
  wrong("catalogue/addProduct.ts", "usd(stack[enters] + cost)", "cost", CATALOGUE),
  wrong("catalogue/addProduct.ts", "[enters]: usd(stack", "energy: usd(stack", CATALOGUE),
  wrong("catalogue/parseTable.ts", "row.length !== header.length", "row.length > header.length"),
  wrong("catalogue/writtenOn.ts", "(-\\d{2})?\\b", "\\b"),
  wrong("catalogue/checkHardware.ts", "ids.indexOf(name) !== index", "false"),
  wrong("catalogue/checkHardware.ts", "!Object.hasOwn(sources, String(source))", "false"),
  wrong(
    "catalogue/hardwareFields.ts",
    "const GIGABYTES: Kind = [0.1, 4096];",
    "const GIGABYTES: Kind = [0.1, 1e9];",
    "catalogue/checkHardware.test.ts",
  ),
  wrong(
    "catalogue/checkPriceTiers.ts",
    'unit === "USD per million tokens"',
    "true",
    "catalogue/checkCatalogue.test.ts",
  ),
  wrong("catalogue/checkAgentPrices.ts", "priced && !row.per", "false"),
  wrong("catalogue/checkCatalogue.ts", "if (lines.has(subject))", "if (false)"),
  wrong("internal/isDate.ts", "&& day.toISOString().startsWith(value)", ""),
  wrong("internal/checked.ts", "value > 0 && Number.isFinite(value)", "value >= 0", "cost/gpuHourCost.test.ts"),
  wrong("internal/checked.ts", "value >= low && value <= high", "value >= low", "cost/gpuHourCost.test.ts"),
  // claims
  wrong("quantities/catalogueClaims.ts", "parts.count * parts.each", "parts.each"),
  wrong("quantities/catalogueClaims.ts", "2 * of.wider", "of.wider"),
  wrong("quantities/catalogueClaims.ts", "(dollars / (gpus * watts)) * 1e9", "(dollars / watts) * 1e9"),
  wrong("quantities/claimForms.ts", "used * HOURS_PER_YEAR * 3600", "used * HOURS_PER_YEAR", CLAIMS),
  wrong("quantities/claimForms.ts", "ratio.of / ratio.over", "ratio.over / ratio.of", CLAIMS),
  wrong(
    "quantities/claimForms.ts",
    "reduce((sum, part) => sum + part, 0)",
    "reduce((_, part) => part, 0)",
    "quantities/seedClaims.test.ts",
  ),
  wrong("quantities/publishedClaims.ts", "price * factor ** year", "price * factor", CLAIMS),
  wrong("quantities/inferencexClaims.ts", "usd(rack / gpus)", "usd(rack)", CLAIMS),
  wrong("quantities/seedClaims.ts", "Math.max(research, coding)", "Math.min(research, coding)"),
  wrong("quantities/seedClaims.ts", "amplification(of).internal", "amplification(of).total"),
  wrong(
    "quantities/seedClaims.ts",
    "...salesRevenue([{ tokens: tokens(sold)",
    "...salesRevenue([{ tokens: tokens(produced)",
  ),
  wrong(
    "quantities/systemClaims.ts",
    "800e9, h100.transistors",
    "80e9, h100.transistors",
    "quantities/seedClaims.test.ts",
  ),
  wrong("quantities/systemClaims.ts", "/blackwell/i", "/hopper/i", "quantities/seedClaims.test.ts"),
  wrong(
    "quantities/systemClaims.ts",
    'computeSystem("vr-nvl72").accelerators',
    'computeSystem("vr-nvl72").processors',
    CATALOGUE,
  ),
  wrong("quantities/seedClaims.ts", "tolerance: 0.5", "tolerance: 0.9"),
  wrong("quantities/nvidiaClaims.ts", '"GB200 NVL72", model }', '"GB200 NVL72" }', CLAIMS),
  wrong("quantities/restateClaim.ts", "said.inputs[name] ?? null", "inputs[name] ?? null"),
  wrong("quantities/nvidiaClaims.ts", "years(of.years) * HOURS_PER_YEAR", "years(of.years)", CLAIMS),
];
