import {
  arange,
  castTo,
  int64,
  integersOf,
  isInteger,
  ops,
  type Strided,
  scalarArray,
} from "@cognate/kernel";
import { def, RuntimeError } from "@cognate/py";
import { call, Value } from "@cognate/tensor";
import { Tensor, type TensorLike, wrap } from "../tensor/tensor.js";
import { noAxes } from "../words.js";
import { axes, axis, type Dims, type Int, type Ints, int, ints, named, valueOf } from "./args.js";
import { repeated, transposeOf } from "./views.js";

const flipped = (x: Value, dims: readonly number[]): Value => call(ops.flip, [x], { dims });

/** The order along the axes reversed. */
export const flip = def("torch.flip", "input ...dims", (input: TensorLike, dims: readonly Ints[]): Tensor => {
  const x = valueOf(input);
  return wrap(flipped(x, axes(ints(dims), x.shape.length) ?? []));
});

/** Columns in reverse order. */
export const fliplr = def("torch.fliplr", "input", (input: TensorLike): Tensor => {
  const x = valueOf(input);
  if (x.shape.length < 2) throw new RuntimeError("Input must be >= 2-d.");
  return wrap(flipped(x, [1]));
});

/** Rows in reverse order. */
export const flipud = def("torch.flipud", "input", (input: TensorLike): Tensor => {
  const x = valueOf(input);
  if (x.shape.length < 1) throw new RuntimeError("Input must be >= 1-d.");
  return wrap(flipped(x, [0]));
});

/** Elements moved along axes, what leaves at one end coming in at the other; along all as one line without `dims`. */
export const roll = def(
  "torch.roll",
  "input shifts dims",
  (input: TensorLike, shifts: Ints, dims: Dims = null): Tensor => {
    const x = valueOf(input);
    const by = ints([shifts]);
    if (by.length === 0) throw new RuntimeError("`shifts` required");
    if (x.shape.length === 0 && dims !== null) throw noAxes(ints([dims])[0]!);
    const along = dims === null ? [] : ints([dims]).map((d) => axis(d, x.shape.length));
    if (along.length === 0 && by.length === 1) {
      const line = call(ops.roll, [x.reshape({ shape: [x.size] }) as Value], { shifts: by, dims: [0] });
      return wrap(named(line.reshape({ shape: x.shape }) as Value, "RollBackward0"));
    }
    if (by.length !== along.length)
      throw new RuntimeError(`shifts and dimensions must align. shifts: ${by.length}, dims:${along.length}`);
    return wrap(call(ops.roll, [x], { shifts: by, dims: along }));
  },
);

/** The plane of two axes turned by k right angles, from the first axis to the second. */
export const rot90 = def(
  "torch.rot90",
  "input k dims",
  (input: TensorLike, k: Int = 1, dims: readonly Int[] = [0, 1]): Tensor => {
    const x = valueOf(input);
    const rank = x.shape.length;
    const given = ints([dims]);
    if (given.length !== 2)
      throw new RuntimeError(`expected total rotation dims == 2, but got dims = ${given.length}`);
    if (rank < 2) throw new RuntimeError(`expected total dims >= 2, but got total dims = ${rank}`);
    if (given[0] === given[1] || Math.abs(given[0]! - given[1]!) === rank)
      throw new RuntimeError(
        `expected rotation dims to be different, but got dim0 = ${given[0]} and dim1 = ${given[1]}`,
      );
    const [a, b] = given.map((d) => axis(d, rank)) as [number, number];
    const turns = ((int(k) % 4) + 4) % 4;
    const turned =
      turns === 1
        ? transposeOf(flipped(x, [b]), a, b)
        : turns === 2
          ? flipped(x, [a, b])
          : turns === 3
            ? flipped(transposeOf(x, a, b), [b])
            : call(ops.cast, [x], { dtype: x.dtype });
    return wrap(named(turned, "Rot90Backward0"));
  },
);

/** x repeated along its axes as `dims` says; fewer counts than axes count from the last. */
export const tile = def("torch.tile", "input ...dims", (input: TensorLike, dims: readonly Ints[]): Tensor => {
  const x = valueOf(input);
  const reps = ints(dims);
  const lead = new Array<number>(Math.max(x.shape.length - reps.length, 0)).fill(1);
  return wrap(repeated(x, [...lead, ...reps]));
});

/** How often each element comes, as an int64 array. */
function countsOf(repeats: Int | Tensor): { counts: Strided; tensor: boolean } {
  if (repeats instanceof Tensor) {
    if (!isInteger(repeats._value.dtype)) throw new RuntimeError("repeats has to be Long or Int tensor");
    return { counts: castTo(repeats._value.array, int64), tensor: true };
  }
  return { counts: scalarArray(int(repeats), int64), tensor: false };
}

/** Each element repeated: `repeats` times, or as often as the tensor `repeats` says for each. */
export const repeat_interleave = def(
  "torch.repeat_interleave",
  "input repeats dim * output_size",
  (
    input: TensorLike,
    repeats: Int | Tensor | null = null,
    dim: Int | null = null,
    output_size: Int | null = null,
  ): Tensor => {
    void output_size; // PyTorch's hint against a synchronisation that does not exist here
    const given = valueOf(input);
    if (repeats === null) {
      const { counts } = countsOf(input as Tensor);
      const places = new Value(arange(int64, counts.size));
      return wrap(call(ops.repeatInterleave, [places], { dim: 0, repeats: counts }));
    }
    const x = dim === null ? (given.reshape({ shape: [given.size] }) as Value) : given;
    const d = dim === null ? 0 : axis(dim, x.shape.length);
    const { counts, tensor } = countsOf(repeats);
    if (counts.size !== 1 && counts.size !== x.shape[d])
      throw new RuntimeError(
        `repeats must have the same size as input along dim, but got repeats.size(0) = ${counts.size} and input.size(${d}) = ${x.shape[d]}`,
      );
    if (integersOf(counts).some((n) => n < 0)) throw new RuntimeError("Repeats must be non-negative");
    const y = call(ops.repeatInterleave, [x], { dim: d, repeats: counts });
    return wrap(named(y, tensor ? "IndexSelectBackward0" : "ViewBackward0"));
  },
);
