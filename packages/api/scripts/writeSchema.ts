import { writeFileSync } from "node:fs";
import { schemaDocument } from "../src/schemaDocument.ts";

writeFileSync(new URL("../../../docs/schema.graphql", import.meta.url), schemaDocument());
