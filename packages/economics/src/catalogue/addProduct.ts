import type { CostStack } from "../cost/CostStack.ts";
import { type Usd, usd } from "../units.ts";
import { namedProduct } from "./namedProducts.ts";

/**
 * A factory's cost with a product of the catalogue, for the time that the stack is of: on the line that the product
 * enters, and nowhere else. Throws `RangeError` for a product that the catalogue does not hold, and for one that enters
 * how much of the time machines can serve: that is no line (`gpuHourCost`).
 */
export function addProduct(stack: CostStack, name: string, cost: Usd): CostStack {
  const { enters } = namedProduct(name);
  if (enters === "availability") throw new RangeError(`${name} is no line of cost: it enters availability`);
  return { ...stack, [enters]: usd(stack[enters] + cost) };
}
