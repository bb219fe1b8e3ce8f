import { type ConvParams, ops, type Shape } from "@cognate/kernel";
import { def, NotImplementedError, RuntimeError } from "@cognate/py";
import { call, type Value } from "@cognate/tensor";
import { type Int, int, named, shown } from "../../ops/args.js";
import { cppTypeName, scalarName } from "../../promotion.js";
import { type Tensor, type TensorLike, wrap } from "../../tensor/tensor.js";
import { alike, expectType, type Optional, type PerAxis, perAxis } from "./args.js";

/** PyTorch adds up a complex convolution from real ones. */
const gradFnOf = (y: Value): string => (y.dtype.kind === "complex" ? "AddBackward0" : "ConvolutionBackward0");

/** A number an axis of a convolution, named in the error. */
const numbers = (name: string, given: PerAxis, n: number): number[] =>
  perAxis(
    given,
    n,
    (got) =>
      new RuntimeError(
        `expected ${name} to be a single integer value or a list of ${n} values to match the convolution dimensions, but got ${name}=${shown(got)}`,
      ),
  );

interface Sizes {
  readonly stride: readonly number[];
  /** Positions that padding adds to each axis, on both sides together. */
  readonly room: readonly number[];
  readonly dilation: readonly number[];
  readonly groups: number;
}

const AXIS_NAMES = ["depth", "height", "width"] as const;

/** PyTorch computes one axis as the second of two. */
const twoAtLeast = (list: readonly number[], lead: number): readonly number[] =>
  list.length === 1 ? [lead, ...list] : list;

/** `stride_height: 1 stride_width: 1`. */
const parts = (name: string, list: readonly number[], lead: number, between = " "): string =>
  twoAtLeast(list, lead)
    .map((n, i, all) => `${name}_${AXIS_NAMES[i + 3 - all.length]}: ${n}`)
    .join(between);

const sizeText = (kernel: readonly number[]): string =>
  kernel.length === 3 ? `: ${kernel.join(" x ")} (TxHxW)` : ` ${parts("kernel", kernel, 1)}`;

/** PyTorch's checks of a convolution's shapes, in its order and words. */
function checkShapes(x: Shape, w: Shape, b: Shape | undefined, p: Sizes, transposed: boolean): void {
  const fail = (text: string): never => {
    throw new RuntimeError(text);
  };
  const { groups } = p;
  if (groups <= 0) fail("non-positive groups is not supported");
  if (p.room.some((n) => n < 0)) fail("negative padding is not supported");
  if (p.stride.some((n) => n <= 0)) fail("non-positive stride is not supported");
  if (w.length < 3) fail("weight should have at least three dimensions");
  if (w.length !== x.length)
    fail(
      `Expected ${w.length}-dimensional input for ${w.length}-dimensional weight ${shown(w)}, but got ${x.length}-dimensional input of size ${shown(x)} instead`,
    );
  if (w[0]! < groups)
    fail(
      `Given groups=${groups}, expected weight to be at least ${groups} at dimension 0, but got weight of size ${shown(w)} instead`,
    );
  if (w[0]! % groups !== 0)
    fail(
      `Given groups=${groups}, expected weight to be divisible by ${groups} at dimension 0, but got weight of size [${shown(w)}] instead`,
    );
  const given = transposed ? "Given transposed=1" : `Given groups=${groups}`;
  const channels = transposed ? w[0]! : w[1]! * groups;
  if (x[1] !== channels)
    fail(
      `${given}, weight of size ${shown(w)}, expected input${shown(x)} to have ${channels} channels, but got ${x[1]} channels instead`,
    );
  const out = transposed ? w[1]! * groups : w[0]!;
  if (b && (b.length !== 1 || b[0] !== out))
    fail(
      `${transposed ? "Given transposed=1, weight" : "Given weight"} of size ${shown(w)}, expected bias to be 1-dimensional with ${out} elements, but got bias of size ${shown(b)} instead`,
    );
  const kernel = w.slice(2);
  if (kernel.some((n) => n === 0))
    fail(`kernel size should be greater than zero, but got${sizeText(kernel)}`);
  if (p.dilation.some((n) => n < 0)) fail("dilation should be greater than zero");
  if (p.dilation.some((n) => n <= 0))
    fail(
      `dilation should be greater than zero, but got ${transposed ? parts("dilation", p.dilation, 1, ", ") : shown(twoAtLeast(p.dilation, 1))}`,
    );
  if (transposed) return;
  const padded = x.slice(2).map((n, i) => n + p.room[i]!);
  const reach = kernel.map((k, i) => p.dilation[i]! * (k - 1) + 1);
  if (padded.some((n, i) => n < reach[i]!))
    fail(
      `Calculated padded input size per channel: (${padded.join(" x ")}). Kernel size: (${reach.join(" x ")}). Kernel size can't be greater than actual input size`,
    );
}

