import { ops, type ResampleAxis, type Shape } from "@cognate/kernel";
import { def, NotImplementedError, RuntimeError, Tuple, TypeError, ValueError, warn } from "@cognate/py";
import { call, type Value } from "@cognate/tensor";
import { type Int, int, named, shown } from "../../../ops/args.js";
import { scalarName } from "../../../promotion.js";
import { type Tensor, type TensorLike, wrap } from "../../../tensor/tensor.js";
import { alike } from "../args.js";
import { adaptive_avg_pool1d, adaptive_avg_pool2d, adaptive_avg_pool3d } from "../pool.js";

type Num = number | Number;
/** A target size: one for all axes or one an axis. */
export type Sizes = Int | readonly Int[];
/** Factors: one for all axes or one an axis. */
export type Factors = Num | readonly Num[];

/** What each mode takes: the number of spatial axes, the kernel, PyTorch's names. */
const MODES: Readonly<Record<string, { axes: readonly number[]; kernel: ResampleAxis["kernel"] }>> = {
  nearest: { axes: [1, 2, 3], kernel: "nearest" },
  "nearest-exact": { axes: [1, 2, 3], kernel: "nearest" },
  linear: { axes: [1], kernel: "linear" },
  bilinear: { axes: [2], kernel: "linear" },
  trilinear: { axes: [3], kernel: "linear" },
  bicubic: { axes: [2], kernel: "cubic" },
  lanczos: { axes: [2], kernel: "lanczos" },
};

const pyList = (list: unknown): string =>
  list instanceof Tuple
    ? `(${list.join(", ")}${list.length === 1 ? "," : ""})`
    : `[${(list as readonly unknown[]).join(", ")}]`;

/** Target lengths and the factors that they came from. */
function target(
  spatial: Shape,
  size: Sizes | null,
  scale: Factors | null,
  recompute: boolean,
): { lengths: number[]; factors: number[] | null } {
  const dims = spatial.length;
  if (size !== null && scale !== null)
    throw new ValueError("only one of size or scale_factor should be defined");
  if (size !== null) {
    if (!Array.isArray(size)) return { lengths: spatial.map(() => whole([size as Int])[0]!), factors: null };
    if (size.length !== dims)
      throw new ValueError(
        `Input and output must have the same number of spatial dimensions, but got input with spatial dimensions of ${shown(spatial)} and output size of ${pyList(size)}. Please provide input tensor in (N, C, d1, d2, ...,dK) format and output size in (o1, o2, ...,oK) format.`,
      );
    return { lengths: whole(size as readonly Int[]), factors: null };
  }
  if (scale === null) throw new ValueError("either size or scale_factor should be defined");
  const given = Array.isArray(scale) ? (scale as readonly Num[]) : null;
  if (given && given.length !== dims)
    throw new ValueError(
      `Input and scale_factor must have the same number of spatial dimensions, but got input with spatial dimensions of ${shown(spatial)} and scale_factor of shape ${pyList(given)}. Please provide input tensor in (N, C, d1, d2, ...,dK) format and scale_factor in (s1, s2, ...,sK) format.`,
    );
  const factors = spatial.map((_, i) => Number(given ? given[i] : scale));
  const lengths = spatial.map((n, i) => Math.trunc(n * factors[i]!));
  return { lengths, factors: recompute ? null : factors };
}

/** @throws TypeError unless all are whole numbers */
function whole(list: readonly Int[]): number[] {
  if (list.every((n) => Number.isInteger(Number(n)))) return list.map(int);
  const types = list.map((n) => `<class '${Number.isInteger(Number(n)) ? "int" : "float"}'>`).join(", ");
  throw new TypeError(
    `expected size to be one of int or Tuple[int] or Tuple[int, int] or Tuple[int, int, int], but got size with types [${types}]`,
  );
}

const AXIS_NAMES = ["D", "H", "W"] as const;

function checkLengths(x: Shape, lengths: readonly number[]): void {
  const spatial = x.slice(2);
  if (x[1] === 0 || spatial.some((n) => n === 0))
    throw new RuntimeError(
      `Non-empty ${x.length}D data tensor expected but got a tensor with sizes ${shown(x)}`,
    );
  if (lengths.every((n) => n > 0)) return;
  const text = (list: readonly number[]): string =>
    `(${list.map((n, i) => `${AXIS_NAMES[i + 3 - list.length]}: ${n}`).join(", ")})`;
  throw new RuntimeError(
    `Input and output sizes should be greater than 0, but got input ${text(spatial)}${lengths.length === 1 ? " and" : ""} output ${text(lengths)}`,
  );
}

/** Which modes take bytes, by PyTorch's C++ kernels, and what those are called. */
function refuse(x: Value, kernel: ResampleAxis["kernel"], axes: number): void {
  if (x.dtype.kind === "float" || x.dtype.name === "uint8") return;
  const name =
    axes === 2 && kernel === "nearest"
      ? "upsample_nearest2d_channels_last"
      : axes === 2 && kernel === "linear"
        ? "upsample_bilinear2d_channels_last"
        : `compute_indices_weights_${kernel}`;
  throw new NotImplementedError(`"${name}" not implemented for '${scalarName(x.dtype)}'`);
}

const GRAD_NAMES: Readonly<Record<string, string>> = {
  nearest: "Nearest",
  "nearest-exact": "NearestExact",
  linear: "Linear",
  bilinear: "Bilinear",
  trilinear: "Trilinear",
  bicubic: "Bicubic",
  lanczos: "Lanczos",
};

