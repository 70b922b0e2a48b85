/** What a meter does for one gateway's calls, in a few lines of memory: the reference for the tests of the real one. */
export class MeterModel {
  readonly cap: bigint;
  charged = 0n;
  readonly open = new Map<string, { amount: bigint; readonly overdue: boolean }>();

  constructor(cap: bigint) {
    this.cap = cap;
  }

  get held(): bigint {
    return [...this.open.values()].reduce((sum, { amount }) => sum + amount, 0n);
  }

  get available(): bigint {
    return this.cap - this.charged - this.held;
  }

  /** What is held, or the error code. */
  place(id: string, { amount, atLeast, overdue }: ModelRequest): bigint | string {
    if (atLeast > this.available + this.held) return "INSUFFICIENT_CREDIT";
    if (atLeast > this.available) return "CREDIT_ON_HOLD";
    const granted = amount < this.available ? amount : this.available;
    this.open.set(id, { amount: granted, overdue });
    return granted;
  }

  /** What is given, or the error code. */
  extend(id: string, amount: bigint, atLeast: bigint): bigint | string {
    const hold = this.open.get(id);
    if (hold === undefined) return "HOLD_NOT_OPEN";
    const share = this.available / 8n > atLeast ? this.available / 8n : atLeast;
    const granted = [amount, this.available, share].reduce((least, value) => (value < least ? value : least));
    hold.amount += granted;
    return granted;
  }

  /** The error code, or `null`. */
  void(id: string): string | null {
    return this.open.delete(id) ? null : "HOLD_NOT_OPEN";
  }

  /** The error code, or `null`. */
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

  loseGateway(): void {
    this.open.clear();
  }
}

interface ModelRequest {
  readonly amount: bigint;
  readonly atLeast: bigint;
  readonly overdue: boolean;
}
