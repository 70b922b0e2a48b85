/** What a meter does, in twenty lines of memory: the reference for the tests of the real one. */
export class MeterModel {
  readonly cap: bigint;
  charged = 0n;
  readonly open = new Map<string, { readonly amount: bigint; readonly overdue: boolean }>();

  constructor(cap: bigint) {
    this.cap = cap;
  }

  get held(): bigint {
    return [...this.open.values()].reduce((sum, { amount }) => sum + amount, 0n);
  }

  get available(): bigint {
    return this.cap - this.charged - this.held;
  }

  /** The error code, or `null`. */
  place(id: string, amount: bigint, overdue: boolean): string | null {
    if (amount > this.available + this.held) return "INSUFFICIENT_CREDIT";
    if (amount > this.available) return "CREDIT_ON_HOLD";
    this.open.set(id, { amount, overdue });
    return null;
  }

  void(id: string): string | null {
    return this.open.delete(id) ? null : "HOLD_NOT_OPEN";
  }

  capture(id: string, charge: bigint): string | null {
    const hold = this.open.get(id);
    if (hold === undefined) return "HOLD_NOT_OPEN";
    this.open.delete(id);
    // The hold is free again by now, so what is available is all that this call may take.
    this.charged += charge < this.available ? charge : this.available;
    return null;
  }

  expire(): void {
    for (const [id, { overdue }] of this.open) if (overdue) this.open.delete(id);
  }
}