function resize(
  input: TensorLike,
  size: Sizes | null,
  scale_factor: Factors | null,
  mode: string,
  align_corners: boolean | null,
  recompute: boolean,
  antialias: boolean,
): Tensor {
  const [x] = alike<[Value]>(input);
  const rank = x.shape.length;
  const dims = rank - 2;
  const picky = mode === "nearest" || mode === "area" || mode === "nearest-exact";
  if (picky && align_corners !== null)
    throw new ValueError(
      "align_corners option can only be set with the interpolating modes: linear | bilinear | bicubic | trilinear",
    );
  const { lengths, factors } = target(x.shape.slice(2), size, scale_factor, recompute || mode === "area");
  if (recompute && size !== null)
    throw new ValueError("recompute_scale_factor is not meaningful with an explicit size.");
  if (antialias && !(["bilinear", "bicubic", "lanczos"].includes(mode) && rank === 4))
    throw new ValueError(
      "Anti-alias option is restricted to bilinear, bicubic, and lanczos modes and requires a 4-D tensor as input",
    );
  if (mode === "area" && dims >= 1 && dims <= 3) {
    const pool = [adaptive_avg_pool1d, adaptive_avg_pool2d, adaptive_avg_pool3d][dims - 1]!;
    return pool(wrap(x), lengths);
  }
  const how = MODES[mode];
  if (!how?.axes.includes(dims)) throw unfit(rank, mode);
  if (mode === "lanczos") {
    if (align_corners) throw new ValueError("Lanczos mode does not support align_corners=True");
    if (!antialias) throw new ValueError("Lanczos mode requires antialias=True");
  }
  checkLengths(x.shape, lengths);
  refuse(x, how.kernel, dims);
  const axes = lengths.map(
    (length, i): ResampleAxis => ({
      dim: 2 + i,
      size: length,
      kernel: how.kernel,
      coordinates: align_corners ? "alignCorners" : mode === "nearest" ? "asymmetric" : "halfPixel",
      ...(factors ? { scale: 1 / factors[i]! } : {}),
      antialias,
      // With antialiasing PyTorch follows Pillow, whose cubic is another one.
      a: antialias ? -0.5 : -0.75,
      single: x.dtype.name !== "float64",
    }),
  );
  const name = `Upsample${GRAD_NAMES[mode]}${dims}D${antialias ? "Aa" : ""}Backward0`;
  return wrap(named(call(ops.resample, [x], { axes }), name));
}

/** Why a mode does not take so many axes. */
function unfit(rank: number, mode: string): Error {
  const needs: Readonly<Record<string, number>> = { linear: 3, bilinear: 4, trilinear: 5 };
  const need = needs[mode];
  if (need && rank >= 3 && rank <= 5)
    return new NotImplementedError(`Got ${rank}D input, but ${mode} mode needs ${need}D input`);
  return new NotImplementedError(
    `Input Error: Only 3D, 4D and 5D input Tensors supported (got ${rank}D) for the modes: nearest | linear | bilinear | bicubic | trilinear | lanczos | area | nearest-exact (got ${mode})`,
  );
}

/**
 * Images `(N, C, *)` brought to another size, or by a factor that then also decides where elements lie.
 *
 * @throws ValueError, NotImplementedError where size, mode and input do not go together
 *
 * @example
 * ```ts
 * import * as torch from "@cognate/torch";
 * import * as F from "@cognate/torch/nn/functional";
 * import { print } from "@cognate/py";
 * const x = torch.tensor([[[0.5, 1.5]]]);
 * print(F.interpolate(x, { size: 4 }), F.interpolate(x, { scale_factor: 2, mode: "linear" }));
 * // prints tensor([[[0.5000, 0.5000, 1.5000, 1.5000]]]) tensor([[[0.5000, 0.7500, 1.2500, 1.5000]]])
 * ```
 */
export const interpolate = def(
  "torch.nn.functional.interpolate",
  "input size scale_factor mode align_corners recompute_scale_factor antialias",
  (
    input: TensorLike,
    size: Sizes | null = null,
    scale_factor: Factors | null = null,
    mode = "nearest",
    align_corners: boolean | null = null,
    recompute_scale_factor: boolean | null = null,
    antialias = false,
  ): Tensor =>
    resize(input, size, scale_factor, mode, align_corners, recompute_scale_factor ?? false, antialias),
);

const deprecated = (name: string): void =>
  warn(`\`nn.functional.${name}\` is deprecated. Use \`nn.functional.interpolate\` instead.`);

/** {@link interpolate} by its old name. */
export const upsample = def(
  "torch.nn.functional.upsample",
  "input size scale_factor mode align_corners",
  (
    input: TensorLike,
    size: Sizes | null = null,
    scale_factor: Factors | null = null,
    mode = "nearest",
    align_corners: boolean | null = null,
  ): Tensor => {
    deprecated("upsample");
    return resize(input, size, scale_factor, mode, align_corners, false, false);
  },
);

/** {@link interpolate} to the nearest element, by its old name. */
export const upsample_nearest = def(
  "torch.nn.functional.upsample_nearest",
  "input size scale_factor",
  (input: TensorLike, size: Sizes | null = null, scale_factor: Factors | null = null): Tensor => {
    deprecated("upsample_nearest");
    return resize(input, size, scale_factor, "nearest", null, false, false);
  },
);

/** {@link interpolate} bilinearly with aligned corners, by its old name. */
export const upsample_bilinear = def(
  "torch.nn.functional.upsample_bilinear",
  "input size scale_factor",
  (input: TensorLike, size: Sizes | null = null, scale_factor: Factors | null = null): Tensor => {
    deprecated("upsample_bilinear");
    return resize(input, size, scale_factor, "bilinear", true, false, false);
  },
);
