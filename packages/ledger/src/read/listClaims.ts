import { type ChainPosition, type PositionKey, positionColumns } from "./ChainPosition.ts";
import { type Page, paging } from "./Page.ts";
import type { Reader } from "./Reader.ts";

/** Revenue that somebody took out, in base units of the payment token. */
export interface ClaimRecord extends ChainPosition {
  readonly role: "operator" | "treasury" | "holder";
  readonly model: string;
  /** `null` for a shareholder, who claims from the model. */
  readonly offering: string | null;
  readonly account: string;
  readonly recipient: string;
  readonly amount: bigint;
}

export interface ClaimFilter {
  readonly account?: string | undefined;
  readonly model?: string | undefined;
  /** Claims that this release could feed: of its offering's operator and treasury, and of the model's holders. */
  readonly after?: { readonly offering: string; readonly model: string; readonly position: PositionKey } | undefined;
}

/** Claims in the order of the chain. */
export function listClaims(reader: Reader, filter: ClaimFilter, page: Page<PositionKey>): Promise<ClaimRecord[]> {
  const { within, order } = paging(["block_number", "log_index"], "asc", page);
  let query = reader
    .selectFrom("claim")
    .select([...positionColumns, "role", "model", "offering", "account", "recipient", "amount"])
    .where(within);
  const { account, model, after } = filter;
  if (account !== undefined) query = query.where("account", "=", account);
  if (model !== undefined) query = query.where("model", "=", model);
  if (after !== undefined) {
    query = query
      .where((eb) =>
        eb.or([
          eb("offering", "=", after.offering),
          eb.and([eb("offering", "is", null), eb("model", "=", after.model)]),
        ]),
      )
      .where((eb) => eb(eb.refTuple("block_number", "log_index"), ">", eb.tuple(...after.position)));
  }
  return query.orderBy(order).limit(page.limit).execute();
}
