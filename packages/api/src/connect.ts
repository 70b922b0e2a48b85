import type { Page } from "@joulemint/ledger/read/Page";
import { JoulemintError } from "@joulemint/protocol/JoulemintError";
import { type DefaultConnectionArguments, type PageInfoShape, resolveCursorConnection } from "@pothos/plugin-relay";
import type { KeyPart, Order } from "./orders.ts";
import { DEFAULT_PAGE, MAX_PAGE } from "./pageLimits.ts";

interface Connection<Row> {
  readonly edges: { readonly cursor: string; readonly node: Row }[];
  readonly pageInfo: PageInfoShape;
}

/**
 * A page of `list` as a Relay connection. A cursor is the row's own key, so that it stays good whatever is added.
 * Throws BAD_REQUEST for a page size out of range or a cursor that is not of this order.
 */
export function connect<Row extends Base, Base, Key extends readonly KeyPart[]>(
  args: DefaultConnectionArguments,
  order: Order<Base, Key>,
  list: (page: Page<Key>) => Promise<Row[]>,
): Promise<Connection<Row>> {
  for (const name of ["first", "last"] as const) {
    const size = args[name];
    if (size != null && (size < 0 || size > MAX_PAGE)) {
      throw new JoulemintError("BAD_REQUEST", { field: name, expected: `0 to ${MAX_PAGE}`, actual: size });
    }
  }
  const page = resolveCursorConnection(
    { args, defaultSize: DEFAULT_PAGE, maxSize: MAX_PAGE, toCursor: (row) => encode(order.keyOf(row as Row)) },
    ({ after, before, limit, inverted }) =>
      list({ after: decode("after", after, order), before: decode("before", before, order), limit, inverted }),
  );
  // The plugin's types give up on a generic row.
  return page as Promise<Connection<Row>>;
}

const encode = (key: readonly KeyPart[]): string => Buffer.from(key.join(" ")).toString("base64url");

function decode<Key extends readonly KeyPart[]>(field: string, cursor: string | undefined, order: Order<never, Key>) {
  if (cursor === undefined) return undefined;
  const texts = Buffer.from(cursor, "base64url").toString().split(" ");
  const { parts } = order;
  if (texts.length !== parts.length || parts.some(({ pattern }, index) => !pattern.test(texts[index] ?? ""))) {
    throw new JoulemintError("BAD_REQUEST", { field, expected: "a cursor of this connection", actual: cursor });
  }
  return parts.map(({ parse }, index) => parse(texts[index] ?? "")) as unknown as Key;
}
