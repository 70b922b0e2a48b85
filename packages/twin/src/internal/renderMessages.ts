import type { Message } from "./Message.ts";

/** The text whose tokens are the prompt: for each message `<|role|>`, its content and a newline, then `<|assistant|>`. */
export const renderMessages = (messages: readonly Message[]): string =>
  `${messages.map(({ role, text }) => `<|${role}|>\n${text}\n`).join("")}<|assistant|>\n`;
