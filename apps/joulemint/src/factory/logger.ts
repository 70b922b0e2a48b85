import { pino, stdSerializers } from "pino";

export interface Logger {
  info(message: string, fields?: Readonly<Record<string, unknown>>): void;
  warn(message: string, fields?: Readonly<Record<string, unknown>>): void;
  error(message: string, fields?: Readonly<Record<string, unknown>>): void;
}

/** JSON lines on stderr. `LOG_LEVEL` chooses how many; without it only warnings and errors. */
export function consoleLogger(): Logger {
  const log = pino(
    { level: process.env.LOG_LEVEL ?? "warn", serializers: { error: stdSerializers.errWithCause } },
    pino.destination(2),
  );
  return {
    info: (message, fields) => log.info(fields, message),
    warn: (message, fields) => log.warn(fields, message),
    error: (message, fields) => log.error(fields, message),
  };
}
