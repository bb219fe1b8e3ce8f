import type { ArrayLike, Item, ndarray } from "@cognate/ndarray/core";
import { indexOf } from "@cognate/ndarray/core";
import { multiply } from "@cognate/ndarray/functions";
import { ValueError } from "@cognate/py";
import { asArray } from "../internal.js";
import { inexact } from "./coefficients.js";

type Values = (x: ArrayLike, c: ArrayLike, tensor?: boolean) => Item;

/** Values at points of two or three variables. @throws ValueError for coordinates of different shapes */
export const atPoints =
  (values: Values, names: string) =>
  (c: ArrayLike, ...points: readonly ArrayLike[]): Item => {
    const first = asArray(points[0]!);
    if (points.some((p) => asArray(p)._a.shape.join() !== first._a.shape.join()))
      throw new ValueError(`${names} are incompatible`);
    return points.reduce<ArrayLike>((y, p, i) => values(p, y, i === 0), c) as Item;
  };

/** Values at all combinations of coordinates. */
export const onGrid =
  (values: Values) =>
  (c: ArrayLike, ...points: readonly ArrayLike[]): Item =>
    points.reduce<ArrayLike>((y, p) => values(p, y), c) as Item;

/** Products of the basis in several variables along one last axis. */
export const vanderProducts =
  (vander: (x: ArrayLike, deg: number) => ndarray, n: number) =>
  (...args: readonly (ArrayLike | readonly number[])[]): ndarray => {
    const points = args.slice(0, n).map((p) => inexact(p as ArrayLike));
    const degrees = (args[n] as readonly number[]).map((d) => indexOf(d));
    if (degrees.length !== n)
      throw new ValueError(`Expected ${n} dimensions of sample points, got ${degrees.length}`);
    const all = points.reduce<ndarray | null>((left, p, i) => {
      const columns = vander(p, degrees[i]!);
      if (left === null) return columns;
      const wide = asArray(multiply(left.at("...", null), columns.at("...", null, ":")));
      const shape = [...wide._a.shape];
      const last = shape.splice(-2).reduce((a, b) => a * b, 1);
      return wide.reshape([...shape, last]);
    }, null);
    return all!;
  };
