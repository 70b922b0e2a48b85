import { createHash, randomBytes } from "node:crypto";
import type { Hex } from "../internal/Hex.ts";

/** A fresh address (20 bytes) or hash (32). */
export const randomAddress = (): Hex => `0x${randomBytes(20).toString("hex")}`;
export const randomHash = (): Hex => `0x${randomBytes(32).toString("hex")}`;

/** The same hash for the same text. */
export const testHash = (text: string): Hex => `0x${createHash("sha256").update(text).digest("hex")}`;

/** The address of `Credits` in tests that need no chain. */
export const CREDITS: Hex = `0x${"c4ed175".padStart(40, "0")}`;
