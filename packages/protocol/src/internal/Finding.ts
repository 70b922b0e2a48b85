/** The one field of a signed receipt's document that is wrong, what the rest of the document says it should be, and what it is. */
export interface Finding {
  readonly field: string;
  readonly expected: string;
  readonly actual: string;
}
