import SchemaBuilder from "@pothos/core";
import ComplexityPlugin from "@pothos/plugin-complexity";
import RelayPlugin from "@pothos/plugin-relay";
import asOfPlugin from "./asOfPlugin.ts";
import type { Context } from "./Context.ts";
import { formatNodeId, parseNodeId } from "./keys.ts";
import { DEFAULT_PAGE } from "./pageLimits.ts";

interface Scalar<Type> {
  Input: Type;
  Output: Type;
}

/** The one schema builder; the files in `graph/` add to it. */
export const builder = new SchemaBuilder<{
  Context: Context;
  DefaultFieldNullability: false;
  Scalars: {
    ID: { Input: string; Output: string };
    BigInt: Scalar<bigint>;
    Decimal: { Input: number; Output: string };
    Usd: { Input: number; Output: string };
    Address: Scalar<string>;
    Hex: Scalar<string>;
    DateTime: Scalar<Date>;
  };
}>({
  plugins: [asOfPlugin, RelayPlugin, ComplexityPlugin],
  defaultFieldNullability: false,
  relay: {
    encodeGlobalID: formatNodeId,
    decodeGlobalID: parseNodeId,
    nodesOnConnection: { complexity: { field: 1, multiplier: 1 } },
    edgesFieldOptions: { complexity: { field: 1, multiplier: 1 } },
    // The plugin does not look at the page size by itself: without this a page of 100 costs what one node does.
    defaultConnectionFieldOptions: {
      complexity: ({ first, last }) => ({ field: 1, multiplier: first ?? last ?? DEFAULT_PAGE }),
    },
    nodesQueryOptions: { complexity: ({ ids }) => ({ field: 1, multiplier: ids.length }) },
  },
});

builder.queryType({ description: "Everything is public and read-only, and one request sees one snapshot." });
