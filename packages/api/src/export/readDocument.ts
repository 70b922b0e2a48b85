import { readFileSync } from "node:fs";
import { type DocumentNode, parse } from "graphql";

/** One of the GraphQL documents that an export consists of. */
export const readDocument = (name: string): DocumentNode =>
  parse(readFileSync(new URL(`./documents/${name}.graphql`, import.meta.url), "utf8"));
