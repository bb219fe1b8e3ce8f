import { IndexRangeError, ops, type Shape } from "@cognate/kernel";
import { type Def, def, NotImplementedError, RuntimeError, Tuple, ValueError } from "@cognate/py";
import { call, callMany, type Value } from "@cognate/tensor";
import { deliver, type Int, int, named, shown, valueOf } from "../../ops/args.js";
import { scalarName } from "../../promotion.js";
import { Size } from "../../size.js";
import { type Tensor, type TensorLike, wrap } from "../../tensor/tensor.js";
import { alike, done, number, type PerAxis, pair, perAxis, type WithIndices } from "./args.js";
import { checkMaxPool1d, checkPool, outputSize, type Window, windowOf } from "./pool-args.js";

const refuse = (kernel: string, x: Value, kinds: readonly string[]): void => {
  if (kinds.includes(x.dtype.kind))
    throw new NotImplementedError(`"${kernel}" not implemented for '${scalarName(x.dtype)}'`);
};

/** Whole numbers as floats only if they were meant as such. */
const floats = (input: TensorLike): Value => alike<[Value]>(input)[0];

const MAX = "input kernel_size stride padding dilation ceil_mode return_indices";
type MaxArgs = [
  input: TensorLike,
  kernel_size: PerAxis,
  stride?: PerAxis | null,
  padding?: PerAxis,
  dilation?: PerAxis,
  ceil_mode?: boolean,
  return_indices?: boolean,
];

/** A maximum that also gives positions when `return_indices` is true. */
interface MaxPool extends Def<typeof MAX, (...args: MaxArgs) => Tensor> {
  (
    input: TensorLike,
    kernel_size: PerAxis,
    keywords: {
      stride?: PerAxis | null;
      padding?: PerAxis;
      dilation?: PerAxis;
      ceil_mode?: boolean;
      return_indices: true;
    },
  ): WithIndices;
}

/** The maximum over windows, with positions. */
function maxPool(
  axes: number,
  name: string,
  input: TensorLike,
  args: Partial<Parameters<typeof windowOf>>,
  withIndices: boolean,
): Value[] {
  const [kernel, stride = null, padding = 0, dilation = 1, ceil = false] = args.slice(2) as [
    PerAxis,
    PerAxis | null,
    PerAxis,
    PerAxis,
    boolean,
  ];
  const x = valueOf(input);
  const w: Window = windowOf(name, axes, kernel, stride, padding, dilation, ceil);
  if (axes === 1) checkMaxPool1d(x.shape, w, withIndices);
  else checkPool(axes, x.shape, w);
  refuse(axes === 1 ? "max_pool1d_impl" : axes === 2 ? "max_pool2d" : "max_pool3d_cpu", x, [
    "bool",
    "complex",
  ]);
  return callMany(ops.maxPool, [x], w);
}

const MAX_GRAD = [
  "",
  "MaxPool2DWithIndicesBackward0",
  "MaxPool2DWithIndicesBackward0",
  "MaxPool3DWithIndicesBackward0",
];

const maxPoolOf = (axes: number, withIndices: boolean): MaxPool => {
  const name = `max_pool${axes}d`;
  return def(
    `torch.nn.functional.${name}${withIndices ? "_with_indices" : ""}`,
    MAX,
    (
      input: TensorLike,
      kernel_size: PerAxis,
      stride: PerAxis | null = null,
      padding: PerAxis = 0,
      dilation: PerAxis = 1,
      ceil_mode = false,
      return_indices = false,
    ): Tensor => {
      const ys = maxPool(
        axes,
        name,
        input,
        [name, axes, kernel_size, stride, padding, dilation, ceil_mode],
        withIndices || return_indices,
      );
      const gradFn = axes === 1 ? "SqueezeBackward1" : MAX_GRAD[axes]!;
      named(ys[0]!, gradFn);
      return withIndices || return_indices ? (pair(ys) as unknown as Tensor) : wrap(ys[0]!);
    },
  ) as MaxPool;
};

/** {@link MaxPool} that always gives positions. */
type MaxPoolPair = Def<typeof MAX, (...args: MaxArgs) => WithIndices>;
const always = (f: MaxPool): MaxPoolPair => f as unknown as MaxPoolPair;

