/** A value of an export's line that is not what an export writes. */
export class Malformed extends Error {
  override readonly name = "Malformed";
  readonly field: string;
  readonly expected: string;
  readonly actual: string;

  constructor(field: string, expected: string, actual: unknown) {
    super(`${field} is not ${expected}`);
    this.field = field;
    this.expected = expected;
    this.actual = actual === undefined ? "nothing" : String(JSON.stringify(actual)).slice(0, 200);
  }
}
