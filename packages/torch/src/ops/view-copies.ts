import { ops } from "@cognate/kernel";
import { Complex, def, RuntimeError, Tuple } from "@cognate/py";
import { call } from "@cognate/tensor";
import { pad } from "../nn/functional/pad.js";
import { type Scalar, type Tensor, wrap } from "../tensor/tensor.js";
import { expand, unfold, view } from "../tensor/views.js";
import { axis, deliver, type Int, type Ints, int, named } from "./args.js";
import { diagonal } from "./diagonal.js";
import { as_strided, narrow, permute, squeeze, t, transpose, unsqueeze } from "./shape.js";
import { split_with_sizes, unbind } from "./split.js";

const copyOf = (x: Tensor, label: string): Tensor => {
  const y = x._value;
  return wrap(named(call(ops.cast, [y], { dtype: y.dtype, copy: true }), label));
};

/** `expand_copy` → `ExpandBackward0_copy`; PyTorch has a derivative of its own for the copy of a narrowed tensor. */
const labelOf = (name: string, overload = 0): string =>
  name === "narrow_copy"
    ? "NarrowCopyBackward0"
    : `${name.replace(/_copy$/, "").replace(/(^|_)([a-z])/g, (_m, _u, c: string) => c.toUpperCase())}Backward${overload}_copy`;

/**
 * A view's function whose result has memory of its own.
 *
 * @param required - how many arguments must be given
 */
function copying<const S extends string, A extends readonly unknown[]>(
  name: string,
  signature: S,
  required: number,
  taken: number,
  viewed: (...args: A) => Tensor,
  overload?: (args: A) => number,
) {
  const impl = (...args: [...A, out?: Tensor | null]): Tensor => {
    const given = args.slice(0, taken) as unknown as A;
    const y = copyOf(viewed(...given), labelOf(name, overload?.(given)));
    return deliver(y._value, (args[taken] as Tensor | null | undefined) ?? null, name);
  };
  Object.defineProperty(impl, "length", { value: required });
  return def(`torch.${name}`, signature, impl);
}

/** A copy. */
export const alias_copy = copying("alias_copy", "input * out", 1, 1, (x: Tensor) => x);
/** A copy of `as_strided`. */
export const as_strided_copy = copying(
  "as_strided_copy",
  "input size stride storage_offset * out",
  3,
  4,
  (x: Tensor, size: readonly Int[], stride: readonly Int[], offset: Int | null = null) =>
    as_strided(x, size, stride, offset),
);
/** A copy of `diagonal`. */
export const diagonal_copy = copying(
  "diagonal_copy",
  "input offset dim1 dim2 * out",
  1,
  4,
  (x: Tensor, offset: Int = 0, dim1: Int = 0, dim2: Int = 1) => diagonal(x, offset, dim1, dim2),
);
/** A copy of `expand`. */
export const expand_copy = copying(
  "expand_copy",
  "input size * implicit out",
  2,
  3,
  (x: Tensor, size: Ints, _implicit = false) => expand.impl(x, [size], false),
);
/** A copy of `narrow`. */
export const narrow_copy = copying(
  "narrow_copy",
  "input dim start length * out",
  4,
  4,
  (x: Tensor, dim: Int, start: Int, length: Int) => {
    const size = x.shape[axis(dim, x.ndim)];
    if (int(length) < 0)
      throw new RuntimeError(
        `start (${int(start)}) + length (${int(length)}) exceeds dimension size (${size}).`,
      );
    return narrow(x, dim, start, length);
  },
);
/** A copy of `permute`. */
export const permute_copy = copying(
  "permute_copy",
  "input dims * out",
  2,
  2,
  (x: Tensor, dims: readonly Int[]) => permute.impl(x, [dims]),
);
/** A copy of `squeeze`. */
export const squeeze_copy = copying(
  "squeeze_copy",
  "input dim * out",
  1,
  2,
  (x: Tensor, dim: Int | readonly Int[] | null = null) => squeeze(x, dim),
  ([, dim]) => (dim === null || dim === undefined ? 0 : Array.isArray(dim) ? 2 : 1),
);
/** A copy of `t`. */
export const t_copy = copying("t_copy", "input * out", 1, 1, (x: Tensor) => t(x));
/** A copy of `transpose`. */
export const transpose_copy = copying(
  "transpose_copy",
  "input dim0 dim1 * out",
  3,
  3,
  (x: Tensor, dim0: Int, dim1: Int) => transpose(x, dim0, dim1),
);
/** A copy of `unfold`. */
export const unfold_copy = copying(
  "unfold_copy",
  "input dimension size step * out",
  4,
  4,
  (x: Tensor, dimension: Int, size: Int, step: Int) => unfold.impl(x, dimension, size, step),
);
/** A copy of `unsqueeze`. */
export const unsqueeze_copy = copying("unsqueeze_copy", "input dim * out", 2, 2, (x: Tensor, dim: Int) =>
  unsqueeze(x, dim),
);
/** A copy of `view`. */
export const view_copy = copying("view_copy", "input size|dtype * out", 2, 2, (x: Tensor, size: Ints) =>
  view.impl(x, [size]),
);

/** Copies of `unbind`. */
export const unbind_copy = def("torch.unbind_copy", "input dim", (input: Tensor, dim: Int = 0) =>
  Tuple.of_(unbind(input, dim).map((x) => copyOf(x, labelOf("unbind_copy")))),
);
/** Copies of `split_with_sizes`. */
export const split_with_sizes_copy = def(
  "torch.split_with_sizes_copy",
  "input split_sizes dim",
  (input: Tensor, split_sizes: readonly Int[], dim: Int = 0) =>
    Tuple.of_(
      split_with_sizes(input, split_sizes, dim).map((x) => copyOf(x, labelOf("split_with_sizes_copy"))),
    ),
);

/** `torch.nn.functional.pad` with a number, which may be complex. */
export const constant_pad_nd = def(
  "torch.constant_pad_nd",
  "input pad value",
  (input: Tensor, padding: readonly Int[], value: Scalar = 0): Tensor => {
    if (!(value instanceof Complex)) return pad(input, padding, "constant", Number(value));
    const inside = pad(input.detach().mul(0).add(1).real, padding).eq(1);
    return wrap(named(pad(input, padding).where(inside, value)._value, "ConstantPadNdBackward0"));
  },
);
