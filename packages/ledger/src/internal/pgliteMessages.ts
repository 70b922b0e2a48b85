/** `sql: null` closes the database. */
export interface PgliteRequest {
  readonly id: number;
  readonly sql: string | null;
  readonly parameters: readonly unknown[];
}

export type PgliteReply =
  | { readonly id: number; readonly rows: object[]; readonly affectedRows: number | null }
  | { readonly id: number; readonly error: { readonly message: string; readonly code: string | undefined } };
