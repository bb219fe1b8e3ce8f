import { IndexRangeError, ops } from "@cognate/kernel";
import {
  AssertionError,
  def,
  IndexError,
  NotImplementedError,
  RuntimeError,
  ValueError,
  warn,
} from "@cognate/py";
import { applyInPlace, call, callMany, noGrad, type Value } from "@cognate/tensor";
import { type Int, int, named, valueOf } from "../../ops/args.js";
import { scalarName } from "../../promotion.js";
import { Size } from "../../size.js";
import { type Tensor, type TensorLike, wrap } from "../../tensor/tensor.js";
import { alike, number, type Optional } from "./args.js";

const size = (x: Value): string => new Size(x.shape).__repr__();

/** @throws RuntimeError unless the indices are int64 or int32 */
function checkIndices(name: string, x: Value): void {
  if (x.dtype.name !== "int64" && x.dtype.name !== "int32")
    throw new RuntimeError(
      `Expected tensor for argument #1 'indices' to have one of the following scalar types: Long, Int; but got torch.${scalarName(x.dtype)}Tensor instead (while checking arguments for ${name})`,
    );
}

/** Shrinks, in place, the rows that are looked up to a norm of at most `max_norm`. */
function renorm(weight: Value, index: Value, max_norm: number, norm_type: number): void {
  noGrad(() => {
    const w = weight.detach() as Value;
    const norms = call(ops.norm, [w], { p: norm_type, dims: [1], keepdim: true });
    const rows = norms.full([w.shape[0]!], 0);
    const flat = index.reshape({ shape: [index.size] });
    const used = rows.scatterAdd(flat, rows.full(flat.shape, 1), { dim: 0 }).gt(0);
    const long = norms.gt(max_norm).logicalAnd(used.reshape({ shape: norms.shape }));
    const factor = norms.add(1e-7).rdiv(max_norm).where(long, 1);
    applyInPlace(ops.assign, [w, w.mul(factor) as Value], undefined);
  });
}

/**
 * The rows of weight `(V, D)` that input names: `(*, D)`.
 *
 * The row `padding_idx` gets no gradient; `max_norm` shrinks the rows looked up in place, before.
 *
 * @throws IndexError for a row that there is not
 *
 * @example
 * ```ts
 * import * as torch from "@cognate/torch";
 * import * as F from "@cognate/torch/nn/functional";
 * import { print } from "@cognate/py";
 * const w = torch.tensor([[0.5, 1], [1.5, 2], [2.5, 3]]);
 * print(F.embedding(torch.tensor([2, 0]), w));
 * // prints
 * // tensor([[2.5000, 3.0000],
 * //         [0.5000, 1.0000]])
 * ```
 */
export const embedding = def(
  "torch.nn.functional.embedding",
  "input weight padding_idx max_norm norm_type scale_grad_by_freq sparse",
  (
    input: TensorLike,
    weight: TensorLike,
    padding_idx: Int | null = null,
    max_norm: number | Number | null = null,
    norm_type: number | Number = 2,
    scale_grad_by_freq = false,
    // Sparse gradients hold the same numbers.
    _sparse = false,
  ): Tensor => {
    const [index, w] = [valueOf(input), valueOf(weight)];
    const rows = w.shape[0]!;
    const padding = padding_idx === null ? null : int(padding_idx);
    if (padding !== null && (padding >= rows || padding < -rows))
      throw new AssertionError("Padding_idx must be within num_embeddings");
    if (w.shape.length !== 2) throw new RuntimeError("'weight' must be 2-D");
    checkIndices("embedding", index);
    const params = {
      ...(padding === null ? {} : { paddingIndex: padding < 0 ? padding + rows : padding }),
      scaleByFrequency: scale_grad_by_freq,
    };
    try {
      if (max_norm !== null) renorm(w, index, number(max_norm), number(norm_type));
      return wrap(named(call(ops.embedding, [w, index], params), "EmbeddingBackward0"));
    } catch (e) {
      if (e instanceof IndexRangeError) throw new IndexError("index out of range in self");
      throw e;
    }
  },
);

