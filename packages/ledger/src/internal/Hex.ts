export type Hex = `0x${string}`;

/** What stands before the first receipt of a session. */
export const ZERO_HASH: Hex = `0x${"0".repeat(64)}`;
