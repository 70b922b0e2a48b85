import { isRecord } from "./parseJsonObject.ts";

const MAX_CHARACTERS = 500;

/** The words of an OpenAI-shaped error, `{ error: { message } }`, or of the several shapes that engines make of it. */
export function errorMessage(answer: unknown): string {
  const error = isRecord(answer) ? (answer.error ?? answer) : answer;
  const message = isRecord(error) ? (error.message ?? error.detail) : error;
  return typeof message === "string" ? message.slice(0, MAX_CHARACTERS) : "the inference server gave no reason";
}