/** The largest element of each window of input `(N, C, L)` or `(C, L)`. */
export const max_pool1d = maxPoolOf(1, false);
/**
 * The largest element of each window of input `(N, C, H, W)` or `(C, H, W)`; with `return_indices` also where in the plane
 * it stands. Equal elements: the first. Padding counts as −∞.
 *
 * @throws RuntimeError where the window does not fit
 *
 * @example
 * ```ts
 * import * as torch from "@cognate/torch";
 * import * as F from "@cognate/torch/nn/functional";
 * import { print } from "@cognate/py";
 * const x = torch.tensor([[[1.5, 2], [3, 4]]]);
 * const [y, where] = F.max_pool2d(x, 2, { return_indices: true });
 * print(y, where); // prints tensor([[[4.]]]) tensor([[[3]]])
 * ```
 */
export const max_pool2d = maxPoolOf(2, false);
/** The largest element of each window of input `(N, C, D, H, W)` or `(C, D, H, W)`. */
export const max_pool3d = maxPoolOf(3, false);
/** {@link max_pool1d} and the positions. */
export const max_pool1d_with_indices: MaxPoolPair = always(maxPoolOf(1, true));
/** {@link max_pool2d} and the positions. */
export const max_pool2d_with_indices: MaxPoolPair = always(maxPoolOf(2, true));
/** {@link max_pool3d} and the positions. */
export const max_pool3d_with_indices: MaxPoolPair = always(maxPoolOf(3, true));

/** The mean over windows; `divisor` replaces their size. */
function avgPool(
  axes: number,
  input: TensorLike,
  kernel_size: PerAxis,
  stride: PerAxis | null,
  padding: PerAxis,
  ceil: boolean,
  countPadding: boolean,
  divisor: Int | null,
): Value {
  const name = `avg_pool${axes}d`;
  const x = floats(input);
  if (axes === 1) checkRank1d(name, x.shape);
  const w = windowOf(name, axes, kernel_size, stride, padding, 1, ceil);
  if (divisor !== null && int(divisor) === 0) throw new RuntimeError("divisor must be not zero");
  checkPool(axes, x.shape, w);
  if (x.dtype.name !== "int64")
    refuse(axes === 3 ? "avg_pool3d_out_frame" : "avg_pool2d", x, ["bool", "int", "uint", "complex"]);
  const params = { ...w, countPadding, ...(divisor === null ? {} : { divisor: int(divisor) }) };
  return named(call(ops.avgPool, [x], params), axes === 1 ? "SqueezeBackward1" : `AvgPool${axes}DBackward0`);
}

function checkRank1d(name: string, x: Shape): void {
  if (x.length !== 2 && x.length !== 3)
    throw new RuntimeError(
      `Expected 2 to 3 dimensions, but got ${x.length}-dimensional tensor for argument #1 'self' (while checking arguments for ${name})`,
    );
}

/** The mean of each window of input `(N, C, L)` or `(C, L)`. */
export const avg_pool1d = def(
  "torch.nn.functional.avg_pool1d",
  "input kernel_size stride padding ceil_mode count_include_pad",
  (
    input: TensorLike,
    kernel_size: PerAxis,
    stride: PerAxis | null = null,
    padding: PerAxis = 0,
    ceil_mode = false,
    count_include_pad = true,
  ): Tensor => wrap(avgPool(1, input, kernel_size, stride, padding, ceil_mode, count_include_pad, null)),
);

const AVG = "input kernel_size stride padding ceil_mode count_include_pad divisor_override * out";

/** The mean of each window of input `(N, C, H, W)` or `(C, H, W)`. */
export const avg_pool2d = def(
  "torch.nn.functional.avg_pool2d",
  AVG,
  (
    input: TensorLike,
    kernel_size: PerAxis,
    stride: PerAxis | null = null,
    padding: PerAxis = 0,
    ceil_mode = false,
    count_include_pad = true,
    divisor_override: Int | null = null,
    out: Tensor | null = null,
  ): Tensor =>
    deliver(
      avgPool(2, input, kernel_size, stride, padding, ceil_mode, count_include_pad, divisor_override),
      out,
    ),
);

