import { JoulemintError } from "@joulemint/protocol/JoulemintError";

/** An error in the shape of OpenAI's, which stock clients read; the catalogue's code and the details with it. */
export interface ErrorBody {
  readonly error: Readonly<Record<string, unknown>> & {
    readonly message: string;
    readonly type: string;
    readonly code: string;
    readonly param: null;
  };
}

export function errorBody(error: JoulemintError): ErrorBody {
  const { message, code, details } = error.toJSON();
  return { error: { ...details, message, type: typeOf(error.httpStatus), code, param: null } };
}

/** OpenAI's word for the family of an error. */
function typeOf(status: number): string {
  if (status === 401) return "authentication_error";
  if (status === 402) return "insufficient_quota";
  if (status === 429) return "rate_limit_error";
  return status >= 500 ? "server_error" : "invalid_request_error";
}

/** Whatever was thrown, as an error of the catalogue. What nobody foresaw does not show its inside to the caller. */
export function asJoulemintError(error: unknown): JoulemintError {
  return error instanceof JoulemintError ? error : new JoulemintError("INTERNAL", {}, { cause: error });
}
