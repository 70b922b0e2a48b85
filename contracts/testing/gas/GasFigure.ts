/** What an operation costs. `npm run gas -- --json` prints a list of these. */
export interface GasFigure {
  readonly op: string;
  /** Gas of the whole transaction, its intrinsic gas and calldata included; for `settleMarginal`, of one more row. */
  readonly gas: number;
  /** Storage slots of our contracts that the transaction filled for the first time. */
  readonly newSlots: number;
  /** The payment token, and the slots that it filled: a signed payment uses up a nonce of its own. */
  readonly token: "TestDollar";
  readonly tokenSlots: number;
  /** Gas of what other packages take for the same, in the same run. */
  readonly anchor: Readonly<Record<string, number>>;
}
