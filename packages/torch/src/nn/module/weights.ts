import { Tuple } from "@cognate/py";
import type { DTypeLike } from "../../dtype.js";
import { empty } from "../../ops/creation.js";
import type { ModuleImpl } from "../module.js";
import { Parameter } from "../parameter.js";

/**
 * Names and shapes of a layer's weights in the order of its state dict. A length is a number, the name of a size, or a
 * multiple of one (`"3*hidden_size"`).
 */
export type Layout<N extends string = string> = Readonly<Record<N, readonly (string | number)[]>>;

/** Lengths by name; a list stands for several axes. */
export type Sizes = Readonly<Record<string, number | readonly number[]>>;

/** Where weights are made, as every layer takes it. */
export interface Factory {
  readonly device: unknown;
  readonly dtype: DTypeLike | null;
}

/** The shape that a layout means. */
export function shapeOf(axes: readonly (string | number)[], sizes: Sizes): number[] {
  return axes.flatMap((axis) => {
    if (typeof axis === "number") return axis;
    const [name, factor] = axis.split("*").reverse() as [string, string | undefined];
    const size = sizes[name]!;
    return typeof size === "number" ? size * Number(factor ?? 1) : [...size];
  });
}

/** The shapes of all weights of a layout. */
export const shapesOf = (layout: Layout, sizes: Sizes): Record<string, number[]> =>
  Object.fromEntries(Object.entries(layout).map(([name, axes]) => [name, shapeOf(axes, sizes)]));

/**
 * Gives a module the uninitialised parameters of its layout; those in `without` are None.
 */
export function allocateWeights(
  module: ModuleImpl,
  layout: Layout,
  sizes: Sizes,
  { device, dtype }: Factory,
  without: readonly string[] = [],
): void {
  for (const [name, axes] of Object.entries(layout)) {
    if (without.includes(name)) module.register_parameter(name, null);
    else
      module.register_parameter(name, new Parameter(empty(shapeOf(axes, sizes), { device, dtype } as never)));
  }
}

/** How many inputs feed one output of a weight `[out, in, …kernel]`. */
export const fanIn = ([, ...rest]: readonly number[]): number => rest.reduce((n, len) => n * len, 1);

/** One number for each of `n` axes; a list stays as it is. */
export const perAxis = (n: number, x: number | readonly number[]): Tuple<number> =>
  Tuple.of_(Array.isArray(x) ? (x as readonly number[]) : new Array<number>(n).fill(x as number));
