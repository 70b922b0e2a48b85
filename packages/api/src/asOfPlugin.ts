import type { AsOf } from "@joulemint/ledger/read/AsOf";
import SchemaBuilder, { BasePlugin, type PothosOutputFieldConfig, type SchemaTypes } from "@pothos/core";
import type { GraphQLFieldResolver } from "graphql";
import type { Context } from "./Context.ts";

declare global {
  export namespace PothosSchemaTypes {
    export interface Plugins<Types extends SchemaTypes> {
      asOf: AsOfPlugin<Types>;
    }
  }
}

export const FINALITY = "Finality";

/** Gives every root field the argument `asOf`, and makes all of one request agree on it before any of them reads. */
class AsOfPlugin<Types extends SchemaTypes> extends BasePlugin<Types> {
  override onOutputFieldConfig(field: PothosOutputFieldConfig<Types>): PothosOutputFieldConfig<Types> {
    if (field.kind !== "Query") return field;
    const asOf = {
      name: "asOf",
      kind: "Arg",
      graphqlKind: "Arg",
      parentField: field.name,
      parentType: field.parentType,
      type: { kind: "Enum", ref: FINALITY as never, required: true },
      description: "The block that the answer tells of; one for the whole request.",
      defaultValue: "LATEST",
      extensions: {},
      pothosOptions: { type: FINALITY as never },
    } as const;
    return { ...field, args: { ...field.args, asOf } };
  }

  // Outside of what reads the other arguments, so that a field that fails over them has said its `asOf`, too.
  override wrapArgMappers(
    resolve: GraphQLFieldResolver<unknown, Types["Context"], object> | undefined,
    field: PothosOutputFieldConfig<Types>,
  ): GraphQLFieldResolver<unknown, Types["Context"], object> | undefined {
    if (field.kind !== "Query" || resolve === undefined) return resolve;
    return async (parent, args, context, info) => {
      const { snapshot } = context as Context;
      await snapshot.agree((args as { readonly asOf: AsOf }).asOf);
      return resolve(parent, args, context, info);
    };
  }
}

const name = "asOf";
export default name;

SchemaBuilder.registerPlugin(name, AsOfPlugin);
