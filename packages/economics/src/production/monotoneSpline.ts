type Knot = readonly [x: number, y: number];

/**
 * Steffen's monotone cubic interpolation (Astronomy and Astrophysics 239, 1990): smooth, and between two knots never
 * outside of them. `knots` ascend strictly in x. Throws `RangeError` if they do not, and for an x outside of them.
 */
export function monotoneSpline(knots: readonly Knot[]): (x: number) => number {
  const segments = knots.slice(1).map(([x1, y1], index) => {
    const [x0, y0] = knots[index] ?? [x1, y1];
    if (!(x1 > x0)) throw new RangeError(`knots must ascend, got ${x0} and ${x1}`);
    return { x0, y0, width: x1 - x0, slope: (y1 - y0) / (x1 - x0) };
  });
  const tangents = knots.map((_, index) => tangent(segments[index - 1], segments[index]));
  return (x) => {
    const index = Math.max(
      0,
      segments.findLastIndex(({ x0 }) => x0 <= x),
    );
    const segment = segments[index];
    const [start = 0, end = 0] = tangents.slice(index, index + 2);
    if (segment === undefined) {
      const [only] = knots;
      if (only !== undefined && only[0] === x) return only[1];
      throw new RangeError(`${x} is outside of ${knots.length} knots`);
    }
    const { x0, y0, width, slope } = segment;
    const t = x - x0;
    if (t < 0 || t > width) throw new RangeError(`${x} is outside of the knots`);
    const a = (start + end - 2 * slope) / width ** 2;
    const b = (3 * slope - 2 * start - end) / width;
    return ((a * t + b) * t + start) * t + y0;
  };
}

interface Segment {
  readonly width: number;
  readonly slope: number;
}

/** The tangent at a knot: of the parabola through it and its neighbours, cut so that neither side overshoots. */
function tangent(left: Segment | undefined, right: Segment | undefined): number {
  if (left === undefined || right === undefined) return (left ?? right)?.slope ?? 0;
  const parabola = (left.slope * right.width + right.slope * left.width) / (left.width + right.width);
  const steepest = Math.min(Math.abs(left.slope), Math.abs(right.slope), Math.abs(parabola) / 2);
  return (Math.sign(left.slope) + Math.sign(right.slope)) * steepest;
}
