import { broadcastTwo, ops } from "@cognate/kernel";
import { def, RuntimeError } from "@cognate/py";
import { applyInPlace, call } from "@cognate/tensor";
import type { DTypeLike } from "../dtype.js";
import { inTorchWords } from "../errors.js";
import { axis, checkedScalar, type Int, int, typeOf } from "../ops/args.js";
import { valueOf } from "../ops/operands.js";
import { overwrite, written } from "../ops/writing.js";
import { scalarName } from "../promotion.js";
import { notNumber, sizesDiffer } from "../words.js";
import { type Scalar, Tensor, type TensorLike } from "./tensor.js";

/** Every element becomes one number. */
export const fill_ = def("fill_", "self value", (self: Tensor, value: Scalar | Tensor): Tensor => {
  const x = self._value;
  if (value instanceof Tensor) {
    if (value.ndim > 0) throw notNumber("fill_", value.ndim);
    return overwrite("fill_", self, () => written(ops.assign, [x, value._value], undefined, "FillBackward3"));
  }
  const v = checkedScalar(value, x.dtype);
  return overwrite("fill_", self, () => written(ops.assign, [x, v], undefined, "FillBackward2"));
});

/** Every element becomes 0. */
export const zero_ = def(
  "zero_",
  "self",
  (self: Tensor): Tensor =>
    overwrite("zero_", self, () => written(ops.assign, [self._value, 0], undefined, "ZeroBackward0")),
);

/** The elements of another tensor, stretched and in this one's type. */
export const copy_ = def(
  "copy_",
  "self src non_blocking",
  (self: Tensor, src: TensorLike, non_blocking = false): Tensor => {
    void non_blocking;
    const [x, v] = [self._value, valueOf(src)];
    const shape = broadcastTwo(x.shape, v.shape);
    if (!shape) throw sizesDiffer(x.shape, v.shape);
    return overwrite("copy_", self, () => written(ops.assign, [x, v], undefined, "CopyBackwards", { shape }));
  },
);

const cumulate = (name: "cumsum" | "cumprod", row: typeof ops.cumsum) =>
  def(`${name}_`, "self dim * dtype", (self: Tensor, dim: Int, dtype: DTypeLike | null = null): Tensor => {
    const x = self._value;
    const wanted = typeOf(dtype, name);
    if (wanted && wanted !== x.dtype)
      throw new RuntimeError(
        `Bad in-place call: input tensor dtype ${scalarName(x.dtype)} and output tensor dtype ${scalarName(wanted)} should match`,
      );
    const p = { dim: axis(dim, x.shape.length), dtype: x.dtype };
    const label = name === "cumsum" ? "CumsumBackward0" : "CumprodBackward0";
    return overwrite(`${name}_`, self, () => written(row, [x], p, label));
  });

/** Running sums in place. */
export const cumsum_ = cumulate("cumsum", ops.cumsum);
/** Running products in place. */
export const cumprod_ = cumulate("cumprod", ops.cumprod);

const triangle = (name: "tril" | "triu", row: typeof ops.tril) =>
  def(`${name}_`, "self diagonal", (self: Tensor, diagonal: Int = 0): Tensor => {
    const x = self._value;
    if (x.shape.length < 2) throw new RuntimeError(`${name}: input tensor must have at least 2 dimensions`);
    const label = name === "tril" ? "TrilBackward0" : "TriuBackward0";
    return overwrite(`${name}_`, self, () => written(row, [x], { k: int(diagonal) }, label));
  });

/** The upper triangle becomes 0. */
export const tril_ = triangle("tril", ops.tril);
/** The lower triangle becomes 0. */
export const triu_ = triangle("triu", ops.triu);

/** The main diagonal becomes one number; `wrap` starts again below it in tall matrices. */
export const fill_diagonal_ = def(
  "fill_diagonal_",
  "self fill_value wrap",
  (self: Tensor, fill_value: Scalar, wrap = false): Tensor => {
    const x = self._value;
    const { shape, strides, offset } = x.array;
    if (shape.length < 2) throw new RuntimeError("dimensions must larger than 1");
    if (shape.length > 2 && shape.some((n) => n !== shape[0]))
      throw new RuntimeError("all dimensions of input must be of equal length");
    const v = checkedScalar(fill_value, x.dtype);
    const step = strides.reduce((a, b) => a + b, 0);
    const [rows, columns] = [shape[0]!, Math.min(...shape)];
    const views = [{ shape: [columns], strides: [step], offset }];
    if (wrap && shape.length === 2)
      for (let top = columns + 1; top < rows; top += columns + 1)
        views.push({
          shape: [Math.min(columns, rows - top)],
          strides: [step],
          offset: offset + top * strides[0]!,
        });
    inTorchWords("fill_diagonal_", () => {
      for (const view of views) applyInPlace(ops.assign, [call(ops.asStrided, [x], view), v], undefined);
    });
    return self;
  },
);
