import { type RawBuilder, type SqlBool, sql } from "kysely";

/** The values of a list's order columns in one row. */
export type PageKey = readonly (bigint | number | string)[];

/** `key` is ascending by what tells the rows apart: the order for reading a whole list. */
export type ListOrder = "newest" | "key";

/** A piece of an ordered list. A key is that of the last row that was seen. */
export interface Page<Key extends PageKey> {
  readonly limit: number;
  readonly after?: Key | undefined;
  readonly before?: Key | undefined;
  /** Read from the end: rows then come in the opposite order. */
  readonly inverted?: boolean | undefined;
}

/** Keyset paging for a list ordered by `columns`, which together are unique: a page costs the same at any depth. */
export function paging(columns: readonly string[], direction: "asc" | "desc", page: Page<PageKey>) {
  const row = sql`(${sql.join(columns.map((column) => sql.ref(column)))})`;
  const [next, previous] = direction === "asc" ? [">", "<"] : ["<", ">"];
  const beyond = (key: PageKey | undefined, operator: string): RawBuilder<SqlBool> =>
    key === undefined ? sql<SqlBool>`true` : sql<SqlBool>`${row} ${sql.raw(operator)} (${sql.join(key)})`;
  const order = (direction === "asc") === (page.inverted ?? false) ? sql`desc` : sql`asc`;
  return {
    within: sql<SqlBool>`${beyond(page.after, next as string)} and ${beyond(page.before, previous as string)}`,
    order: sql`${sql.join(columns.map((column) => sql`${sql.ref(column)} ${order}`))}`,
  };
}
