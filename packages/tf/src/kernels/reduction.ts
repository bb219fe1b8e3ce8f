import { float64, int64, isDiscrete, isInteger, type OpRow as KernelRow, ops } from "@cognate/kernel";
import { KernelProblem } from "../core/errors.js";
import { type Dims, type OpRow, row, type ShapeContext } from "../core/row.js";
import type { Value } from "../shared.js";
import { unconjugated, withGradient } from "./edges.js";
import { castValue, demand, filled, knownInts, limitsOf, number, numbers, reshape, run } from "./tools.js";

/** The axes that a reduction goes over, from the front. @throws KernelProblem */
export function reducedAxes(axes: readonly number[], rank: number): number[] {
  const seen = new Set<number>();
  for (const a of axes) {
    if (a < -rank || a >= rank)
      throw new KernelProblem(`Invalid reduction dimension (${a} for input with ${rank} dimension(s)`);
    const from = a < 0 ? a + rank : a;
    if (seen.has(from))
      throw new KernelProblem(`Invalid reduction arguments: Axes contains duplicate dimension: ${from}`);
    seen.add(from);
  }
  return [...seen];
}

function reducedShape(c: ShapeContext, keep = c.attrs.bool("keep_dims")): readonly Dims[] {
  const [x] = c.shapes;
  const axes = knownInts(c, 1);
  if (!x) return [null];
  if (!axes) return [keep ? x.map(() => null) : null];
  const over = reducedAxes(axes, x.length);
  return [keep ? x.map((d, i) => (over.includes(i) ? 1 : d)) : x.filter((_, i) => !over.includes(i))];
}

type Compute = (x: Value, dims: readonly number[], keepdim: boolean) => Value;
const over = (f: Compute): OpRow =>
  row(
    ([x, axes], attrs) => {
      const dims = reducedAxes(numbers(axes!), x!.shape.length);
      // Nothing is reduced: the values as they are, through the kernel where a norm changes them.
      return f(x!, dims, attrs.bool("keep_dims"));
    },
    (c) => reducedShape(c),
  );

const viaKernel = (kernelRow: unknown, more: object = {}): OpRow =>
  over((x, dims, keepdim) => run(kernelRow as KernelRow<never>, [x], { dims, keepdim, ...more } as never));

/** The largest or smallest; of nothing it is the type's lowest or highest. */
const extreme = (kernelRow: unknown, side: 0 | 1): OpRow =>
  over((x, dims, keepdim) => {
    if (x.size > 0 || !dims.some((d) => x.shape[d] === 0)) {
      const y = run(kernelRow as KernelRow<never>, [x], { dims, keepdim, tie: "even" } as never);
      if (!x.requiresGrad) return y;
      // What is no number equals nothing: 0/0 of the derivative goes to each element.
      const none = y.detach().isnan() as Value;
      const rate = filled(y, y.shape, Number.NaN).where(none, filled(y, y.shape, 0)) as Value;
      return run(ops.sum, [x], { dims, keepdim }).mul(rate).where(none, y) as Value;
    }
    const shape = x.shape.flatMap((d, i) => (dims.includes(i) ? (keepdim ? [1] : []) : [d]));
    const float = isInteger(x.dtype) ? undefined : ([-Infinity, Infinity] as const);
    const none = filled(x, shape, (float ?? limitsOf(x.dtype))[side]);
    return x.requiresGrad ? (run(ops.sum, [x], { dims, keepdim }).add(none) as Value) : none;
  });

/** The mean; integers are cut to integers, as TensorFlow's kernels divide them. */
const mean: Compute = (x, dims, keepdim) => {
  if (!isInteger(x.dtype)) return run(ops.mean, [x], { dims, keepdim });
  const count = dims.reduce((n, d) => n * x.shape[d]!, 1);
  // Sums are wider than the elements; of nothing the mean is 0.
  const total = run(ops.sum, [x], { dims, keepdim, dtype: x.dtype.name === "uint64" ? x.dtype : int64 });
  return castValue(
    run(ops.truncDiv, [total, filled(total, [], Math.max(count, 1))], undefined as never),
    x.dtype,
  );
};

const steady = (x: Value, otherwise: number): Value =>
  filled(x, x.shape, otherwise).where(x.isnan() as Value, x) as Value;

