/** `value`, if it is a finite number above 0. Throws `RangeError` otherwise, with the name. */
export function positive(value: number, name: string): number {
  if (!(value > 0 && Number.isFinite(value))) throw new RangeError(`${name} must be above 0, got ${value}`);
  return value;
}

/** `value`, if it is a finite number. Throws `RangeError` otherwise, with the name. */
export function finite<Value extends number>(value: Value, name: string): Value {
  if (!Number.isFinite(value)) throw new RangeError(`${name} must be finite, got ${value}`);
  return value;
}

/** `value`, if it is a finite number from `low` to `high`, both included. Throws `RangeError` otherwise. */
export function within(value: number, low: number, high: number, name: string): number {
  if (!(value >= low && value <= high)) throw new RangeError(`${name} must be from ${low} to ${high}, got ${value}`);
  return value;
}