/** Bags of row numbers as the kernel takes them: a flat list and where each bag begins. */
interface Bags {
  readonly index: Value;
  readonly offsets: Value;
  readonly scale: Value | null;
}

function bagsOf(input: Value, given: Value | null, scale: Value | null, includeLast: boolean): Bags {
  const rank = input.shape.length;
  if (rank === 2) {
    if (given)
      throw new ValueError(
        "if input is 2D, then offsets has to be None, as input is treated is a mini-batch of fixed length sequences. However, found offsets of type <class 'torch.Tensor'>",
      );
    const [count, width] = input.shape as readonly [number, number];
    const steps = input.full([count], width).cumsum({ dim: 0 }).sub(width) as Value;
    return {
      index: input.reshape({ shape: [input.size] }) as Value,
      offsets: steps,
      scale: scale && (scale.reshape({ shape: [input.size] }) as Value),
    };
  }
  if (rank !== 1)
    throw new ValueError(`input has to be 1D or 2D Tensor, but got Tensor of dimension ${rank}`);
  if (!given) throw new ValueError("offsets has to be a 1D Tensor but got None");
  if (given.shape.length !== 1) throw new ValueError("offsets has to be a 1D Tensor");
  const count = given.size - (includeLast ? 1 : 0);
  return { index: input, offsets: given.slice({ dim: 0, start: 0, step: 1, length: count }) as Value, scale };
}

/** @throws RuntimeError in PyTorch's words where offsets or row numbers are not such */
function checkBags(index: Value, offsets: Value, rows: number): void {
  const starts = wrap(offsets).tolist() as Int[];
  if (starts.length > 0 && int(starts[0]!) !== 0)
    throw new RuntimeError(
      `offsets[0] has to be 0, i.e., the first sequence in the mini-batch has to start from position 0. However, got ${int(starts[0]!)}`,
    );
  const last = starts.length > 0 ? int(starts[starts.length - 1]!) : 0;
  if (last > index.size)
    throw new RuntimeError(
      `offsets[-1] can not be greater than input's length ${index.size} but got offsets[-1] of ${last}`,
    );
  (wrap(index).tolist() as Int[]).forEach((v, i) => {
    const row = int(v);
    if (row < 0 || row >= rows)
      throw new RuntimeError(
        `Index ${i} of input takes value ${row} which is not in the valid range [0, ${rows})`,
      );
  });
}

/**
 * Sums, means or maxima of the rows of weight `(V, D)` in each bag: the rows of a 2-d input, or a 1-d one cut at `offsets`.
 *
 * @throws ValueError, RuntimeError where arguments do not go together
 */
