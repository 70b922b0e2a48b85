import { byId, element, rounded, showFindings, tile } from "./element.js";
import { RISK_RUNS, riskSpread, whatIf, whatIfInputs } from "./whatIf.ts";

const names = Object.keys(whatIfInputs);
const asked = new URLSearchParams(location.search);
const fields = new Map(
  names.map((name) => {
    const { value } = whatIfInputs[name];
    const field = element("input", "", { id: name, name, type: "number", step: "any", min: "0", required: true });
    field.value = asked.get(name) ?? value;
    return [name, field];
  }),
);
byId("inputs").append(
  ...names.map((name) => {
    const { label, unit } = whatIfInputs[name];
    const row = element("label", label, { htmlFor: name });
    row.append(fields.get(name), element("small", unit));
    return row;
  }),
);
const percent = (share) => (share == null ? rounded(share) : rounded(share * 100, " %"));
byId("beliefs").textContent =
  `${RISK_RUNS.toLocaleString("en")} draws around the figures above, the same every time. Off by about ` +
  `${Object.values(riskSpread)
    .map(({ label, sigma }) => `${percent(sigma)}: ${label}`)
    .join(", ")}.`;

const dollars = (amount, per = "") =>
  amount == null ? rounded(amount) : `${amount < 0 ? "-" : ""}$${rounded(Math.abs(amount))}${per}`;
/** Why a figure that is a ratio has no value. */
const because = (value, why) => (value === null ? why : "");

function showRates({ rates, breakEvenStartPrice }) {
  byId("rates").replaceChildren(
    tile("cost, the price that breaks even today", dollars(rates.cost), because(rates.cost, "nothing is sold")),
    tile("of it electricity", dollars(rates.energyCost), because(rates.energyCost, "nothing is sold")),
    tile("margin: profit over price", percent(rates.margin), because(rates.margin, "there is no price, or no cost")),
    tile("mark-up: profit over cost", percent(rates.markUp), because(rates.markUp, "there is no cost")),
    tile(
      "break-even utilisation",
      percent(rates.breakEvenUtilisation),
      rates.breakEvenUtilisation > 1 ? "more than all: no load pays at this price" : "",
    ),
    tile("tokens per joule", rounded(rates.tokensPerJoule), "sold, at the facility's meter"),
    tile(
      "revenue for a kWh",
      dollars(rates.revenuePerKilowattHour),
      `electricity costs $${fields.get("electricity").value}`,
    ),
    tile(
      "price today that breaks even over the life",
      dollars(breakEvenStartPrice),
      because(breakEvenStartPrice, "nothing is sold"),
    ),
  );
}

function showPlan({ plan, paybackMonths }) {
  byId("plan").replaceChildren(
    tile("months to payback", rounded(paybackMonths), because(paybackMonths, "not within the life")),
    tile("net present value", dollars(plan.netPresentValue)),
    tile(
      "internal rate of return, a year",
      percent(plan.internalRateOfReturn),
      because(plan.internalRateOfReturn, "there is none, or more than one"),
    ),
    tile(
      "levelised cost of a million tokens",
      dollars(plan.levelisedCost),
      because(plan.levelisedCost, "nothing is sold"),
    ),
  );
  const typed = { severity: "info", message: "Utilisation was typed in. In a factory it follows from the load." };
  showFindings(byId("findings"), [typed, ...plan.findings]);
}

function showRisk({ probabilityOfLoss, p5, p50, p95, conditionalValueAtRisk, tornado }) {
  byId("outcomes").replaceChildren(
    tile("probability of a loss", percent(probabilityOfLoss)),
    tile("net present value, 5 % below", dollars(p5)),
    tile("half below", dollars(p50)),
    tile("95 % below", dollars(p95)),
    tile("mean of the worst 5 %", dollars(conditionalValueAtRisk)),
    tile(
      "matters most",
      riskSpread[tornado[0].variable].label,
      `${dollars(tornado[0].low)} to ${dollars(tornado[0].high)}`,
    ),
  );
}

// Drawing takes long enough to be felt: the page goes on while a worker draws, and only its last answer counts.
const worker = new Worker("/whatIfRisk.js", { type: "module" });
let latest = 0;
worker.onmessage = ({ data: { request, risk, wrong } }) => {
  if (request !== latest) return;
  if (wrong === undefined) showRisk(risk);
  else byId("outcomes").replaceChildren(tile("a draw that cannot be", rounded(null), wrong));
};

function show() {
  const values = Object.fromEntries(names.map((name) => [name, fields.get(name).valueAsNumber]));
  const changed = names.filter((name) => values[name] !== whatIfInputs[name].value);
  history.replaceState(null, "", `?${new URLSearchParams(changed.map((name) => [name, fields.get(name).value]))}`);
  latest += 1;
  try {
    const answer = whatIf(values);
    byId("wrong").textContent = "";
    showRates(answer);
    showPlan(answer);
    worker.postMessage({ request: latest, values });
  } catch (error) {
    byId("wrong").textContent = `${error.message}.`;
    for (const id of ["rates", "plan", "outcomes"]) byId(id).replaceChildren();
    showFindings(byId("findings"), []);
  }
}

byId("inputs").addEventListener("input", show);
byId("inputs").addEventListener("submit", (event) => event.preventDefault());
show();
