/** A value of an export's line: what canonical JSON can say. */
export type Plain = null | boolean | number | string | readonly Plain[] | PlainObject;

export interface PlainObject {
  readonly [name: string]: Plain;
}