const argRow = (kernelRow: typeof ops.argmax): OpRow =>
  row(
    ([x, axis], attrs) => {
      const rank = x!.shape.length;
      demand(
        axis!.shape.length === 0,
        () => `dim must be a scalar, but received tensor of shape: [${axis!.shape.join(",")}]`,
      );
      const a = number(axis!);
      if (a < -rank || a >= rank)
        throw new KernelProblem(`Expected dimension in the range [${-rank}, ${rank}), but got ${a}`);
      if (x!.shape[a < 0 ? a + rank : a] === 0)
        throw new KernelProblem(`Reduction axis ${a} is empty in shape [${x!.shape.join(",")}]`);
      // What is no number is never the largest.
      const low = kernelRow === ops.argmax ? -Infinity : Infinity;
      const own = isDiscrete(x!.dtype) ? x! : steady(x!.detach() as Value, low);
      const found = run(kernelRow, [own], { dims: [a] });
      return castValue(found, attrs.type("output_type").kernel);
    },
    (c) => {
      const axis = knownInts(c, 1)?.[0];
      const x = c.shapes[0]!;
      if (!x) return [null];
      if (axis === undefined) return [x.slice(1).map(() => null)];
      return [x.filter((_, i) => i !== (axis < 0 ? axis + x.length : axis))];
    },
  );

const scan = (kernelRow: unknown): OpRow =>
  row(
    ([x, axis], attrs) => {
      const rank = x!.shape.length;
      const dim = number(axis!);
      if (dim < -rank || dim >= rank)
        throw new KernelProblem(
          `ScanOp: Expected scan axis in the range [${-rank}, ${rank}), but got ${dim}`,
        );
      const [reverse, exclusive] = [attrs.bool("reverse"), attrs.bool("exclusive")];
      const params = { dim, reverse, exclusive, dtype: x!.dtype } as never;
      return unconjugated((v) => run(kernelRow as KernelRow<never>, [v], params))(x!);
    },
    ({ shapes }) => [shapes[0]!],
  );

/** Reductions and scans. */
export const reduction: Readonly<Record<string, OpRow>> = {
  All: viaKernel(ops.all),
  Any: viaKernel(ops.any),
  Sum: over((x, dims, keepdim) => run(ops.sum, [x], { dims, keepdim, dtype: x.dtype })),
  Prod: over((x, dims, keepdim) => run(ops.prod, [x], { dims, keepdim, dtype: x.dtype })),
  Mean: over(mean),
  Max: extreme(ops.amax, 0),
  Min: extreme(ops.amin, 1),
  EuclideanNorm: over((x, dims, keepdim) => {
    if (x.dtype.kind === "complex") {
      const z = x.detach() as Value;
      const wide = z.conj().mul(z).sum({ dims, keepdim: true, dtype: z.dtype }).sqrt() as Value;
      const kept = x.shape.flatMap((d, i) => (dims.includes(i) ? (keepdim ? [1] : []) : [d]));
      return withGradient("EuclideanNorm", [x], reshape(wide, kept), (gy) => [
        z.mul(reshape(gy, wide.shape)).div(wide) as Value,
      ]);
    }
    const squares = x.mul(x).sum({ dims, keepdim, dtype: x.dtype });
    if (!isInteger(x.dtype)) return squares.sqrt() as Value;
    return castValue(castValue(squares as Value, float64).sqrt() as Value, x.dtype);
  }),
  ArgMax: argRow(ops.argmax),
  ArgMin: argRow(ops.argmin),
  Cumsum: scan(ops.cumsum),
  Cumprod: scan(ops.cumprod),
  CumulativeLogsumexp: row(
    ([x, axis], attrs) => {
      const dim = number(axis!) < 0 ? number(axis!) + x!.shape.length : number(axis!);
      const turn = (v: Value): Value => (attrs.bool("reverse") ? (v.flip({ dims: [dim] }) as Value) : v);
      const all = run(ops.logcumsumexp, [turn(x!)], { dim });
      if (!attrs.bool("exclusive")) return turn(all);
      const n = x!.shape[dim]!;
      const none = filled(
        x!,
        x!.shape.map((d, i) => (i === dim ? 1 : d)),
        x!.dtype.name === "float64" ? -Number.MAX_VALUE : -3.4028234663852886e38,
      );
      return turn(
        run(ops.cat, [none, all.slice({ dim, start: 0, step: 1, length: n - 1 }) as Value], { dim }),
      );
    },
    ({ shapes }) => [shapes[0]!],
  ),
};
