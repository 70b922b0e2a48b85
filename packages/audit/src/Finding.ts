/** Something that is not what the chain, the receipts or the law say it must be. */
export interface Finding {
  /** The file and the key of its line (`sessions.jsonl 0x...`), or the contract or law that disagrees. */
  readonly subject: string;
  /** The field that is wrong; `line` where a whole line is missing or too many. */
  readonly field: string;
  readonly expected: string;
  readonly actual: string;
}
