export { default } from "../../vitest.databases.ts";