/** Input, weight and bias in one type, the input with a batch axis; `null` for a result without one. */
function operands(
  name: string,
  axes: number,
  input: TensorLike,
  weight: TensorLike,
  bias: Optional,
): { x: Value; w: Value; b: Value | null; batched: boolean } {
  const [x, w, b] = alike<[Value, Value, Value | null]>(input, weight, bias);
  const rank = x.shape.length;
  if (rank !== axes + 1 && rank !== axes + 2)
    throw new RuntimeError(
      `Expected ${axes + 1}D (unbatched) or ${axes + 2}D (batched) input to ${name}, but got input of size: ${shown(x.shape)}`,
    );
  if (b && b.dtype !== x.dtype)
    throw new RuntimeError(
      `Input type (${cppTypeName(x.dtype)}) and bias type (${cppTypeName(b.dtype)}) should be the same`,
    );
  expectType(x.dtype, w);
  const batched = rank === axes + 2;
  return { x: batched ? x : (x.reshape({ shape: [1, ...x.shape] }) as Value), w, b, batched };
}

/** A result with or without its batch axis. */
function deliver(y: Value, batched: boolean): Tensor {
  named(y, gradFnOf(y));
  return wrap(batched ? y : named(y.reshape({ shape: y.shape.slice(1) }) as Value, "SqueezeBackward1"));
}

function convolve(
  name: string,
  axes: number,
  input: TensorLike,
  weight: TensorLike,
  bias: Optional,
  stride: PerAxis,
  padding: PerAxis | string,
  dilation: PerAxis,
  groups: Int,
): Tensor {
  const { x, w, b, batched } = operands(name, axes, input, weight, bias);
  const sizes = {
    stride: numbers("stride", stride, axes),
    dilation: numbers("dilation", dilation, axes),
    groups: int(groups),
  };
  const before = typeof padding === "string" ? namedPadding(padding, sizes, w.shape) : null;
  const both = before ?? numbers("padding", padding as PerAxis, axes).map((n) => [n, n] as const);
  const room = both.map(([a, z]) => a + z);
  checkShapes(x.shape, w.shape, b?.shape, { ...sizes, room }, false);
  if (x.dtype.kind === "bool")
    throw new NotImplementedError(
      `"slow_${axes === 3 ? "conv3d" : "conv2d"}_cpu" not implemented for 'Bool'`,
    );
  const params: ConvParams = { ...sizes, padding: both };
  return deliver(call(ops.conv, [x, w, b], params), batched);
}

/** Padding by name: none, or as much as keeps the size, the odd element at the end. */
function namedPadding(
  name: string,
  { stride, dilation }: { stride: readonly number[]; dilation: readonly number[] },
  weight: Shape,
): (readonly [number, number])[] {
  if (name === "valid") return dilation.map(() => [0, 0] as const);
  if (name !== "same") throw new RuntimeError(`Invalid padding string: '${name}'`);
  if (stride.some((n) => n !== 1))
    throw new RuntimeError("padding='same' is not supported for strided convolutions");
  return dilation.map((d, i) => {
    const total = d * (weight[2 + i]! - 1);
    const left = Math.floor(total / 2);
    return [left, total - left] as const;
  });
}