export const embedding_bag = def(
  "torch.nn.functional.embedding_bag",
  "input weight offsets max_norm norm_type scale_grad_by_freq mode sparse per_sample_weights include_last_offset padding_idx",
  (
    input: TensorLike,
    weight: TensorLike,
    offsets: Optional = null,
    max_norm: number | Number | null = null,
    norm_type: number | Number = 2,
    scale_grad_by_freq = false,
    mode = "mean",
    sparse = false,
    per_sample_weights: Optional = null,
    include_last_offset = false,
    padding_idx: Int | null = null,
  ): Tensor => {
    let [x, w] = [valueOf(input), valueOf(weight)];
    if (w.dtype.name === "int64" && x.dtype.kind === "float") {
      warn(
        "Argument order of nn.functional.embedding_bag was changed. Usage `embedding_bag(weight, input, ...)` is deprecated, and should now be `embedding_bag(input, weight, ...)`.",
      );
      [x, w] = [w, x];
    }
    const samples =
      per_sample_weights === null ? null : alike<[Value, Value]>(per_sample_weights, wrap(w))[0];
    if (
      samples &&
      (samples.shape.length !== x.shape.length || samples.shape.some((n, i) => n !== x.shape[i]))
    )
      throw new ValueError(
        `embedding_bag: If per_sample_weights (${size(samples)}) is not None, then it must have the same shape as the input (${size(x)})`,
      );
    if (w.shape.length !== 2)
      throw new ValueError(`weight has to be a 2D Tensor, but got Tensor of dimension ${w.shape.length}`);
    const bags = bagsOf(x, offsets === null ? null : valueOf(offsets), samples, include_last_offset);
    if (mode !== "sum" && mode !== "mean" && mode !== "max")
      throw new ValueError("mode has to be one of sum, mean or max");
    if (mode === "max" && scale_grad_by_freq)
      throw new ValueError("max mode does not support scaling the gradient by the frequency");
    if (mode === "max" && sparse) throw new ValueError("max mode does not support sparse weights");
    checkIndices("embedding_bag", x);
    if (max_norm !== null) renorm(w, bags.index, number(max_norm), number(norm_type));
    if (samples && mode !== "sum")
      throw new NotImplementedError(
        `embedding_bag: per_sample_weights was not None. per_sample_weights is only supported for mode='sum' (got mode='${mode}'). Please open a feature request on GitHub.`,
      );
    if (samples && samples.dtype !== w.dtype)
      throw new RuntimeError(
        `Expected tensor for argument #1 'weight' to have the same type as tensor for argument #1 'per_sample_weights'; but type torch.${scalarName(w.dtype)}Tensor does not equal torch.${scalarName(samples.dtype)}Tensor (while checking arguments for embedding_bag)`,
      );
    const rows = w.shape[0]!;
    const padding = padding_idx === null ? null : int(padding_idx);
    if (padding !== null && (padding >= rows || padding < -rows))
      throw new RuntimeError(
        `padding_idx must be within the number of embeddings, ${-rows} through ${rows - 1}, but got ${padding}`,
      );
    checkBags(bags.index, bags.offsets, rows);
    const skip = padding === null ? {} : { paddingIndex: padding < 0 ? padding + rows : padding };
    if (mode === "max") {
      const [y] = callMany(ops.bagMax, [w, bags.index, bags.offsets], skip) as [Value];
      return wrap(named(y, "EmbeddingBagBackward0"));
    }
    // PyTorch's kernel looks the divisor of the k-th different row up at the k-th entry.
    const params = { mode, gradientByFrequency: scale_grad_by_freq, frequencyByRank: true, ...skip } as const;
    const y = call(ops.bagSum, [w, bags.index, bags.offsets, bags.scale], params);
    return wrap(named(y, "EmbeddingBagBackward0"));
  },
);

/**
 * For every class index a row of zeros with a one at that place; `num_classes` is one more than the largest if left out.
 *
 * @throws RuntimeError for a negative class, and for one that there is not
 */
export const one_hot = def(
  "torch.nn.functional.one_hot",
  "input|tensor num_classes",
  (input: TensorLike, num_classes: Int = -1): Tensor => {
    const index = valueOf(input);
    if (index.dtype.name !== "int64")
      throw new RuntimeError("one_hot is only applicable to index tensor of type LongTensor.");
    const wanted = int(num_classes);
    if (index.size === 0) {
      if (wanted <= 0) throw new RuntimeError("Can not infer total number of classes from empty tensor.");
      return wrap(call(ops.oneHot, [index], { classes: wanted }));
    }
    const extreme = (v: Value): number => Number(wrap(v).item());
    if (extreme(index.neg().amax() as Value) > 0)
      throw new RuntimeError("Class values must be non-negative.");
    const largest = extreme(index.amax() as Value);
    if (wanted !== -1 && largest >= wanted)
      throw new RuntimeError("Class values must be smaller than num_classes.");
    return wrap(call(ops.oneHot, [index], { classes: wanted === -1 ? largest + 1 : wanted }));
  },
);
