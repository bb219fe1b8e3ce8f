import { linspace, ops } from "@cognate/kernel";
import { def, NotImplementedError, RuntimeError, Tuple, ValueError, warn } from "@cognate/py";
import { call, Value } from "@cognate/tensor";
import { fromKernel } from "../../../dtype.js";
import { type Int, int, named, shown } from "../../../ops/args.js";
import { Size } from "../../../size.js";
import { type Tensor, type TensorLike, wrap } from "../../../tensor/tensor.js";
import { alike, done, expectType } from "../args.js";
import { refuse } from "../loss/common.js";

function defaultAlign(align: boolean | null): boolean {
  if (align === null)
    warn(
      "Default grid_sample and affine_grid behavior has changed to align_corners=False since 1.3.0. Please specify align_corners=True if the old behavior is desired. See the documentation of grid_sample for details.",
    );
  return align ?? false;
}

const KERNELS = { bilinear: "linear", nearest: "nearest", bicubic: "cubic" } as const;
const PADDINGS = ["zeros", "border", "reflection"] as const;

/** PyTorch's checks, in its order and words. */
function checkGrid(x: Value, grid: Value, mode: string): void {
  const fail = (text: string): never => {
    throw new RuntimeError(`grid_sampler(): ${text}`);
  };
  const sizes = `got input with sizes ${shown(x.shape)} and grid with sizes ${shown(grid.shape)}`;
  if (x.shape[0] !== grid.shape[0]) fail(`expected grid and input to have same batch size, but ${sizes}`);
  const axes = x.shape.length - 2;
  if (grid.shape[grid.shape.length - 1] !== axes)
    fail(
      `expected grid to have size ${axes} in last dimension, but got grid with sizes ${shown(grid.shape)}`,
    );
  const empty = x.shape.findIndex((n, i) => i >= 2 && n === 0);
  if (empty >= 0)
    fail(
      `expected input to have non-empty spatial dimensions, but input has sizes ${shown(x.shape)} with dimension ${empty} being empty`,
    );
  if ((axes !== 2 && axes !== 3) || grid.shape.length !== x.shape.length)
    fail(`expected ${axes === 2 ? 4 : 5}D input and grid with same number of dimensions, but ${sizes}`);
  if (mode === "bicubic" && axes !== 2) fail("bicubic interpolation only supports 4D input");
}

/**
 * Images `(N, C, H, W)` or `(N, C, D, H, W)` looked up at places `(N, …, 2)` or `(N, …, 3)`, x first, from −1 to 1.
 *
 * @throws ValueError, RuntimeError for unknown modes and shapes that do not go together
 */
export const grid_sample = def(
  "torch.nn.functional.grid_sample",
  "input grid mode padding_mode align_corners",
  (
    input: TensorLike,
    grid: TensorLike,
    mode = "bilinear",
    padding_mode = "zeros",
    align_corners: boolean | null = null,
  ): Tensor => {
    const kernel = KERNELS[mode as keyof typeof KERNELS];
    if (!kernel)
      throw new ValueError(
        `nn.functional.grid_sample(): expected mode to be 'bilinear', 'nearest' or 'bicubic', but got: '${mode}'`,
      );
    const padding = PADDINGS.find((p) => p === padding_mode);
    if (!padding)
      throw new ValueError(
        `nn.functional.grid_sample(): expected padding_mode to be 'zeros', 'border', or 'reflection', but got: '${padding_mode}'`,
      );
    const alignCorners = defaultAlign(align_corners);
    const [x, g] = alike<[Value, Value]>(input, grid);
    checkGrid(x, g, mode);
    expectType(x.dtype, g);
    refuse("grid_sampler_2d_cpu_kernel_impl", x);
    const y = call(ops.gridSample, [x, g], { kernel, padding, alignCorners });
    return wrap(named(y, `GridSampler${x.shape.length - 2}DBackward0`));
  },
);

const pyTuple = (list: readonly Int[]): string =>
  list instanceof Size
    ? list.__repr__()
    : list instanceof Tuple
      ? `(${list.join(", ")})`
      : shown(list.map(int));

/** Coordinates of an axis from −1 to 1, at elements' centres or with the ends on the first and last. */
function coordinates(n: number, align: boolean, like: Value): Value {
  if (n <= 1) return like.full([n], 0) as Value;
  const line = new Value(linspace(like.dtype, n, -1, 1));
  return align ? line : (line.mul((n - 1) / n) as Value);
}

/** The grid of places that affine maps theta `(N, 2, 3)` or `(N, 3, 4)` give for images of `size`. */
export const affine_grid = def(
  "torch.nn.functional.affine_grid",
  "theta size align_corners",
  (theta: TensorLike, size: readonly Int[], align_corners: boolean | null = null): Tensor => {
    const align = defaultAlign(align_corners);
    const [t] = alike<[Value]>(theta);
    if (t.dtype.kind !== "float")
      throw new ValueError(`Expected theta to have floating point type, but got ${fromKernel(t.dtype)}`);
    const lengths = Array.from(size as Iterable<Int>, int);
    const axes = lengths.length - 2;
    if (axes !== 2 && axes !== 3)
      throw new NotImplementedError(
        `affine_grid only supports 4D and 5D sizes, for 2D and 3D affine transforms, respectively. Got size ${pyTuple(size)}.`,
      );
    if (t.shape.length !== 3 || t.shape[1] !== axes || t.shape[2] !== axes + 1)
      throw new ValueError(
        `Expected a batch of ${axes}D affine matrices of shape Nx${axes}x${axes + 1} for size ${pyTuple(size)}. Got ${new Size(t.shape).__repr__()}.`,
      );
    const spatial = lengths.slice(2);
    if (align && Math.min(...spatial) === 1)
      warn(
        "Since version 1.3.0, affine_grid behavior has changed for unit-size grids when align_corners=True. This is not an intended use case of affine_grid. See the documentation of affine_grid for details.",
      );
    else if (Math.min(...lengths) <= 0)
      throw new ValueError(`Expected non-zero, positive output size. Got ${pyTuple(size)}`);
    const shape = [...spatial, 1];
    // The last axis is x, and comes first.
    const parts = spatial.map((n, i) =>
      coordinates(n, align, t)
        .reshape({ shape: spatial.map((_, j) => (j === i ? n : 1)).concat(1) })
        .expand({ shape }),
    );
    const [first, ...rest] = [...parts.reverse(), t.full(shape, 1)];
    const base = first!.cat(rest, { dim: axes });
    const flat = base.reshape({ shape: [1, base.size / (axes + 1), axes + 1] });
    const places = flat.matmul(t.permute({ axes: [0, 2, 1] }));
    return done(places.reshape({ shape: [t.shape[0]!, ...spatial, axes] }), "AffineGridGeneratorBackward0");
  },
);
