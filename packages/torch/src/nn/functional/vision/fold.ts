import { ops } from "@cognate/kernel";
import { def, IndexError, RuntimeError } from "@cognate/py";
import { call, type Value } from "@cognate/tensor";
import { named, shown, valueOf } from "../../../ops/args.js";
import { type Tensor, type TensorLike, wrap } from "../../../tensor/tensor.js";
import { done, type PerAxis, perAxis } from "../args.js";
import { refuse } from "../loss/common.js";

interface Blocks {
  readonly kernel: number[];
  readonly dilation: number[];
  readonly padding: number[];
  readonly stride: number[];
}

const two = (name: string, given: PerAxis): number[] =>
  perAxis(
    given,
    2,
    (got) => new RuntimeError(`It is expected ${name} equals to 2, but got size ${got.length}`),
  );

const pairText = (list: readonly number[]): string => `(${list.join(", ")})`;

/** The sliding block, checked in PyTorch's words. */
function blocksOf(kernel_size: PerAxis, dilation: PerAxis, padding: PerAxis, stride: PerAxis): Blocks {
  const b = {
    kernel: two("kernel_size", kernel_size),
    dilation: two("dilation", dilation),
    padding: two("padding", padding),
    stride: two("stride", stride),
  };
  const positive = (what: string, name: string, list: readonly number[], least: number): void => {
    if (list.some((n) => n < least))
      throw new RuntimeError(
        `${what} should be ${least ? "greater than zero" : "non-negative"}, but got ${name}_height: ${list[0]} ${name}_width: ${list[1]}`,
      );
  };
  positive("kernel size", "kernel", b.kernel, 1);
  positive("dilation", "dilation", b.dilation, 1);
  positive("padding", "pad", b.padding, 0);
  positive("stride", "stride", b.stride, 1);
  return b;
}

/** How many blocks fit along each axis. */
const counts = (spatial: readonly number[], b: Blocks): number[] =>
  spatial.map(
    (n, i) =>
      Math.floor((n + 2 * b.padding[i]! - b.dilation[i]! * (b.kernel[i]! - 1) - 1) / b.stride[i]!) + 1,
  );

const params = (b: Blocks) => ({
  kernel: b.kernel,
  stride: b.stride,
  dilation: b.dilation,
  padding: b.padding.map((n) => [n, n] as const),
});

/** The sliding blocks of input `(N, C, H, W)` or `(C, H, W)` as columns: `(N, C·kH·kW, L)`. */
export const unfold = def(
  "torch.nn.functional.unfold",
  "input kernel_size dilation padding stride",
  (
    input: TensorLike,
    kernel_size: PerAxis,
    dilation: PerAxis = 1,
    padding: PerAxis = 0,
    stride: PerAxis = 1,
  ): Tensor => {
    const x = valueOf(input);
    const b = blocksOf(kernel_size, dilation, padding, stride);
    const rank = x.shape.length;
    if (rank < 3)
      throw new IndexError(
        `Dimension out of range (expected to be in range of [${-rank}, ${rank - 1}], but got ${rank})`,
      );
    if (rank > 4 || x.shape.slice(-3).some((n) => n === 0))
      throw new RuntimeError(
        `Expected 3D or 4D (batch mode) tensor with possibly 0 batch size and other non-zero dimensions for input, but got: ${shown(x.shape)}`,
      );
    const spatial = x.shape.slice(-2);
    const fits = counts(spatial, b);
    if (fits.some((n) => n < 1))
      throw new RuntimeError(
        `Given input with spatial size ${pairText(spatial)}, kernel_size=${pairText(b.kernel)}, dilation=${pairText(b.dilation)}, padding=${pairText(b.padding)}, calculated shape of the array of sliding blocks as ${pairText(fits)}, but its components must be at least one.`,
      );
    refuse("im2col_out_cpu", x, ["int", "uint"]);
    const images = rank === 4 ? x : (x.reshape({ shape: [1, ...x.shape] }) as Value);
    const y = call(ops.im2col, [images], params(b));
    return done(rank === 4 ? y : y.reshape({ shape: y.shape.slice(1) }), "Im2ColBackward0");
  },
);

/** Columns `(N, C·kH·kW, L)` or `(C·kH·kW, L)` added up to images of `output_size` where their blocks overlap. */
export const fold = def(
  "torch.nn.functional.fold",
  "input output_size kernel_size dilation padding stride",
  (
    input: TensorLike,
    output_size: PerAxis,
    kernel_size: PerAxis,
    dilation: PerAxis = 1,
    padding: PerAxis = 0,
    stride: PerAxis = 1,
  ): Tensor => {
    const x = valueOf(input);
    const spatial = two("output_size", output_size);
    const b = blocksOf(kernel_size, dilation, padding, stride);
    const rank = x.shape.length;
    if ((rank !== 2 && rank !== 3) || x.shape.slice(-2).some((n) => n === 0))
      throw new RuntimeError(
        `Expected 2D or 3D (batch mode) tensor for input with possibly 0 batch size and non-zero dimensions for input, but got: ${shown(x.shape)}`,
      );
    const [rows, columns] = x.shape.slice(-2) as [number, number];
    const taps = b.kernel[0]! * b.kernel[1]!;
    if (rows % taps !== 0)
      throw new RuntimeError(
        `Expected size of input's dimension 1 to be divisible by the product of kernel_size, but got input.size(1)=${rows} and kernel_size=${pairText(b.kernel)}.`,
      );
    const fits = counts(spatial, b);
    const blocks = fits[0]! * fits[1]!;
    const given = `Given output_size=${pairText(spatial)}, kernel_size=${pairText(b.kernel)}, dilation=${pairText(b.dilation)}, padding=${pairText(b.padding)}, stride=${pairText(b.stride)}`;
    if (blocks !== columns)
      throw new RuntimeError(
        `${given}, expected size of input's dimension 2 to match the calculated number of sliding blocks ${fits[0]} * ${fits[1]} = ${blocks}, but got input.size(2)=${columns}.`,
      );
    if (fits.some((n) => n < 1))
      throw new RuntimeError(
        `${given}, calculated shape of the array of sliding blocks as ${pairText(fits)}, which is too small (non-positive)`,
      );
    refuse("col2im_out_cpu", x, ["int", "uint"]);
    const batched = rank === 3 ? x : (x.reshape({ shape: [1, ...x.shape] }) as Value);
    const y = named(call(ops.col2im, [batched], { ...params(b), spatial }), "Col2ImBackward0");
    return rank === 3 ? wrap(y) : done(y.reshape({ shape: y.shape.slice(1) }), "Col2ImBackward0");
  },
);
