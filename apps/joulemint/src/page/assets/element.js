export const byId = (id) => document.getElementById(id);

export function element(name, text, attributes = {}) {
  const made = document.createElement(name);
  made.textContent = text;
  Object.assign(made, attributes);
  return made;
}

/** Four significant digits of a number, or of a decimal string; what is unknown is a dash that is read as a word. */
export const rounded = (value, unit = "") =>
  value == null ? "—" : `${Number(value).toLocaleString("en", { maximumSignificantDigits: 4 })}${unit}`;

/** A figure with its name below it and, in small print, what has to be known of it. */
export function tile(label, value, note = "") {
  const made = element("li", "");
  made.append(element("strong", value), element("span", label));
  if (value === "—") made.firstChild.setAttribute("aria-label", "unknown");
  if (note !== "") made.append(element("small", note));
  return made;
}

/** Findings as a list; hidden without any. */
export function showFindings(list, findings) {
  list.hidden = findings.length === 0;
  list.replaceChildren(
    ...findings.map(({ severity, message }) => element("li", message, { className: severity.toLowerCase() })),
  );
}
