import { ApiError } from "./ApiError.ts";

/** Checked access to the fields of a JSON object. A field that is null counts as absent, as in the OpenAI API. */
export class RequestFields {
  readonly #object: Readonly<Record<string, unknown>>;
  readonly #path: string;

  constructor(value: unknown, path = "") {
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      throw new ApiError(400, "invalid_type", `${path === "" ? "the request" : path} must be an object`, path || null);
    }
    this.#object = value as Record<string, unknown>;
    this.#path = path;
  }

  raw(name: string): unknown {
    return this.#object[name] ?? undefined;
  }

  name(field: string): string {
    return this.#path === "" ? field : `${this.#path}.${field}`;
  }

  fields(name: string): RequestFields | undefined {
    const value = this.raw(name);
    return value === undefined ? undefined : new RequestFields(value, this.name(name));
  }

  boolean(name: string): boolean {
    const value = this.raw(name) ?? false;
    if (typeof value !== "boolean") throw this.invalid(name, "must be true or false");
    return value;
  }

  integer(name: string, least: number, most: number): number | undefined {
    const value = this.raw(name);
    if (value === undefined) return undefined;
    if (typeof value !== "number" || !Number.isInteger(value) || value < least || value > most) {
      throw this.invalid(name, `must be an integer from ${least} to ${most}`);
    }
    return value;
  }

  number(name: string, least: number, most: number): number | undefined {
    const value = this.raw(name);
    if (value === undefined) return undefined;
    if (typeof value !== "number" || !(value >= least && value <= most)) {
      throw this.invalid(name, `must be a number from ${least} to ${most}`);
    }
    return value;
  }

  invalid(name: string, requirement: string): ApiError {
    return new ApiError(400, "invalid_value", `${this.name(name)} ${requirement}`, this.name(name));
  }
}
