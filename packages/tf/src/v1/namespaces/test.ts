import { RuntimeError, Tuple } from "@cognate/py";
import { withGraph } from "../../core/context.js";
import { toTensor } from "../../core/convert.js";
import { toGraphTensor } from "../../graph/convert.js";
import { get_default_graph } from "../../graph/current.js";
import { get_default_session, type SessionImpl } from "../../graph/session.js";
import type { GraphTensor } from "../../graph/tensor.js";
import { gradientsOf } from "../gradient.js";
import { IndexedSlices } from "../indexed-slices.js";
import { v1 } from "../make.js";
import { node } from "../random-ops.js";

/* `tf.test`: what the machine has, and gradients against differences of values. */

export const is_gpu_available = v1(
  "is_gpu_available",
  "cuda_only min_cuda_compute_capability",
  (_cuda_only = false, _capability: unknown = null): boolean => false,
);
export const gpu_device_name = v1("gpu_device_name", "", (): string => "");
const never = (name: string) => v1(name, "", (): boolean => false);
export const is_built_with_cuda = never("is_built_with_cuda");
export const is_built_with_rocm = never("is_built_with_rocm");
export const is_built_with_xla = never("is_built_with_xla");
export const is_built_with_gpu_support = never("is_built_with_gpu_support");

type Feeds = ReadonlyMap<unknown, unknown>;
const flat = (x: unknown): number[] => {
  const own = x as { tolist?(): unknown };
  const list = typeof own?.tolist === "function" ? own.tolist() : x;
  return (Array.isArray(list) ? (list.flat(Number.POSITIVE_INFINITY) as unknown[]) : [list]).map(Number);
};
const count = (shape: readonly number[]): number => shape.reduce((n, d) => n * d, 1);
/** Numbers as a tensor of a shape, to be fed. */
const shaped = (list: readonly number[], shape: readonly number[]): unknown =>
  shape.length === 0
    ? list[0]
    : shape.reduceRight<unknown[]>(
        (rest, d, i) =>
          i === 0 ? rest : Array.from({ length: rest.length / d }, (_, k) => rest.slice(k * d, (k + 1) * d)),
        [...list],
      );
/** A list with one number changed. */
const moved = (list: readonly number[], at: number, by: number): number[] =>
  list.map((v, i) => (i === at ? v + by : v));
const session = (): SessionImpl => {
  const s = get_default_session();
  if (!s) throw new RuntimeError("No default session: make one, or use it in a with statement.");
  return s as SessionImpl;
};

interface Problem {
  readonly x: GraphTensor;
  readonly xShape: readonly number[];
  readonly y: GraphTensor;
  readonly yShape: readonly number[];
  readonly at: readonly number[];
  readonly delta: number;
  readonly feeds: Feeds;
}
/** ∂y/∂x by the graph's gradients: one run a component of y. */
function byGradients({ x, xShape, y, yShape, at, feeds }: Problem): number[][] {
  const g = get_default_graph();
  const size = count(yShape);
  const ones = withGraph(null, () =>
    toTensor(shaped(Array<number>(size).fill(1), yShape) as never, { dtype: y.dtype }),
  );
  const dy = node(g, "Identity", [toGraphTensor(g, ones)]);
  const [d] = gradientsOf([y], [x], { grad_ys: [dy] });
  const dx = d instanceof IndexedSlices ? toGraphTensor(g, d) : d;
  const zeros = Array<number>(size).fill(0);
  const columns = zeros.map((_, k) =>
    flat(
      session().run(
        dx,
        new Map([...feeds, [x, shaped(at, xShape)], [dy, shaped(moved(zeros, k, 1), yShape)]]),
      ),
    ),
  );
  return at.map((_, i) => columns.map((c) => c[i]!));
}
/** ∂y/∂x by differences of y on both sides: two runs a component of x. */
function byDifferences({ x, xShape, y, at, delta, feeds }: Problem): number[][] {
  const value = (by: number, i: number): number[] =>
    flat(session().run(y, new Map([...feeds, [x, shaped(moved(at, i, by), xShape)]])));
  return at.map((_, i) => {
    const [up, down] = [value(delta, i), value(-delta, i)];
    return up.map((v, k) => (v - down[k]!) / (2 * delta));
  });
}

const SIGNATURE = "x x_shape y y_shape x_init_value delta init_targets extra_feed_dict";
type Given = [
  x: unknown,
  x_shape: unknown,
  y: GraphTensor,
  y_shape: readonly number[],
  x_init_value?: unknown,
  delta?: number,
  init_targets?: unknown,
  extra_feed_dict?: Feeds | null,
];
type Pair = readonly [number[][], number[][]];
/** Both Jacobians of each x. */
function jacobians(
  ...[x, x_shape, y, y_shape, x_init_value = null, delta = 1e-3, init_targets = null, extra = null]: Given
): Pair[] {
  if (init_targets !== null) session().run(init_targets);
  const several = Array.isArray(x);
  const xs = (several ? x : [x]) as GraphTensor[];
  const shapes = (several ? x_shape : [x_shape]) as (readonly number[])[];
  const starts = xs.map((_, i) => {
    const given = several ? ((x_init_value as unknown[] | null)?.[i] ?? null) : x_init_value;
    return given === null ? Array.from({ length: count(shapes[i]!) }, () => Math.random()) : flat(given);
  });
  return xs.map((own, i) => {
    const feeds = new Map<unknown, unknown>(extra ?? []);
    // The others stay where they begin.
    xs.forEach((other, k) => {
      if (k !== i) feeds.set(other, shaped(starts[k]!, shapes[k]!));
    });
    const problem = { x: own, xShape: shapes[i]!, y, yShape: y_shape, at: starts[i]!, delta, feeds };
    return [byGradients(problem), byDifferences(problem)];
  });
}
const array = (m: number[][], dtype: GraphTensor["dtype"]): unknown =>
  withGraph(null, () => toTensor(m as never, { dtype }).numpy());

/** The Jacobian by gradients and the one by differences, [size of x, size of y] each; a list of them for several x. */
export const compute_gradient = v1("compute_gradient", SIGNATURE, (...given: Given): unknown => {
  const several = Array.isArray(given[0]);
  const xs = (several ? given[0] : [given[0]]) as GraphTensor[];
  const pairs = jacobians(...given).map(([a, b], i) =>
    Tuple.of_([array(a, xs[i]!.dtype), array(b, xs[i]!.dtype)]),
  );
  return several ? pairs : pairs[0]!;
});
/** The largest distance between the two Jacobians. */
export const compute_gradient_error = v1("compute_gradient_error", SIGNATURE, (...given: Given): number =>
  Math.max(
    0,
    ...jacobians(...given).flatMap(([a, b]) =>
      a.flatMap((row, i) => row.map((v, k) => Math.abs(v - b[i]![k]!))),
    ),
  ),
);
