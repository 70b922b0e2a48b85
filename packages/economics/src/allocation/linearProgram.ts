/** max objective . x, subject to each row: coefficients . x <= limit, and x >= 0. */
export type LinearProgram = {
  readonly objective: readonly number[];
  readonly rows: readonly { readonly coefficients: readonly number[]; readonly limit: number }[];
};

export type LinearSolution =
  | {
      readonly status: "optimal";
      readonly value: number;
      readonly x: readonly number[];
      /** For each row what one more unit of its limit would add to the value, as long as the basis stays; 0 if it does not bind. */
      readonly shadowPrices: readonly number[];
    }
  | { readonly status: "infeasible" | "unbounded" };

const EPSILON = 1e-9;
/** Rooms closer than this are one, so that Bland's rule decides; what that breaks of a limit is at the last digits. */
const TIE = 1e-14;

/**
 * Solves a small linear program by the simplex method on a dense tableau, in two phases where a limit is negative.
 * Bland's rule: it ends on every program, and the same program always takes the same path.
 *
 * Rows and columns are scaled to a largest coefficient of 1, so that watts and tokens meet one tolerance.
 * Throws `RangeError` for numbers that are not finite and rows that are not as long as the objective.
 */
export function solveLinearProgram(program: LinearProgram): LinearSolution {
  assertProgram(program);
  const { objective, rows } = program;
  const columnScale = objective.map((_, j) => largest(rows.map(({ coefficients }) => coefficients[j] as number)));
  const rowScale = rows.map(({ coefficients }) => largest(coefficients.map((a, j) => a / (columnScale[j] as number))));
  const valueScale = largest(objective.map((c, j) => c / (columnScale[j] as number)));
  const scaledRows = rows.map(({ coefficients }, i) =>
    coefficients.map((a, j) => a / ((columnScale[j] as number) * (rowScale[i] as number))),
  );
  const limits = rows.map(({ limit }, i) => limit / (rowScale[i] as number));
  // Limits are of any size: what counts as nothing is measured against the largest.
  const limitScale = largest(limits);

  const tableau = new Tableau(
    scaledRows,
    limits.map((limit) => limit / limitScale),
  );
  if (!tableau.makeFeasible()) return { status: "infeasible" };
  tableau.setObjective(objective.map((c, j) => c / ((columnScale[j] as number) * valueScale)));
  if (!tableau.maximise()) return { status: "unbounded" };

  const x = tableau.solution().map((value, j) => (value * limitScale) / (columnScale[j] as number));
  const shadowPrices = tableau.duals().map((dual, i) => (dual * valueScale) / (rowScale[i] as number));
  return { status: "optimal", value: objective.reduce((sum, c, j) => sum + c * (x[j] as number), 0), x, shadowPrices };
}

const largest = (values: readonly number[]): number =>
  values.reduce((most, value) => Math.max(most, Math.abs(value)), 0) || 1;

function assertProgram({ objective, rows }: LinearProgram): void {
  for (const { coefficients, limit } of [{ coefficients: objective, limit: 0 }, ...rows]) {
    if (coefficients.length !== objective.length) {
      throw new RangeError(`a row has ${coefficients.length} coefficients for ${objective.length} variables`);
    }
    for (const number of [...coefficients, limit]) {
      if (!Number.isFinite(number)) throw new RangeError(`a linear program needs finite numbers, got ${number}`);
    }
  }
}

/**
 * One equation for each basic variable: basic = limit - sum of coefficients x nonbasic. Columns: the variables, one slack
 * a row, one artificial variable for phase one, and the limit. The last row is the objective, as reduced costs.
 */
class Tableau {
  private readonly variables: number;
  private readonly rowCount: number;
  private readonly artificial: number;
  private readonly cells: number[][];
  private readonly basis: number[];
  private costs: number[];