/** The mean of each window of input `(N, C, D, H, W)` or `(C, D, H, W)`. */
export const avg_pool3d = def(
  "torch.nn.functional.avg_pool3d",
  AVG,
  (
    input: TensorLike,
    kernel_size: PerAxis,
    stride: PerAxis | null = null,
    padding: PerAxis = 0,
    ceil_mode = false,
    count_include_pad = true,
    divisor_override: Int | null = null,
    out: Tensor | null = null,
  ): Tensor =>
    deliver(
      avgPool(3, input, kernel_size, stride, padding, ceil_mode, count_include_pad, divisor_override),
      out,
    ),
);

/** A target size: one number for all axes, one an axis, `null` for the input's own. */
export type OutputSize = Int | readonly (Int | null)[] | null;

/** Input and target lengths of an adaptive pooling, checked. */
function adaptive(
  name: string,
  axes: number,
  input: TensorLike,
  size: OutputSize,
  colon: string,
): [Value, number[]] {
  const x = floats(input);
  const rank = x.shape.length;
  if (axes > 1 && Array.isArray(size) && rank <= size.length)
    throw new ValueError(`Input dimension should be at least ${size.length + 1}`);
  if (axes === 1) checkRank1d(name, x.shape);
  else if (rank !== axes + 1 && rank !== axes + 2)
    throw new RuntimeError(
      `${name}(): Expected ${axes + 1}D or ${axes + 2}D tensor, but got${colon} ${shown(x.shape)}`,
    );
  const output = outputSize(size, x.shape.slice(rank - axes));
  if (output.length !== axes) {
    if (axes === 1)
      throw new RuntimeError(
        `${name}() argument 'output_size' should contain one int (got ${output.length})`,
      );
    throw new RuntimeError(
      colon
        ? `${name}(): internal error: output_size.size() must be ${axes}`
        : `${name}: output_size must be ${axes}`,
    );
  }
  const empty = x.shape.findIndex((n, i) => n === 0 && i >= rank - axes - (colon ? 1 : 0) && i > 0);
  if (empty >= 0)
    throw new RuntimeError(
      `${name}(): Expected input to have non-zero size for non-batch dimensions, but input has sizes ${shown(x.shape)} with dimension ${empty} being empty`,
    );
  const below = output.find((n) => n < 0);
  if (below !== undefined && colon)
    throw new RuntimeError(
      `Trying to create tensor with negative dimension ${below}: ${shown([...x.shape.slice(0, rank - axes), ...(axes === 1 ? [1] : []), ...output])}`,
    );
  if (below !== undefined)
    throw new RuntimeError(
      `${axes === 1 ? "adaptive_avg_pool2d" : name}: elements of output_size must be greater than or equal to 0 but received {${axes === 1 ? `1, ${below}` : axes === 2 ? output.join(", ") : `${output[0]}, ${output[1]},${output[2]}`}}`,
    );
  refuse(
    axes === 1
      ? `adaptive_${colon ? "max" : "avg"}_pool2d`
      : axes === 3 && colon
        ? "adaptive_max_pool3d_cpu"
        : name,
    x,
    ["bool", "int", "uint", "complex"],
  );
  return [x, output];
}

const adaptiveAvg = (axes: number) => {
  const name = `adaptive_avg_pool${axes}d`;
  return def(
    `torch.nn.functional.${name}`,
    "input output_size",
    (input: TensorLike, output_size: OutputSize): Tensor => {
      const [x, output] = adaptive(name, axes, input, output_size, "");
      // A single mean is what PyTorch computes as such.
      const single = axes > 1 && output.every((n) => n === 1);
      const gradFn =
        axes === 1 ? "SqueezeBackward1" : single ? "MeanBackward1" : `AdaptiveAvgPool${axes}DBackward0`;
      return wrap(named(call(ops.adaptiveAvgPool, [x], { output }), gradFn));
    },
  );
};

/** The mean of each of `output_size` nearly equal parts of the last axis. */
export const adaptive_avg_pool1d = adaptiveAvg(1);
/** The mean of each of `output_size` nearly equal parts of the last two axes; `null` keeps a length. */
export const adaptive_avg_pool2d = adaptiveAvg(2);
/** The mean of each of `output_size` nearly equal parts of the last three axes; `null` keeps a length. */
export const adaptive_avg_pool3d = adaptiveAvg(3);

