import { JoulemintError } from "@joulemint/protocol/JoulemintError";
import type { Manifest } from "../../exportFiles.ts";
import type { Finding } from "../../Finding.ts";
import type { RebuiltLines } from "../rebuild/rebuildLines.ts";
import { firstDifference } from "./compareLines.ts";

interface Live {
  readonly findings: readonly Finding[];
  readonly notes: readonly string[];
  readonly checked: Readonly<Record<string, number>>;
}

type Amount = { readonly raw: string };
type Page<Node> = {
  readonly nodes: readonly Node[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
};
interface Meta {
  readonly block: string;
  readonly hash: string;
}
interface LiveOffering {
  readonly offeringId: string;
  readonly outstanding: Amount;
  readonly consumed: Amount;
  readonly released: Amount;
}
interface LiveSession {
  readonly sessionId: string;
  readonly state: string;
  readonly cap: Amount;
  readonly used: Amount;
  readonly charged: Amount;
  readonly sequence: string;
  readonly receiptsHead: string;
}

const META = "meta(asOf: $asOf) { block hash }";
const page = (root: string, fields: string) => `query ($asOf: Finality!, $after: String) {
  ${META} page: ${root}(asOf: $asOf, first: 100, after: $after) { nodes { ${fields} } pageInfo { hasNextPage endCursor } }
}`;
const OFFERINGS = page("offerings", "offeringId outstanding { raw } consumed { raw } released { raw }");
const SESSIONS = page("sessions", "sessionId state cap { raw } used { raw } charged { raw } sequence receiptsHead");
const DIFFERENCE = `query ($asOf: Finality!) { ${META} reconciliation(asOf: $asOf) { difference } }`;

/** Asks the running factory's API for the same, as long as it speaks of the block of the export. */
export async function compareLive(url: string, manifest: Manifest, rebuilt: RebuiltLines): Promise<Live> {
  const asOf = manifest.finality;
  const offerings = await all<LiveOffering>(url, OFFERINGS, manifest);
  const sessions = await all<LiveSession>(url, SESSIONS, manifest);
  const law = await graphql<{ meta: Meta; reconciliation: { difference: string } }>(url, DIFFERENCE, { asOf });
  if (offerings === null || sessions === null || !isOf(law.meta, manifest)) {
    const moved = "another, so nothing was compared: export again";
    const finding = { subject: "GraphQL", field: "block", expected: String(manifest.block.number), actual: moved };
    return { findings: [finding], notes: [], checked: {} };
  }
  const findings: Finding[] = [];
  const lines = new Map(rebuilt["offerings.jsonl"].map((line) => [line.offering as string, line]));
  const books = new Map(rebuilt["sessions.jsonl"].map((line) => [line.session as string, line]));
  let charged = 0;
  for (const { offeringId, outstanding, consumed, released } of offerings) {
    const line = lines.get(offeringId);
    const actual = { outstanding: outstanding.raw, consumed: consumed.raw, released: released.raw };
    findings.push(...differences(`GraphQL offering ${offeringId}`, line, actual));
    lines.delete(offeringId);
  }
  for (const { sessionId, state, cap, used, ...meter } of sessions) {
    const line = books.get(sessionId);
    books.delete(sessionId);
    // Of a session that the chain does not have, and that has no receipts, the export says nothing.
    if (line === undefined && state === "SUSPENDED" && meter.sequence === "0") continue;
    const slot = { state: state.toLowerCase(), cap: cap.raw, used: used.raw };
    const since = line !== undefined && BigInt(meter.sequence) > line.sequence;
    if (since) charged += 1;
    const actual = since
      ? slot
      : { ...slot, charged: meter.charged.raw, sequence: meter.sequence, receiptsHead: meter.receiptsHead };
    findings.push(...differences(`GraphQL session ${sessionId}`, line, actual));
  }
  for (const id of [...lines.keys(), ...books.keys()]) {
    findings.push({ subject: `GraphQL ${id}`, field: "line", expected: "an answer", actual: "none" });
  }
  const { difference } = law.reconciliation;
  if (difference !== "0") {
    findings.push({ subject: "GraphQL reconciliation", field: "difference", expected: "0", actual: difference });
  }
  const notes =
    charged === 0 ? [] : [`${charged} sessions were charged since the export; their meters were not compared.`];
  return { findings, notes, checked: { graphql: offerings.length + sessions.length + 1 } };
}

function differences(subject: string, line: object | undefined, actual: Readonly<Record<string, string>>): Finding[] {
  if (line === undefined) return [{ subject, field: "line", expected: "none", actual: "an answer" }];
  const expected = Object.fromEntries(
    Object.keys(actual).map((name) => [name, String((line as Record<string, unknown>)[name])]),
  );
  const wrong = firstDifference("", expected, actual);
  return wrong === null ? [] : [{ subject, ...wrong }];
}

const isOf = (meta: Meta | null, { block }: Manifest) =>
  meta !== null && BigInt(meta.block) === block.number && meta.hash === block.hash;

/** All pages of a connection; `null` if the API speaks of another block. */
async function all<Node>(url: string, query: string, manifest: Manifest): Promise<Node[] | null> {
  const found: Node[] = [];
  let after: string | null = null;
  do {
    const variables = { asOf: manifest.finality, after };
    const answer: { meta: Meta | null; page: Page<Node> } = await graphql(url, query, variables);
    if (!isOf(answer.meta, manifest)) return null;
    found.push(...answer.page.nodes);
    after = answer.page.pageInfo.hasNextPage ? answer.page.pageInfo.endCursor : null;
  } while (after !== null);
  return found;
}

async function graphql<Data>(url: string, query: string, variables: object): Promise<Data> {
  const failed = (message: string, cause?: unknown) =>
    new JoulemintError("GRAPHQL_FAILED", { url, message }, { cause });
  const init = {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ query, variables }),
  };
  const response = await fetch(url, init).catch((cause: unknown) => {
    throw failed("no answer", cause);
  });
  const answer = (await response.json().catch((cause: unknown) => {
    throw failed("no JSON", cause);
  })) as { data?: Data; errors?: { message: string }[] };
  const [error] = answer.errors ?? [];
  if (error !== undefined) throw failed(error.message);
  return answer.data as Data;
}