  constructor(rows: readonly (readonly number[])[], limits: readonly number[]) {
    this.rowCount = rows.length;
    this.variables = rows[0]?.length ?? 0;
    this.artificial = this.variables + this.rowCount;
    this.cells = rows.map((row, i) => [
      ...row,
      ...limits.map((_, slack) => (slack === i ? 1 : 0)),
      -1,
      limits[i] as number,
    ]);
    this.basis = limits.map((_, i) => this.variables + i);
    this.costs = new Array<number>(this.artificial + 2).fill(0);
  }

  /** Phase one: drives the artificial variable, which relaxes every row, to 0. False if nothing satisfies all rows. */
  makeFeasible(): boolean {
    let worst = 0;
    for (let i = 1; i < this.rowCount; i += 1) if (this.limit(i) < this.limit(worst)) worst = i;
    if (this.rowCount > 0 && this.limit(worst) < 0) {
      this.costs[this.artificial] = 1; // maximise minus the artificial variable
      this.pivot(worst, this.artificial);
      this.maximise();
      const left = this.basis.indexOf(this.artificial);
      if (left >= 0) {
        if (this.limit(left) > EPSILON) return false;
        // Basic at 0, but for rounding: any other column takes its place without moving anything.
        const row = this.cells[left] as number[];
        row[this.artificial + 1] = 0;
        const column = row.findIndex((cell, j) => j < this.artificial && Math.abs(cell) > EPSILON);
        if (column >= 0) this.pivot(left, column);
      }
    }
    for (const row of this.cells) row[this.artificial] = 0;
    return true;
  }

  setObjective(objective: readonly number[]): void {
    this.costs = new Array<number>(this.artificial + 2).fill(0);
    for (const [j, c] of objective.entries()) this.costs[j] = -c;
    for (const [i, basic] of this.basis.entries()) this.eliminate(this.costs, i, basic);
  }

  /** Phase two. False if the objective has no upper end. */
  maximise(): boolean {
    for (;;) {
      const column = this.costs.findIndex((cost, j) => j <= this.artificial && cost < -EPSILON);
      if (column < 0) return true;
      const row = this.leavingRow(column);
      if (row === null) return false;
      this.pivot(row, column);
    }
  }

  solution(): number[] {
    const x = new Array<number>(this.variables).fill(0);
    for (const [i, basic] of this.basis.entries()) if (basic < this.variables) x[basic] = Math.max(0, this.limit(i));
    return x;
  }

  /** The reduced costs of the slacks. */
  duals(): number[] {
    return this.costs.slice(this.variables, this.artificial).map((cost) => Math.max(0, cost));
  }

  private limit(row: number): number {
    return this.cells[row]?.[this.artificial + 1] as number;
  }

  private leavingRow(column: number): number | null {
    let best: number | null = null;
    let least = Number.POSITIVE_INFINITY;
    for (const [i, row] of this.cells.entries()) {
      const cell = row[column] as number;
      if (cell <= EPSILON) continue;
      const room = this.limit(i) / cell;
      const tied = best !== null && Math.abs(room - least) <= TIE && this.basicOf(i) < this.basicOf(best);
      if (room < least - TIE || tied) {
        best = i;
        least = Math.min(least, room);
      }
    }
    return best;
  }

  private basicOf(row: number): number {
    return this.basis[row] as number;
  }

  private pivot(row: number, column: number): void {
    const cells = this.cells[row] as number[];
    const by = cells[column] as number;
    for (let j = 0; j < cells.length; j += 1) cells[j] = (cells[j] as number) / by;
    this.basis[row] = column;
    for (const [i, other] of this.cells.entries()) if (i !== row) this.eliminate(other, row, column);
    this.eliminate(this.costs, row, column);
    // The leaving row has the least room, so that below 0 there is rounding only; a small pivot would make it large.
    for (const other of this.cells) other[this.artificial + 1] = Math.max(0, other[this.artificial + 1] as number);
  }

  private eliminate(target: number[], row: number, column: number): void {
    const by = target[column] as number;
    if (by === 0) return;
    const cells = this.cells[row] as number[];
    for (let j = 0; j < target.length; j += 1) target[j] = (target[j] as number) - by * (cells[j] as number);
  }
}
