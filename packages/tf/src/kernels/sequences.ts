import { arange, bool, int64, linspace, ops } from "@cognate/kernel";
import { KernelProblem } from "../core/errors.js";
import { type OpRow, row } from "../core/row.js";
import type { Value } from "../shared.js";
import { moving } from "./lift.js";
import { range } from "./places.js";
import { castValue, demand, knownInts, number, permute, reshape, run, valued } from "./tools.js";

/** Numbers made from a few. */
export const sequences: Readonly<Record<string, OpRow>> = {
  Range: row(
    ([start, limit, delta]) => {
      for (const [v, name] of [
        [start!, "start"],
        [limit!, "limit"],
        [delta!, "delta"],
      ] as const)
        demand(v.shape.length === 0, () => `${name} must be a scalar, not shape [${v.shape.join(",")}]`);
      const [from, to, step] = [number(start!), number(limit!), number(delta!)];
      if (step === 0) throw new KernelProblem(`Requires delta != 0: 0`);
      if (step > 0 ? from > to : from < to)
        throw new KernelProblem(
          step > 0
            ? `Requires start <= limit when delta > 0: ${from}/${to}`
            : `Requires start >= limit when delta < 0: ${from}/${to}`,
        );
      const n = Math.ceil(Math.abs((to - from) / step));
      const type = start!.dtype;
      return valued(arange(type, n, from, step));
    },
    (c) => {
      const [a, b, d] = [knownInts(c, 0), knownInts(c, 1), knownInts(c, 2)];
      return [[a && b && d ? Math.max(0, Math.ceil(Math.abs((b[0]! - a[0]!) / d[0]!))) : null]];
    },
  ),
  LinSpace: row(([a, b, n]) => {
    demand(number(n!) > 0, () => `Requires num > 0: ${number(n!)}`);
    return valued(linspace(a!.dtype, number(n!), number(a!), number(b!)));
  }),
  OneHot: moving(
    row(
      ([indices, depth, on, off], a) => {
        const n = number(depth!);
        const most = indices!.shape.length + 1;
        demand(
          a.int("axis") >= -1 && a.int("axis") < most,
          () => `Expected axis to be -1 or between [0, ${most}).  But received: ${a.int("axis")}`,
        );
        demand(n >= 0, () => `depth must be non-negative, got: ${n}`);
        const hot = run(ops.oneHot, [castValue(indices!, int64)], { classes: n, dtype: bool, lenient: true });
        const y = on!.detach().where(hot, off!.detach()) as Value;
        const axis = a.int("axis");
        const rank = y.shape.length;
        if (axis === -1 || axis === rank - 1) return y;
        return permute(y, [...range(0, axis), rank - 1, ...range(axis, rank - 1)]);
      },
      (c) => {
        const [x] = c.shapes;
        if (!x) return [null];
        const axis = c.attrs.int("axis");
        const at = axis < 0 ? x.length : axis;
        return [[...x.slice(0, at), knownInts(c, 1)?.[0] ?? null, ...x.slice(at)]];
      },
    ),
  ),
  // Smaller elements get an axis of their own, larger ones take the last axis up.
  Bitcast: row(([x], a) => {
    const to = a.type("type");
    const shape = x!.shape;
    const [from, size] = [x!.dtype.itemsize, to.kernel.itemsize];
    const dtype = to.kernel;
    if (from === size) return run(ops.bitcast, [x!], { dtype });
    if (from > size) return run(ops.bitcast, [reshape(x!, [...shape, 1])], { dtype });
    demand(
      shape[shape.length - 1] === size / from,
      () => `Cannot bitcast from ${a.type("T").as_datatype_enum} to ${to.as_datatype_enum}`,
    );
    return reshape(run(ops.bitcast, [x!], { dtype }), shape.slice(0, -1));
  }),
};
