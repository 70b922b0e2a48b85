import type { Address, Hex } from "viem";
import { Malformed } from "./Malformed.ts";

/** Reads a value that was JSON. Throws `Malformed` with the path of the field. Each value has one form, so that no byte is free. */
export type Reader<T> = (value: unknown, field: string) => T;

/** A decimal string of an amount, a block or a time; below 2^256. */
export const amount: Reader<bigint> = (value, field) => {
  if (typeof value !== "string" || value.length > 78 || !/^(0|[1-9][0-9]*)$/.test(value)) {
    throw new Malformed(field, "a decimal string", value);
  }
  return BigInt(value);
};

/** A JSON number of something small. */
export const count: Reader<number> = (value, field) => {
  if (!Number.isSafeInteger(value) || (value as number) < 0) throw new Malformed(field, "a whole number", value);
  return value as number;
};

export const flag: Reader<boolean> = (value, field) => {
  if (typeof value !== "boolean") throw new Malformed(field, "true or false", value);
  return value;
};

export const text: Reader<string> = (value, field) => {
  if (typeof value !== "string") throw new Malformed(field, "a text", value);
  return value;
};

export const hash = hex<Hex>(32);
export const address = hex<Address>(20);
export const signature = hex<Hex>(65);

/** Hex in lower case, of exactly so many bytes, or of any whole number of them. */
export function hex<T extends Hex>(bytes?: number): Reader<T> {
  const pattern = new RegExp(`^0x${bytes === undefined ? "([0-9a-f]{2})*" : `[0-9a-f]{${2 * bytes}}`}$`);
  const expected = bytes === undefined ? "bytes in lower-case hex" : `${bytes} bytes in lower-case hex`;
  return (value, field) => {
    if (typeof value !== "string" || !pattern.test(value)) throw new Malformed(field, expected, value);
    return value as T;
  };
}

export function oneOf<const T extends string | number>(...choices: readonly T[]): Reader<T> {
  return (value, field) => {
    const found = choices.find((choice) => choice === value);
    if (found === undefined) throw new Malformed(field, `one of ${choices.join(", ")}`, value);
    return found;
  };
}

export function nullable<T>(reader: Reader<T>): Reader<T | null> {
  return (value, field) => (value === null ? null : reader(value, field));
}

export function list<T>(reader: Reader<T>): Reader<readonly T[]> {
  return (value, field) => {
    if (!Array.isArray(value)) throw new Malformed(field, "a list", value);
    return value.map((item, index) => reader(item, `${field}.${index}`));
  };
}

export type Shape = Readonly<Record<string, Reader<unknown>>>;
export type Of<S extends Shape> = { readonly [Name in keyof S]: ReturnType<S[Name]> };

/** An object with exactly the members of the shape: a member that nothing checks must not look as if it were checked. */
export function object<S extends Shape>(shape: S): Reader<Of<S>> {
  return (value, field) => {
    const json = record(value, field);
    const at = (name: string) => (field === "" ? name : `${field}.${name}`);
    for (const name of Object.keys(json)) {
      if (!Object.hasOwn(shape, name)) throw new Malformed(at(name), "no such member", json[name]);
    }
    const read = Object.entries(shape).map(([name, reader]) => {
      const member = Object.hasOwn(json, name) ? json[name] : undefined;
      return [name, reader(member, at(name))];
    });
    return Object.fromEntries(read) as Of<S>;
  };
}

export const record: Reader<Readonly<Record<string, unknown>>> = (value, field) => {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new Malformed(field || "line", "an object", value);
  }
  return value as Record<string, unknown>;
};