function convolveBack(
  name: string,
  axes: number,
  input: TensorLike,
  weight: TensorLike,
  bias: Optional,
  stride: PerAxis,
  padding: PerAxis,
  output_padding: PerAxis,
  groups: Int,
  dilation: PerAxis,
): Tensor {
  const { x, w, b, batched } = operands(name, axes, input, weight, bias);
  const sizes = {
    stride: numbers("stride", stride, axes),
    padding: numbers("padding", padding, axes),
    dilation: numbers("dilation", dilation, axes),
    groups: int(groups),
  };
  const more = numbers("output_padding", output_padding, axes);
  const room = sizes.padding.map((n) => 2 * n);
  checkShapes(x.shape, w.shape, b?.shape, { ...sizes, room }, true);
  if (more.some((n) => n < 0)) throw new RuntimeError("negative output_padding is not supported");
  if (more.some((n, i) => n >= sizes.stride[i]! && n >= sizes.dilation[i]!))
    throw new RuntimeError(outputPaddingText(more, sizes.stride, sizes.dilation));
  if (x.dtype.kind !== "float" && x.dtype.kind !== "complex" && x.dtype.name !== "int64")
    throw new NotImplementedError(
      `"slow_conv_transpose${Math.max(axes, 2)}d_out_cpu" not implemented for '${scalarName(x.dtype)}'`,
    );
  const spatial = x.shape
    .slice(2)
    .map(
      (n, i) =>
        (n - 1) * sizes.stride[i]! -
        2 * sizes.padding[i]! +
        sizes.dilation[i]! * (w.shape[2 + i]! - 1) +
        more[i]! +
        1,
    );
  if (spatial.some((n) => n < 1))
    throw new RuntimeError(
      `Given input size per channel: (${x.shape.slice(2).join(" x ")}). Calculated output size per channel: (${spatial.join(" x ")}). Output size is too small`,
    );
  // The extra positions at the end belong to no window: they count as negative padding there.
  const params = { ...sizes, spatial, padding: sizes.padding.map((n, i) => [n, n - more[i]!] as const) };
  return deliver(call(ops.convInput, [x, w, b], params), batched);
}

const outputPaddingText = (more: number[], stride: number[], dilation: number[]): string =>
  `output padding must be smaller than either stride or dilation, but got ${parts("output_padding", more, 0)} ${parts("stride", stride, 1)} ${parts("dilation", dilation, 1)}`;

/** 1-d convolution (cross-correlation) of input `(N, C, L)` or `(C, L)` with weight `(O, C/groups, k)`. */
export const conv1d = def(
  "torch.nn.functional.conv1d",
  "input weight bias stride padding dilation groups",
  (
    input: TensorLike,
    weight: TensorLike,
    bias: Optional = null,
    stride: PerAxis = 1,
    padding: PerAxis | string = 0,
    dilation: PerAxis = 1,
    groups: Int = 1,
  ): Tensor => convolve("conv1d", 1, input, weight, bias, stride, padding, dilation, groups),
);

/**
 * 2-d convolution (cross-correlation) of input `(N, C, H, W)` or `(C, H, W)` with weight `(O, C/groups, kH, kW)`.
 *
 * `padding` is a number, one an axis, `"valid"` or `"same"`.
 *
 * @throws RuntimeError where shapes or types do not go together
 *
 * @example
 * ```ts
 * import * as torch from "@cognate/torch";
 * import * as F from "@cognate/torch/nn/functional";
 * import { print } from "@cognate/py";
 * const x = torch.tensor([[[1, 2, 3], [4, 5, 6], [7, 8, 9.5]]]);
 * print(F.conv2d(x, torch.tensor([[[[1, 0], [0, -1]]]])));
 * // prints
 * // tensor([[[-4.0000, -4.0000],
 * //          [-4.0000, -4.5000]]])
 * ```
 */
export const conv2d = def(
  "torch.nn.functional.conv2d",
  "input weight bias stride padding dilation groups",
  (
    input: TensorLike,
    weight: TensorLike,
    bias: Optional = null,
    stride: PerAxis = 1,
    padding: PerAxis | string = 0,
    dilation: PerAxis = 1,
    groups: Int = 1,
  ): Tensor => convolve("conv2d", 2, input, weight, bias, stride, padding, dilation, groups),
);

