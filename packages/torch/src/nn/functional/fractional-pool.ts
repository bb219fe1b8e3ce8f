import { ops, type Shape } from "@cognate/kernel";
import { type Def, def, RuntimeError, TypeError, ValueError } from "@cognate/py";
import { callMany, Value } from "@cognate/tensor";
import { named, shown, valueOf } from "../../ops/args.js";
import { fresh } from "../../random/arguments.js";
import { samplerOf } from "../../random/generator.js";
import { type Tensor, type TensorLike, wrap } from "../../tensor/tensor.js";
import { notDifferentiable, type Optional, type PerAxis, pair, perAxis, type WithIndices } from "./args.js";

const SIGNATURE = "input kernel_size output_size output_ratio return_indices _random_samples";
type Ratio = number | Number | readonly (number | Number)[];
type Args = [
  input: TensorLike,
  kernel_size: PerAxis,
  output_size?: PerAxis | null,
  output_ratio?: Ratio | null,
  return_indices?: boolean,
  _random_samples?: Optional,
];
/** A fractional maximum that also gives positions when `return_indices` is true. */
interface Fractional extends Def<typeof SIGNATURE, (...args: Args) => Tensor> {
  (
    input: TensorLike,
    kernel_size: PerAxis,
    keywords: {
      output_size?: PerAxis | null;
      output_ratio?: Ratio | null;
      return_indices: true;
      _random_samples?: Optional;
    },
  ): WithIndices;
}
type FractionalPair = Def<typeof SIGNATURE, (...args: Args) => WithIndices>;

const AXIS_NAMES = ["time", "height", "width"] as const;

/** The lengths of the result, from a size or a share of the input's. */
function lengths(
  name: string,
  spatial: Shape,
  output_size: PerAxis | null,
  output_ratio: Ratio | null,
): number[] {
  const n = spatial.length;
  if (output_size !== null)
    return perAxis(
      output_size,
      n,
      () => new RuntimeError(`${name}: output_size must either be a single Int or tuple of Ints`),
    );
  if (output_ratio === null)
    throw new ValueError(`${name} requires specifying either an output_size or an output_ratio`);
  if (n === 2 && !Array.isArray(output_ratio)) throw new TypeError("object of type 'float' has no len()");
  const list = Array.isArray(output_ratio)
    ? (output_ratio as readonly (number | Number)[])
    : [output_ratio as number];
  if (list.length > n)
    throw new ValueError(`${name} requires output_ratio to either be a single Int or tuple of Ints.`);
  return spatial.map((length, i) => Math.trunc(length * Number(list.length === 1 ? list[0] : list[i])));
}

function checkSamples(x: Value, samples: Value, axes: number): void {
  const fail = (text: string): never => {
    throw new RuntimeError(`Expect _random_samples${text}`);
  };
  const batched = x.shape.length === axes + 2;
  const [batch, channels] = batched ? x.shape : [1, x.shape[0]];
  if (samples.dtype !== x.dtype) fail(" to have the same dtype as input");
  if (samples.shape.length !== 3) fail(` to have 3 dimensions, got ${samples.shape.length}`);
  if (samples.shape[0]! < batch!) fail(".size(0) no less then input batch size.");
  if (samples.shape[1] !== channels) fail(".size(1) equals to input channel size.");
  if (samples.shape[2] !== axes) fail(`.size(2) equals to ${axes}; got ${samples.shape[2]}.`);
}

function fractional(
  axes: number,
  input: TensorLike,
  kernel_size: PerAxis,
  output_size: PerAxis | null,
  output_ratio: Ratio | null,
  given: Optional,
): Value[] {
  const name = `fractional_max_pool${axes}d`;
  const full = axes === 2 ? `${name}()` : `${name}_out()`;
  const x = valueOf(input);
  const rank = x.shape.length;
  const spatial = x.shape.slice(-axes);
  const output = lengths(name, spatial, output_size, output_ratio);
  const kernel = perAxis(
    kernel_size,
    axes,
    () => new RuntimeError(`${name}: kernel_size must either be a single Int or tuple of Ints`),
  );
  const [batch, channels] = rank === axes + 1 ? [1, x.shape[0]!] : [x.shape[0]!, x.shape[1]!];
  const samples = given === null ? drawn(x, [batch, channels, axes]) : valueOf(given);
  if (rank !== axes + 1 && rank !== axes + 2)
    throw new RuntimeError(
      `${full}: Expected ${axes + 1}D or ${axes + 2}D tensor, but got: ${shown(x.shape)}`,
    );
  const empty = x.shape.findIndex((n, i) => n === 0 && i >= rank - axes - 1);
  if (empty >= 0)
    throw new RuntimeError(
      `${full}: Expected input to have non-zero size for non-batch dimensions, but got${shown(x.shape)} with dimension ${empty} being empty.`,
    );
  output.forEach((n, i) => {
    if (n + kernel[i]! - 1 > spatial[i]!) {
      const axisName = AXIS_NAMES[i + 3 - axes];
      throw new RuntimeError(
        `${full}: pool ${axisName} ${kernel[i]} too large relative to input ${axisName} ${spatial[i]}`,
      );
    }
  });
  checkSamples(x, samples, axes);
  notDifferentiable(name, { random_samples: samples });
  const planes = x.shape.slice(0, -axes);
  // In two dimensions PyTorch's first number is that of the last axis, in three of the first.
  const drawnOnes = samples.slice({ dim: 0, start: 0, step: 1, length: batch });
  const inOrder = axes === 2 ? drawnOnes.flip({ dims: [2] }) : drawnOnes;
  const own = inOrder.reshape({ shape: [...planes, axes] }) as Value;
  const ys = callMany(ops.fractionalMaxPool, [x, own.detach() as Value], { kernel, output });
  named(ys[0]!, `FractionalMaxPool${axes}DBackward0`);
  return ys;
}

/** Uniform numbers for every plane and axis, as `torch.rand` draws them. */
function drawn(x: Value, shape: Shape): Value {
  const samples = fresh(x.dtype, shape);
  samplerOf(null, "fractional_max_pool").fillUniform(samples);
  return new Value(samples);
}

const fractionalOf = (axes: number, withIndices: boolean): Fractional =>
  def(
    `torch.nn.functional.fractional_max_pool${axes}d${withIndices ? "_with_indices" : ""}`,
    SIGNATURE,
    (
      input: TensorLike,
      kernel_size: PerAxis,
      output_size: PerAxis | null = null,
      output_ratio: Ratio | null = null,
      return_indices = false,
      _random_samples: Optional = null,
    ): Tensor => {
      const ys = fractional(axes, input, kernel_size, output_size, output_ratio, _random_samples);
      return withIndices || return_indices ? (pair(ys) as unknown as Tensor) : wrap(ys[0]!);
    },
  ) as Fractional;

/** The largest element of windows whose starts are spread at random steps (Graham, 2014), over the last two axes. */
export const fractional_max_pool2d = fractionalOf(2, false);
/** {@link fractional_max_pool2d} over the last three axes. */
export const fractional_max_pool3d = fractionalOf(3, false);
/** {@link fractional_max_pool2d} and the positions. */
export const fractional_max_pool2d_with_indices = fractionalOf(2, true) as unknown as FractionalPair;
/** {@link fractional_max_pool3d} and the positions. */
export const fractional_max_pool3d_with_indices = fractionalOf(3, true) as unknown as FractionalPair;
