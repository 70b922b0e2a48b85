/**
 * The lower triangle L with L L^T = `matrix`, row by row. Throws `RangeError` for a matrix that is not symmetric positive
 * definite.
 */
export function cholesky(matrix: readonly (readonly number[])[]): readonly (readonly number[])[] {
  const factor: number[][] = [];
  for (const [i, row] of matrix.entries()) {
    const found = solveLower(factor, row.slice(0, i));
    const rest = (row[i] ?? Number.NaN) - dot(found, found);
    if (!(rest > 0)) throw new RangeError("the matrix is not positive definite");
    factor.push([...found, Math.sqrt(rest)]);
  }
  return factor;
}

/** The x with L x = `right`, for a lower triangle L. */
export function solveLower(factor: readonly (readonly number[])[], right: readonly number[]): readonly number[] {
  const x: number[] = [];
  for (const [i, value] of right.entries()) {
    const row = factor[i] ?? [];
    x.push((value - dot(x, row)) / (row[i] ?? Number.NaN));
  }
  return x;
}

/** The sum of the products, as far as the first one goes. */
export function dot(a: readonly number[], b: readonly number[]): number {
  let sum = 0;
  for (let i = 0; i < a.length; i += 1) sum += (a[i] as number) * (b[i] as number);
  return sum;
}
