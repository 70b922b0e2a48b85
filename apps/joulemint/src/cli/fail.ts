import { errorCatalogue } from "@joulemint/protocol/errorCatalogue";
import { isJoulemintError } from "@joulemint/protocol/JoulemintError";

/** Prints what went wrong and what to do, and ends the process with 1. An unknown failure shows its stack. */
export function fail(error: unknown, json: boolean): never {
  if (json) {
    const document = isJoulemintError(error) ? error.toJSON() : { code: "INTERNAL", message: String(error) };
    process.stdout.write(`${JSON.stringify({ error: document })}\n`);
  }
  if (isJoulemintError(error)) {
    const { title, remedy } = errorCatalogue[error.code];
    const details = Object.entries(error.details).map(([name, value]) => `  ${name}: ${value}`);
    process.stderr.write([`${error.code}: ${title}`, ...details, `  What to do: ${remedy}`, ""].join("\n"));
  } else {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  }
  process.exit(1);
}
