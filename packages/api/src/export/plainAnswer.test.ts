import { readdirSync } from "node:fs";
import { buildSchema, parse, validate } from "graphql";
import { expect, it } from "vitest";
import { schema } from "../schema.ts";
import { plainAnswer } from "./plainAnswer.ts";
import { readDocument } from "./readDocument.ts";

const pets = buildSchema(`
  type Query { pets: [Pet!]!, kind: Kind }
  type Pet { name: String!, kind: Kind!, home: Address, born: DateTime!, weight: Amount, friends: [Friend!]! }
  type Friend { name: String!, age: Int! }
  type Amount { raw: String!, display: String! }
  enum Kind { BIG_DOG, CAT }
  scalar Address
  scalar DateTime
`);

const plain = (query: string, data: unknown) => plainAnswer(pets, parse(query))(data);

it.each([
  [
    "an enum as its value in the ledger",
    "{ pets { kind name } }",
    { kind: "BIG_DOG", name: "BIG_DOG" },
    { kind: "big_dog", name: "BIG_DOG" },
  ],
  ["an address in lower case", "{ pets { home name } }", { home: "0xAB", name: "Rex" }, { home: "0xab", name: "Rex" }],
  [
    "a moment in milliseconds",
    "{ pets { name born } }",
    { name: "Rex", born: "1970-01-01T00:00:01.500Z" },
    { name: "Rex", born: "1500" },
  ],
  [
    "a single member for its object",
    "{ pets { name weight { raw } } }",
    { name: "Rex", weight: { raw: "7" } },
    { name: "Rex", weight: "7" },
  ],
  [
    "several members as an object",
    "{ pets { weight { raw display } name } }",
    { weight: { raw: "7", display: "7 kg" }, name: "Rex" },
    { weight: { raw: "7", display: "7 kg" }, name: "Rex" },
  ],
  [
    "null as null",
    "{ pets { name weight { raw } home } }",
    { name: "Rex", weight: null, home: null },
    { name: "Rex", weight: null, home: null },
  ],
  [
    "an alias by its own name",
    "{ pets { called: name age: born } }",
    { called: "Rex", age: "1970-01-01T00:00:00Z" },
    { called: "Rex", age: "0" },
  ],
  [
    "lists item by item",
    "{ pets { name friends { name } } }",
    { name: "Rex", friends: [{ name: "Tom" }] },
    { name: "Rex", friends: ["Tom"] },
  ],
])("writes %s", (_, query, pet, line) => {
  expect(plain(query, { pets: [pet] })).toEqual([line]);
});

it("refuses what it cannot read: fragments", () => {
  expect(() => plain("{ ...all } fragment all on Query { kind }", {})).toThrow(/not a field/);
});

const documents = readdirSync(new URL("./documents/", import.meta.url)).map((file) => file.replace(".graphql", ""));
it.each(documents)("the API's schema knows all that %s asks for", (name) => {
  expect(validate(schema, readDocument(name))).toEqual([]);
  expect(plainAnswer(schema, readDocument(name))).toBeInstanceOf(Function);
});