const ADAPTIVE_MAX = "input output_size return_indices";
type AdaptiveMaxArgs = [input: TensorLike, output_size: OutputSize, return_indices?: boolean];
interface AdaptiveMax extends Def<typeof ADAPTIVE_MAX, (...args: AdaptiveMaxArgs) => Tensor> {
  (input: TensorLike, output_size: OutputSize, keywords: { return_indices: true }): WithIndices;
}
type AdaptiveMaxPair = Def<typeof ADAPTIVE_MAX, (...args: AdaptiveMaxArgs) => WithIndices>;

const adaptiveMax = (axes: number, withIndices: boolean): AdaptiveMax => {
  const name = `adaptive_max_pool${axes}d`;
  return def(
    `torch.nn.functional.${name}${withIndices ? "_with_indices" : ""}`,
    ADAPTIVE_MAX,
    (input: TensorLike, output_size: OutputSize, return_indices = false): Tensor => {
      const [x, output] = adaptive(name, axes, input, output_size, ":");
      const ys = callMany(ops.adaptiveMaxPool, [x], { output });
      const gradFn = axes === 1 ? "SqueezeBackward1" : `AdaptiveMaxPool${axes}DBackward0`;
      named(ys[0]!, gradFn);
      return withIndices || return_indices ? (pair(ys) as unknown as Tensor) : wrap(ys[0]!);
    },
  ) as AdaptiveMax;
};

/** The largest element of each of `output_size` nearly equal parts of the last axis. */
export const adaptive_max_pool1d = adaptiveMax(1, false);
/** The largest element of each of `output_size` nearly equal parts of the last two axes. */
export const adaptive_max_pool2d = adaptiveMax(2, false);
/** The largest element of each of `output_size` nearly equal parts of the last three axes. */
export const adaptive_max_pool3d = adaptiveMax(3, false);
/** {@link adaptive_max_pool1d} and the positions. */
export const adaptive_max_pool1d_with_indices = adaptiveMax(1, true) as unknown as AdaptiveMaxPair;
/** {@link adaptive_max_pool2d} and the positions. */
export const adaptive_max_pool2d_with_indices = adaptiveMax(2, true) as unknown as AdaptiveMaxPair;
/** {@link adaptive_max_pool3d} and the positions. */
export const adaptive_max_pool3d_with_indices = adaptiveMax(3, true) as unknown as AdaptiveMaxPair;

/** The p-norm of each window, as PyTorch composes it from a mean of powers. */
function lpPool(
  axes: number,
  input: TensorLike,
  norm_type: number | Number,
  kernel_size: PerAxis,
  stride: PerAxis | null,
  ceil: boolean,
): Tensor {
  const p = number(norm_type);
  const x = floats(input);
  const largest = (v: Value): Value =>
    maxPool(axes, `max_pool${axes}d`, wrap(v), ["", axes, kernel_size, stride, 0, 1, ceil], false)[0]!;
  if (p === Number.POSITIVE_INFINITY) return wrap(largest(x.abs() as Value));
  if (p === Number.NEGATIVE_INFINITY) return done(largest(x.abs().neg() as Value).neg());
  const mean = avgPool(axes, wrap(x.pow(p) as Value), kernel_size, stride, 0, ceil, true, null);
  const count = perAxis(kernel_size, axes, () => new RuntimeError("kernel_size")).reduce((a, b) => a * b, 1);
  const size = mean.abs();
  return done(
    mean
      .sign()
      .mul(size.where(size.gt(0), 0))
      .mul(count)
      .pow(1 / p),
    "PowBackward0",
  );
}

const lpPoolOf = (axes: number) =>
  def(
    `torch.nn.functional.lp_pool${axes}d`,
    "input norm_type kernel_size stride ceil_mode",
    (
      input: TensorLike,
      norm_type: number | Number,
      kernel_size: PerAxis,
      stride: PerAxis | null = null,
      ceil_mode = false,
    ): Tensor => lpPool(axes, input, norm_type, kernel_size, stride, ceil_mode),
  );

/** The p-norm of each window of the last axis. */
export const lp_pool1d = lpPoolOf(1);
/** The p-norm of each window of the last two axes. */
export const lp_pool2d = lpPoolOf(2);
/** The p-norm of each window of the last three axes. */
export const lp_pool3d = lpPoolOf(3);

