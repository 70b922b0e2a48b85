import { within } from "../internal/checked.ts";
import type { PlainNumber } from "../units.ts";

/** "1,500 % more" as a factor, which is 16: what is more comes on top. Throws `RangeError` below -100 %. */
export const timesOf = (percentMore: PlainNumber): number =>
  1 + within(percentMore, -100, Number.MAX_VALUE, "percent more") / 100;
