import { readdirSync, readFileSync } from "node:fs";

const folder = new URL("./queries/", import.meta.url);

/** The example queries that GraphiQL opens with, in the order of their file names. */
export const savedQueries = (): { readonly name: string; readonly query: string }[] =>
  readdirSync(folder)
    .filter((file) => file.endsWith(".graphql"))
    .sort()
    .map((file) => ({ name: file.slice(0, -".graphql".length), query: readFileSync(new URL(file, folder), "utf8") }));