/** 3-d convolution (cross-correlation) of input `(N, C, D, H, W)` or `(C, D, H, W)` with weight `(O, C/groups, kD, kH, kW)`. */
export const conv3d = def(
  "torch.nn.functional.conv3d",
  "input weight bias stride padding dilation groups",
  (
    input: TensorLike,
    weight: TensorLike,
    bias: Optional = null,
    stride: PerAxis = 1,
    padding: PerAxis | string = 0,
    dilation: PerAxis = 1,
    groups: Int = 1,
  ): Tensor => convolve("conv3d", 3, input, weight, bias, stride, padding, dilation, groups),
);

const TRANSPOSED = "input weight bias stride padding output_padding groups dilation";

/** 1-d transposed convolution of input `(N, C, L)` or `(C, L)` with weight `(C, O/groups, k)`. */
export const conv_transpose1d = def(
  "torch.nn.functional.conv_transpose1d",
  TRANSPOSED,
  (
    input: TensorLike,
    weight: TensorLike,
    bias: Optional = null,
    stride: PerAxis = 1,
    padding: PerAxis = 0,
    output_padding: PerAxis = 0,
    groups: Int = 1,
    dilation: PerAxis = 1,
  ): Tensor =>
    convolveBack(
      "conv_transpose1d",
      1,
      input,
      weight,
      bias,
      stride,
      padding,
      output_padding,
      groups,
      dilation,
    ),
);

/** 2-d transposed convolution of input `(N, C, H, W)` or `(C, H, W)` with weight `(C, O/groups, kH, kW)`. */
export const conv_transpose2d = def(
  "torch.nn.functional.conv_transpose2d",
  TRANSPOSED,
  (
    input: TensorLike,
    weight: TensorLike,
    bias: Optional = null,
    stride: PerAxis = 1,
    padding: PerAxis = 0,
    output_padding: PerAxis = 0,
    groups: Int = 1,
    dilation: PerAxis = 1,
  ): Tensor =>
    convolveBack(
      "conv_transpose2d",
      2,
      input,
      weight,
      bias,
      stride,
      padding,
      output_padding,
      groups,
      dilation,
    ),
);

/** 3-d transposed convolution of input `(N, C, D, H, W)` or `(C, D, H, W)` with weight `(C, O/groups, kD, kH, kW)`. */
export const conv_transpose3d = def(
  "torch.nn.functional.conv_transpose3d",
  TRANSPOSED,
  (
    input: TensorLike,
    weight: TensorLike,
    bias: Optional = null,
    stride: PerAxis = 1,
    padding: PerAxis = 0,
    output_padding: PerAxis = 0,
    groups: Int = 1,
    dilation: PerAxis = 1,
  ): Tensor =>
    convolveBack(
      "conv_transpose3d",
      3,
      input,
      weight,
      bias,
      stride,
      padding,
      output_padding,
      groups,
      dilation,
    ),
);

/** 1-d convolution of input `(time, batch, in)` with weight `(k, in, out)`; the result is `(time, batch, out)`. */
export const conv_tbc = def(
  "torch.nn.functional.conv_tbc",
  "input weight bias pad",
  (input: TensorLike, weight: TensorLike, bias: TensorLike, pad: Int = 0): Tensor => {
    const [x, w, b] = alike<[Value, Value, Value]>(input, weight, bias);
    if (x.shape.length !== 3) throw new RuntimeError("Input must have 3 dims: time, batch, in_channel");
    if (w.shape.length !== 3)
      throw new RuntimeError("Weight tensor must have 3 dims: kernel_width, in_channels, out_channels.");
    if (b.shape.length !== 1) throw new RuntimeError("Bias must be 1-D");
    if (x.shape[2] !== w.shape[1])
      throw new RuntimeError("Input dim 2 (input channels) is not == dim 1 in the weight tensor");
    if (w.shape[2] !== b.shape[0])
      throw new RuntimeError("Bias size must equal dim 2 in the weight tensor (output channels).");
    const n = int(pad);
    const params = { stride: [1], padding: [[n, n] as const], dilation: [1], groups: 1 };
    const images = x.permute({ axes: [1, 2, 0] }) as Value;
    const y = call(ops.conv, [images, w.permute({ axes: [2, 1, 0] }) as Value, b], params);
    return wrap(named(y.permute({ axes: [2, 0, 1] }) as Value, "ConvTbcBackward0"));
  },
);
