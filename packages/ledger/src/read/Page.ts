import { type RawBuilder, type SqlBool, sql } from "kysely";

/** A piece of an ordered list. A key is the values of the list's order columns in the last row that was seen. */
export interface Page<Key extends readonly (bigint | number | string)[]> {
  readonly limit: number;
  readonly after?: Key | undefined;
  readonly before?: Key | undefined;
  /** Read from the end: rows then come in the opposite order. */
  readonly inverted?: boolean | undefined;
}

type Key = readonly (bigint | number | string)[];

/** Keyset paging for a list ordered by `columns`, which together are unique: a page costs the same at any depth. */
export function paging(columns: readonly string[], direction: "asc" | "desc", page: Page<Key>) {
  const row = sql`(${sql.join(columns.map((column) => sql.ref(column)))})`;
  const [next, previous] = direction === "asc" ? [">", "<"] : ["<", ">"];
  const beyond = (key: Key | undefined, operator: string): RawBuilder<SqlBool> =>
    key === undefined ? sql<SqlBool>`true` : sql<SqlBool>`${row} ${sql.raw(operator)} (${sql.join(key)})`;
  const order = (direction === "asc") === (page.inverted ?? false) ? sql`desc` : sql`asc`;
  return {
    within: sql<SqlBool>`${beyond(page.after, next as string)} and ${beyond(page.before, previous as string)}`,
    order: sql`${sql.join(columns.map((column) => sql`${sql.ref(column)} ${order}`))}`,
  };
}