/** The length of an unpooled axis, checked against what pooling could have come from. */
function unpooledSize(
  x: Shape,
  kernel: readonly number[],
  stride: readonly number[],
  padding: readonly number[],
  given: readonly Int[] | null,
): number[] {
  const n = kernel.length;
  const usual = kernel.map((k, d) => (x[x.length - n + d]! - 1) * stride[d]! + k - 2 * padding[d]!);
  let size = usual;
  if (given !== null) {
    const all = Array.from(given as Iterable<Int>, int);
    const list = all.length === n + 2 ? all.slice(2) : all;
    if (list.length !== n)
      throw new ValueError(
        `output_size should be a sequence containing ${n} or ${n + 2} elements, but it has a length of '${list.length}'`,
      );
    const text =
      given instanceof Size
        ? new Size(list).__repr__()
        : given instanceof Tuple
          ? `(${list.join(", ")}${n === 1 ? "," : ""})`
          : shown(list);
    list.forEach((m, d) => {
      const [low, high] = [usual[d]! - stride[d]!, usual[d]! + stride[d]!];
      if (!(low < m && m < high))
        throw new ValueError(`invalid output_size "${text}" (dim ${d} must be between ${low} and ${high})`);
    });
    size = list;
  }
  size.forEach((m, d) => {
    if (m < 0)
      throw new ValueError(
        `max_unpooling: output_size must contain non-negative spatial dimensions, but got output_size[${d}]=${m}`,
      );
  });
  return size;
}

function unpool(
  axes: number,
  input: TensorLike,
  indices: TensorLike,
  kernel_size: PerAxis,
  stride: PerAxis | null,
  padding: PerAxis,
  output_size: readonly Int[] | null,
): Tensor {
  const [x, index] = [valueOf(input), valueOf(indices)];
  const per = (given: PerAxis): number[] =>
    perAxis(given, axes, (got) => new ValueError(`expected ${axes} values, got ${shown(got)}`));
  const kernel = per(kernel_size);
  const spatial = unpooledSize(
    x.shape,
    kernel,
    stride === null ? kernel : per(stride),
    per(padding),
    output_size,
  );
  if (index.dtype.name !== "int64")
    throw new RuntimeError(`elements in indices should be type int64 but got: ${scalarName(index.dtype)}`);
  const flat = axes === 1 ? 2 : axes;
  const more = axes === 1 ? 1 : 0;
  if (x.shape.length !== axes + 1 && x.shape.length !== axes + 2)
    throw new RuntimeError(
      `Input to max_unpooling${flat}d should be a ${flat + 1}d or ${flat + 2}d Tensor, but got a tensor with ${x.shape.length + more} dimensions.`,
    );
  if (x.shape.length !== index.shape.length || x.shape.some((n, i) => n !== index.shape[i])) {
    const wide = (s: Shape): string => shown(more ? [...s, 1] : s);
    throw new RuntimeError(
      `Expected shape of indices to be same as that of the input tensor (${wide(x.shape)}) but got indices tensor with shape: ${wide(index.shape)}`,
    );
  }
  try {
    return wrap(
      named(
        call(ops.maxUnpool, [x, index], { spatial }),
        axes === 1 ? "SqueezeBackward1" : `MaxUnpool${axes}DBackward0`,
      ),
    );
  } catch (e) {
    if (!(e instanceof IndexRangeError)) throw e;
    const volume = [...spatial, ...(more ? [1] : [])].join("x");
    throw new RuntimeError(`Found an invalid max index: ${e.index} (output volumes are of size ${volume})`);
  }
}

const unpoolOf = (axes: number) =>
  def(
    `torch.nn.functional.max_unpool${axes}d`,
    "input indices kernel_size stride padding output_size",
    (
      input: TensorLike,
      indices: TensorLike,
      kernel_size: PerAxis,
      stride: PerAxis | null = null,
      padding: PerAxis = 0,
      output_size: readonly Int[] | null = null,
    ): Tensor => unpool(axes, input, indices, kernel_size, stride, padding, output_size),
  );

/** The inverse of a 1-d maximum as far as there is one: the maxima at their positions, zeros elsewhere. */
export const max_unpool1d = unpoolOf(1);
/** The inverse of a 2-d maximum as far as there is one: the maxima at their positions, zeros elsewhere. */
export const max_unpool2d = unpoolOf(2);
/** The inverse of a 3-d maximum as far as there is one: the maxima at their positions, zeros elsewhere. */
export const max_unpool3d = unpoolOf(3);

export * from "./fractional-pool.js";
