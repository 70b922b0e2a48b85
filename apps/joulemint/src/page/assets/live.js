import { byId, element, rounded, showFindings, tile } from "./element.js";

const query = `{
  meta { block lagMs }
  factory {
    requests tokens { input cachedInput cacheWrite output reasoning } joules tokensPerJoule sold
    revenueByToken { display symbol } tokenAmplification { total }
    costPerMillionProduced breakEvenPrice averagePrice margin markUp utilisation breakEvenUtilisation
    energyBoundary energyProvenance { measured modelled declared unknown }
    operatingPoint {
      models inputTokensPerRequest outputTokensPerRequest producedPerSecond capacityPerSecond
      machines machineHourPrice electricityPerKilowattHour serverOverhead powerUsageEffectiveness
    }
    findings { code severity message }
  }
  settlements(first: 1) { nodes { blockNumber } }
  receipts(first: 12) {
    nodes {
      receiptId charge { display } signature settlement { blockNumber }
      usageEvent { tokens { input cachedInput cacheWrite output reasoning } joules }
    }
  }
  reconciliation {
    difference
    credits {
      inWallets { raw } available { raw } onHold { raw } charged { raw }
      settledWithReceipts { raw } settledWithoutReceipts { raw } redeemed { raw }
    }
  }
}`;

const buckets = [
  ["inWallets", "in wallets", "#5b8def"],
  ["available", "available", "#35b37e"],
  ["onHold", "on hold", "#f2b632"],
  ["charged", "charged", "#e8833a"],
  ["settledWithReceipts", "settled", "#8a63d2"],
  ["settledWithoutReceipts", "settled without a receipt", "#d33"],
  ["redeemed", "redeemed", "#8b9a92"],
];

const whole = (text) => BigInt(text ?? 0).toLocaleString("en");

const inputOf = ({ input, cachedInput, cacheWrite }) => whole(BigInt(input) + BigInt(cachedInput) + BigInt(cacheWrite));
const outputOf = ({ output, reasoning }) => whole(BigInt(output) + BigInt(reasoning));

function showLaw({ difference, credits }) {
  byId("difference").textContent = difference;
  byId("verdict").textContent =
    difference === "0" ? "every credit and every cent is accounted for" : "the books differ";
  document.querySelector(".law").className = difference === "0" ? "law good" : "law bad";
  const sums = buckets.map(([key, label, colour]) => ({
    label,
    colour,
    sum: credits.reduce((total, offering) => total + BigInt(offering[key].raw), 0n),
  }));
  byId("bar").replaceChildren(
    ...sums.map(({ sum, colour }) => {
      const part = element("span", "");
      part.style.cssText = `flex: ${Number(sum)} 0 0; background: ${colour}`;
      return part;
    }),
  );
  byId("buckets").replaceChildren(
    ...sums.map(({ label, colour, sum }) => {
      const pair = element("div", "");
      const term = element("dt", label);
      term.style.setProperty("--swatch", colour);
      pair.append(term, element("dd", `${(sum / 1000n).toLocaleString("en")} credits`));
      return pair;
    }),
  );
}

const around = ({ energyBoundary }) =>
  ({ GPU: "around the GPUs alone", IT: "around the machines" })[energyBoundary] ?? "boundary unknown";

function showLoop(factory) {
  const revenue = factory.revenueByToken.map(({ display, symbol }) => `${display} ${symbol}`).join(", ");
  const tiles = [
    ["calls", whole(factory.requests)],
    ["input tokens", inputOf(factory.tokens)],
    ["output tokens", outputOf(factory.tokens)],
    ["joules", rounded(factory.joules), around(factory)],
    ["token amplification", rounded(factory.tokenAmplification?.total)],
    ["revenue", revenue || "none yet"],
  ];
  byId("tiles").replaceChildren(...tiles.map((each) => tile(...each)));
}

const dollars = (text) => (text == null ? rounded(text) : `$${rounded(text)}`);
const percent = (text) => (text == null ? rounded(text) : rounded(Number(text) * 100, " %"));

