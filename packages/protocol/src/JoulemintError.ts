import { type ErrorCode, errorCatalogue } from "./errorCatalogue.ts";

/** What was wrong and what was expected: flat, so that it can travel as JSON. Money errors have `needed` and `available`. */
export type ErrorDetails = Readonly<Record<string, string | number | bigint | boolean | null>>;

type JsonDetails = Record<string, string | number | boolean | null>;

/**
 * The one error class of Joulemint. `code` is stable and is what tests and programs look at; the message is for people
 * and joins the catalogue's title, the details and the remedy.
 */
export class JoulemintError extends Error {
  override readonly name = "JoulemintError";
  readonly code: ErrorCode;
  readonly details: ErrorDetails;
  readonly httpStatus: number;

  constructor(code: ErrorCode, details: ErrorDetails = {}, options?: { cause?: unknown }) {
    const { title, remedy, httpStatus } = errorCatalogue[code];
    const named = Object.entries(details).map(([key, value]) => `${key}: ${value}`);
    super(`${title}${named.length > 0 ? ` (${named.join(", ")})` : ""}. ${remedy}`, options);
    this.code = code;
    this.details = details;
    this.httpStatus = httpStatus;
  }

  /** What crosses a wire; bigints become decimal strings. The cause is the catalogue's, never a stack or an inner error. */
  toJSON(): { code: ErrorCode; title: string; cause: string; remedy: string; message: string; details: JsonDetails } {
    const { title, cause, remedy } = errorCatalogue[this.code];
    const details: JsonDetails = {};
    for (const [key, value] of Object.entries(this.details)) {
      details[key] = typeof value === "bigint" ? value.toString() : value;
    }
    return { code: this.code, title, cause, remedy, message: this.message, details };
  }
}

/** Whether something caught is a JoulemintError, and, if a code is given, one of that code. */
export function isJoulemintError(error: unknown, code?: ErrorCode): error is JoulemintError {
  return error instanceof JoulemintError && (code === undefined || error.code === code);
}
