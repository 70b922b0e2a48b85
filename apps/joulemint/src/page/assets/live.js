const query = `{
  meta { block lagMs }
  factory {
    requests tokens { input cachedInput cacheWrite output reasoning } joules tokensPerJoule sold
    revenueByToken { display symbol } tokenAmplification { total }
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

const byId = (id) => document.getElementById(id);
const whole = (text) => BigInt(text ?? 0).toLocaleString("en");
const unknown = "unknown";
/** A decimal string for reading: four significant digits, unknown as a word. */
const rounded = (text) => (text == null ? unknown : Number(text).toLocaleString("en", { maximumSignificantDigits: 4 }));

const inputOf = ({ input, cachedInput, cacheWrite }) => whole(BigInt(input) + BigInt(cachedInput) + BigInt(cacheWrite));
const outputOf = ({ output, reasoning }) => whole(BigInt(output) + BigInt(reasoning));

function element(name, text, attributes = {}) {
  const made = document.createElement(name);
  made.textContent = text;
  Object.assign(made, attributes);
  return made;
}

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

function showLoop(factory) {
  const revenue = factory.revenueByToken.map(({ display, symbol }) => `${display} ${symbol}`).join(", ");
  const tiles = [
    ["calls", whole(factory.requests)],
    ["input tokens", inputOf(factory.tokens)],
    ["output tokens", outputOf(factory.tokens)],
    ["joules", rounded(factory.joules)],
    ["tokens per joule", rounded(factory.tokensPerJoule)],
    ["token amplification", rounded(factory.tokenAmplification?.total)],
    ["revenue", revenue || "none yet"],
  ];
  byId("tiles").replaceChildren(
    ...tiles.map(([label, value]) => {
      const tile = element("li", "");
      tile.append(element("strong", value), element("span", label));
      return tile;
    }),
  );
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
    showReceipts(data.receipts.nodes);
    byId("head").textContent = data.meta ? `Chain block ${data.meta.block}` : "No block indexed yet";
  } catch (error) {
    byId("head").textContent = `Cannot reach the factory: ${error.message}`;
  }
  setTimeout(refresh, 2000);
}

refresh();