/** Findings that can explain why a figure is unknown: it needs what they say is not known. */
const revenue = ["NO_CALLS", "PRICE_UNKNOWN"];
const cost = [
  "NO_CALLS",
  "MACHINE_PRICE_UNKNOWN",
  "MACHINES_UNKNOWN",
  "ELECTRICITY_PRICE_UNKNOWN",
  "ENERGY_BOUNDARY_UNKNOWN",
  "SERVER_OVERHEAD_UNKNOWN",
  "PUE_UNKNOWN",
  "ENERGY_UNKNOWN",
];

function showEconomics(factory) {
  const { operatingPoint: at, findings } = factory;
  const reasons = (codes) =>
    findings
      .filter(({ code }) => codes.includes(code))
      .map(({ message }) => message)
      .join("; ");
  const why = (value, codes) => (value === null ? reasons(codes) || "nothing was sold" : "");
  const figures = [
    ["cost of a million tokens produced", dollars, "costPerMillionProduced", cost],
    ["price of a million that breaks even", dollars, "breakEvenPrice", cost],
    ["average price of a million", dollars, "averagePrice", revenue],
    ["margin: profit over revenue", percent, "margin", [...revenue, ...cost]],
    ["mark-up: profit over cost", percent, "markUp", [...revenue, ...cost]],
    ["utilisation", percent, "utilisation", ["CAPACITY_UNKNOWN"]],
    ["utilisation that breaks even", percent, "breakEvenUtilisation", ["CAPACITY_UNKNOWN", ...revenue, ...cost]],
  ];
  byId("economics-tiles").replaceChildren(
    ...figures.map(([label, show, name, codes]) => tile(label, show(factory[name]), why(factory[name], codes))),
    tile(
      "tokens per joule",
      rounded(factory.tokensPerJoule),
      why(factory.tokensPerJoule, ["NO_CALLS", "ENERGY_UNKNOWN"]) || around(factory),
    ),
  );
  byId("operating-point").textContent = [
    at.models.join(", ") || "no model yet",
    `${rounded(at.inputTokensPerRequest)} tokens in and ${rounded(at.outputTokensPerRequest)} out for a call`,
    `${rounded(at.producedPerSecond)} tokens a second of ${rounded(at.capacityPerSecond)}`,
    `machines: ${rounded(at.machines)} at ${dollars(at.machineHourPrice)} an hour`,
    `electricity at ${dollars(at.electricityPerKilowattHour)} a kWh`,
    `machine energy ${rounded(at.serverOverhead)} times that of GPUs`,
    `PUE ${rounded(at.powerUsageEffectiveness)}`,
  ].join(" · ");
  showFindings(byId("findings"), findings);
  const known = {
    price: factory.averagePrice,
    electricity: at.electricityPerKilowattHour,
    pue: at.powerUsageEffectiveness,
    utilisation: factory.utilisation,
    accelerators: at.machines,
  };
  byId("what-if").href = `/what-if?${new URLSearchParams(Object.entries(known).filter(([, value]) => value !== null))}`;
}

function showReceipts(receipts) {
  byId("none").hidden = receipts.length > 0;
  byId("receipts").replaceChildren(
    ...receipts.map(({ receiptId, charge, signature, settlement, usageEvent }) => {
      const row = element("tr", "");
      const link = element("a", `${receiptId.slice(0, 13)}…`, { href: `/receipts/${receiptId}` });
      const first = element("td", "");
      first.append(link);
      row.append(
        first,
        element("td", inputOf(usageEvent.tokens)),
        element("td", outputOf(usageEvent.tokens)),
        element("td", charge.display),
        element("td", rounded(usageEvent.joules)),
        element("td", signature ? "yes" : "pending"),
        element("td", settlement?.blockNumber ?? "not yet"),
      );
      return row;
    }),
  );
}

async function refresh() {
  try {
    const response = await fetch("/graphql", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ query }),
    });
    const { data, errors } = await response.json();
    if (errors) throw new Error(errors[0].message);
    showLaw(data.reconciliation);
    showLoop(data.factory);
    showEconomics(data.factory);
    showReceipts(data.receipts.nodes);
    byId("head").textContent = data.meta ? `Chain block ${data.meta.block}` : "No block indexed yet";
  } catch (error) {
    byId("head").textContent = `Cannot reach the factory: ${error.message}`;
  }
  setTimeout(refresh, 2000);
}

refresh();
