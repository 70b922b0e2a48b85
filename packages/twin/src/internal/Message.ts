import { RequestFields } from "./RequestFields.ts";

export interface Message {
  readonly role: string;
  readonly text: string;
}

const ROLES = new Set(["system", "developer", "user", "assistant", "tool"]);

/** One entry of `messages`: its content is a string, text parts, or for an assistant that called tools, nothing. */
export function parseMessage(value: unknown, path: string): Message {
  const fields = new RequestFields(value, path);
  const role = fields.raw("role");
  if (typeof role !== "string" || !ROLES.has(role)) {
    throw fields.invalid("role", `must be one of ${[...ROLES].join(", ")}`);
  }
  const content = fields.raw("content") ?? (role === "assistant" ? "" : undefined);
  if (typeof content === "string") return { role, text: content };
  if (!Array.isArray(content)) throw fields.invalid("content", "must be a string or an array of text parts");
  const texts = content.map((part: unknown, i) => {
    const partFields = new RequestFields(part, `${path}.content.${i}`);
    const text = partFields.raw("text");
    if (partFields.raw("type") !== "text" || typeof text !== "string") {
      throw partFields.invalid("type", 'must be "text", with a text: the model reads nothing else');
    }
    return text;
  });
  return { role, text: texts.join("") };
}
