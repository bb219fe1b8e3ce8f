import {
  arrayOf,
  castTo,
  type DType,
  fill,
  float32,
  eye as identity,
  int64,
  type Scalar as KernelScalar,
  kindOf,
  Strided,
  arange as sequence,
  linspace as spaced,
  triangleIndices,
  typedArrayType,
} from "@cognate/kernel";
import { def, RuntimeError, TypeError, ValueError } from "@cognate/py";
import { Value } from "@cognate/tensor";
import { type DeviceLike, requireCpu } from "../device.js";
import { type DTypeLike, getDefault } from "../dtype.js";
import { inTorchWords } from "../errors.js";
import { numberType } from "../promotion.js";
import { tensorOf } from "../tensor/create.js";
import { type Nested, type Scalar, Tensor, type TensorLike, wanting, wrap } from "../tensor/tensor.js";
import { type Int, type Ints, int, ints, kernelScalar, shown, typeOf, valueOf } from "./args.js";
import { writeOut } from "./out.js";
import { checkSizes } from "./signatures.js";

type MaybeType = DTypeLike | null;

/** A fresh leaf. */
function leaf(array: Strided, requires_grad: boolean, out: Tensor | null = null): Tensor {
  if (out) return writeOut(out, new Value(array));
  const t = wrap(new Value(array));
  return wanting(t, requires_grad);
}

/** Lengths out of arguments. @throws RuntimeError for a negative one */
function shapeOf(op: string, size: readonly Ints[]): number[] {
  checkSizes(op, size);
  const shape = ints(size);
  if (shape.every((n) => n >= 0)) return shape;
  throw op === "zeros"
    ? new RuntimeError("zeros: Dimension size must be non-negative.")
    : new RuntimeError(
        `Trying to create tensor with negative dimension ${shape.find((n) => n < 0)}: ${shown(shape)}`,
      );
}

const filled = (type: DType, shape: readonly number[], v: KernelScalar): Strided => {
  const y = inTorchWords("full", () => Strided.zeros(type, shape));
  return v === 0 ? y : fill(y, v);
};

const constant = (name: string, value: number) =>
  def(
    `torch.${name}`,
    "...size * out dtype layout device requires_grad pin_memory names memory_format",
    (
      size: readonly Ints[],
      out: Tensor | null = null,
      dtype: MaybeType = null,
      layout: unknown = null,
      device: DeviceLike = null,
      requires_grad = false,
      pin_memory = false,
      names: unknown = null,
      memory_format: unknown = null,
    ): Tensor => {
      void [layout, pin_memory, names, memory_format];
      requireCpu(device);
      const type = typeOf(dtype, name) ?? out?._value.dtype ?? getDefault();
      return leaf(filled(type, shapeOf(name, size), value), requires_grad, out);
    },
  );

/** Zeros of a shape. */
export const zeros = constant("zeros", 0);
/** Ones of a shape. */
export const ones = constant("ones", 1);
/** A tensor of a shape; its numbers mean nothing (they are zeros). */
export const empty = constant("empty", 0);

/** A number, or that in a tensor of one element, as the kernel takes it. */
const scalarOf = (v: Scalar | Tensor): KernelScalar => kernelScalar(v instanceof Tensor ? v.item() : v);

/** The type that a number has by itself. */
const typeOfNumber = (v: Scalar | Tensor): DType =>
  v instanceof Tensor ? v._value.dtype : numberType(kindOf(v)!);

const isWhole = (v: unknown): boolean => typeof v === "number" && Number.isInteger(v);

/** A shape filled with one number, whose kind decides the type. */
export const full = def(
  "torch.full",
  "size fill_value * out dtype layout device requires_grad pin_memory names",
  (
    size: Ints,
    fill_value: Scalar | Tensor,
    out: Tensor | null = null,
    dtype: MaybeType = null,
    layout: unknown = null,
    device: DeviceLike = null,
    requires_grad = false,
    pin_memory = false,
    names: unknown = null,
  ): Tensor => {
    void [layout, pin_memory, names];
    requireCpu(device);
    const type = typeOf(dtype, "full") ?? out?._value.dtype ?? typeOfNumber(fill_value);
    const t = leaf(filled(type, shapeOf("full", [size]), scalarOf(fill_value)), false, out);
    t._value.weak = dtype === null && out === null && isWhole(fill_value);
    return wanting(t, requires_grad);
  },
);

const LIKE = "input * dtype layout device requires_grad memory_format";

const like = (name: string, value: number) =>
  def(
    `torch.${name}`,
    LIKE,
    (
      input: TensorLike,
      dtype: MaybeType = null,
      layout: unknown = null,
      device: DeviceLike = null,
      requires_grad = false,
      memory_format: unknown = null,
    ): Tensor => {
      void [layout, memory_format];
      requireCpu(device);
      const x = valueOf(input);
      const t = leaf(filled(typeOf(dtype, name) ?? x.dtype, x.shape, value), requires_grad);
      t._value.weak = dtype === null && x.weak;
      return t;
    },
  );

/** Zeros in the shape and type of another tensor. */
export const zeros_like = like("zeros_like", 0);
/** Ones in the shape and type of another tensor. */
export const ones_like = like("ones_like", 1);
/** A tensor in the shape and type of another. */
export const empty_like = like("empty_like", 0);

/** A number everywhere, in the shape and type of another tensor. */
export const full_like = def(
  "torch.full_like",
  "input fill_value * dtype layout device requires_grad memory_format",
  (
    input: TensorLike,
    fill_value: Scalar | Tensor,
    dtype: MaybeType = null,
    layout: unknown = null,
    device: DeviceLike = null,
    requires_grad = false,
    memory_format: unknown = null,
  ): Tensor => {
    void [layout, memory_format];
    requireCpu(device);
    const x = valueOf(input);
    return leaf(filled(typeOf(dtype, "full_like") ?? x.dtype, x.shape, scalarOf(fill_value)), requires_grad);
  },
);

/** A tensor of a shape with strides of one's own. */
export const empty_strided = def(
  "torch.empty_strided",
  "size stride * dtype layout device requires_grad pin_memory",
  (
    size: readonly Int[],
    stride: readonly Int[],
    dtype: MaybeType = null,
    layout: unknown = null,
    device: DeviceLike = null,
    requires_grad = false,
    pin_memory = false,
  ): Tensor => {
    void [layout, pin_memory];
    requireCpu(device);
    const [shape, strides] = [ints([size]), ints([stride])];
    const extent = shape.includes(0) ? 0 : 1 + shape.reduce((n, len, i) => n + (len - 1) * strides[i]!, 0);
    const memory = Strided.zeros(typeOf(dtype, "empty_strided") ?? getDefault(), [extent]);
    return leaf(memory.view(shape, strides), requires_grad);
  },
);

/** One number as a 0-dimensional tensor of the default type. */
export const scalar_tensor = def(
  "torch.scalar_tensor",
  "s * dtype layout device requires_grad pin_memory",
  (
    s: Scalar,
    dtype: MaybeType = null,
    layout: unknown = null,
    device: DeviceLike = null,
    requires_grad = false,
    pin_memory = false,
  ): Tensor => {
    void [layout, pin_memory];
    requireCpu(device);
    const own = kindOf(s) === "complex" ? typeOfNumber(s) : getDefault();
    return leaf(filled(typeOf(dtype, "scalar_tensor") ?? own, [], scalarOf(s)), requires_grad);
  },
);

/** A bound as a number; tensors of one element stand for it. */
const bound = (v: Scalar | Tensor): number | bigint => {
  const x = scalarOf(v);
  if (typeof x === "object") throw new RuntimeError("arange does not support complex numbers");
  return x;
};

/** Start, end and step out of one, two or three numbers. */
function course(
  start: Scalar | Tensor | null,
  end: Scalar | Tensor | null,
  step: Scalar | Tensor,
): { start: Scalar | Tensor; end: Scalar | Tensor; step: Scalar | Tensor } {
  if (end !== null) return { start: start ?? 0, end, step };
  if (start === null) throw new TypeError("arange() received an invalid combination of arguments - got ()");
  return { start: 0, end: start, step };
}

const CREATE = "* out dtype layout device requires_grad pin_memory";

/**
 * The numbers from `start` (0) to `end`, which is left out, in steps of `step` (1): int64 if all three are whole, else
 * the default float. Write `float(6)` for Python's `6.`.
 */
export const arange = def(
  "torch.arange",
  `start end step ${CREATE}`,
  (
    start: Scalar | Tensor | null = null,
    end: Scalar | Tensor | null = null,
    step: Scalar | Tensor = 1,
    out: Tensor | null = null,
    dtype: MaybeType = null,
    layout: unknown = null,
    device: DeviceLike = null,
    requires_grad = false,
    pin_memory = false,
  ): Tensor => {
    void [layout, pin_memory];
    requireCpu(device);
    const c = course(start, end, step);
    const numbers = [c.start, c.end, c.step];
    const types = numbers.map(typeOfNumber);
    const whole = types.every((d) => d.kind === "int" || d.kind === "uint");
    const type = typeOf(dtype, "arange") ?? out?._value.dtype ?? (whole ? types[0]! : getDefault());
    const [from, to, by] = numbers.map(bound) as [number | bigint, number | bigint, number | bigint];
    let n = stepCount(from, to, by);
    let first = { from, by };
    if (type === int64 && !whole) {
      // Fractions are cut off before anything is computed.
      const [f, e, s] = [from, to, by].map((v) => Math.trunc(Number(v))) as [number, number, number];
      if (s === 0) throw new ValueError("step must be nonzero");
      n = Math.max(Math.ceil((e - f) / s), 0);
      first = { from: f, by: s };
    }
    const t = leaf(sequence(type, n, first.from, first.by), false, out);
    t._value.weak = dtype === null && out === null && numbers.every(isWhole);
    return wanting(t, requires_grad);
  },
);

/** A number as C++ prints it. */
const inC = (x: number): string =>
  Number.isFinite(x) ? String(x) : Number.isNaN(x) ? "nan" : x > 0 ? "inf" : "-inf";

/** How many steps lead from start to (not including) end. @throws RuntimeError in PyTorch's words */
function stepCount(start: number | bigint, end: number | bigint, step: number | bigint): number {
  const [from, to, by] = [Number(start), Number(end), Number(step)];
  if (by === 0) throw new RuntimeError("step must be nonzero");
  if (!Number.isFinite(from) || !Number.isFinite(to))
    throw new RuntimeError(`unsupported range: ${inC(from)} -> ${inC(to)}`);
  if ((by > 0 && to < from) || (by < 0 && to > from))
    throw new RuntimeError("upper bound and lower bound inconsistent with step sign");
  return Math.ceil((to - from) / by);
}

/** The numbers from `start` to `end`, both included, in steps of `step`: PyTorch's old `arange`. */
export const range = def(
  "torch.range",
  `start end step ${CREATE}`,
  (
    start: Scalar,
    end: Scalar,
    step: Scalar = 1,
    out: Tensor | null = null,
    dtype: MaybeType = null,
    layout: unknown = null,
    device: DeviceLike = null,
    requires_grad = false,
    pin_memory = false,
  ): Tensor => {
    void [layout, pin_memory];
    requireCpu(device);
    const [from, to, by] = [Number(start), Number(end), Number(step)];
    stepCount(from, to, by);
    const type = typeOf(dtype, "range") ?? out?._value.dtype ?? getDefault();
    return leaf(sequence(type, Math.floor((to - from) / by) + 1, from, by), requires_grad, out);
  },
);

/** The arithmetic of a type: float32 rounds every operation. */
const rounding = (type: DType): ((x: number) => number) => (type === float32 ? Math.fround : (x) => x);

/** `steps` numbers from `start` to `end`, both included. */
export const linspace = def(
  "torch.linspace",
  `start end steps ${CREATE}`,
  (
    start: Scalar | Tensor,
    end: Scalar | Tensor,
    steps: Int,
    out: Tensor | null = null,
    dtype: MaybeType = null,
    layout: unknown = null,
    device: DeviceLike = null,
    requires_grad = false,
    pin_memory = false,
  ): Tensor => {
    void [layout, pin_memory];
    requireCpu(device);
    requireBounds("linspace", start, end);
    const n = stepsOf(steps);
    const type = typeOf(dtype, "linspace") ?? out?._value.dtype ?? getDefault();
    const y = spaced(type, n, Number(bound(start)), Number(bound(end)), rounding(type));
    return leaf(y, requires_grad, out);
  },
);

/** @throws RuntimeError for bounds that are no numbers */
function requireBounds(name: string, start: Scalar | Tensor, end: Scalar | Tensor): void {
  const wrong = [
    ["start", start],
    ["end", end],
  ].flatMap(([which, v]) => (v instanceof Tensor ? [`${which} with ${v.ndim} dimension(s)`] : []));
  if ((start instanceof Tensor && start.ndim > 0) || (end instanceof Tensor && end.ndim > 0))
    throw new RuntimeError(
      `${name} only supports 0-dimensional start and end tensors, but got ${wrong.join(" and ")}.`,
    );
}

function stepsOf(steps: Int): number {
  const n = int(steps);
  if (n < 0) throw new RuntimeError("number of steps must be non-negative");
  return n;
}

/** `base` to the powers of `steps` numbers from `start` to `end`. */
export const logspace = def(
  "torch.logspace",
  `start end steps base ${CREATE}`,
  (
    start: Scalar | Tensor,
    end: Scalar | Tensor,
    steps: Int,
    base: Scalar = 10,
    out: Tensor | null = null,
    dtype: MaybeType = null,
    layout: unknown = null,
    device: DeviceLike = null,
    requires_grad = false,
    pin_memory = false,
  ): Tensor => {
    void [layout, pin_memory];
    requireCpu(device);
    requireBounds("logspace", start, end);
    const n = stepsOf(steps);
    const type = typeOf(dtype, "logspace") ?? out?._value.dtype ?? getDefault();
    const y = spaced(type, n, Number(bound(start)), Number(bound(end)), (x) => x, Number(base));
    return leaf(y, requires_grad, out);
  },
);

/** Ones on the diagonal of a matrix of zeros. */
export const eye = def(
  "torch.eye",
  `n m ${CREATE}`,
  (
    n: Int,
    m: Int | null = null,
    out: Tensor | null = null,
    dtype: MaybeType = null,
    layout: unknown = null,
    device: DeviceLike = null,
    requires_grad = false,
    pin_memory = false,
  ): Tensor => {
    void [layout, pin_memory];
    requireCpu(device);
    const rows = int(n);
    const columns = m === null ? rows : int(m);
    if (rows < 0) throw new RuntimeError(`n must be greater or equal to 0, got ${rows}`);
    if (columns < 0) throw new RuntimeError(`m must be greater or equal to 0, got ${columns}`);
    const type = typeOf(dtype, "eye") ?? out?._value.dtype ?? getDefault();
    return leaf(identity(type, rows, columns), requires_grad, out);
  },
);

const indices = (name: "tril_indices" | "triu_indices") =>
  def(
    `torch.${name}`,
    "row col offset * dtype device layout",
    (
      row: Int,
      col: Int,
      offset: Int = 0,
      dtype: MaybeType = null,
      device: DeviceLike = null,
      layout: unknown = null,
    ): Tensor => {
      void layout;
      requireCpu(device);
      const y = triangleIndices(int(row), int(col), int(offset), name === "tril_indices");
      return leaf(castTo(y, typeOf(dtype, name) ?? y.dtype), false);
    },
  );

/** Rows and columns of the lower triangle of a matrix. */
export const tril_indices = indices("tril_indices");
/** Rows and columns of the upper triangle of a matrix. */
export const triu_indices = indices("triu_indices");

/** The kernel array inside an array of any package or a typed array, sharing its memory. */
function shared(data: unknown): Strided | undefined {
  if (ArrayBuffer.isView(data) && !(data instanceof DataView)) {
    const typed = data as Parameters<typeof typedArrayType>[0];
    return Strided.over(typed, typedArrayType(typed), [typed.length]);
  }
  return arrayOf(data);
}

/** Data as a tensor, sharing its memory where it can be shared. */
function sharing(data: Nested, type: DType | undefined): Tensor {
  if (data instanceof Tensor) {
    if (!type || data._value.dtype === type) return data;
    return wrap(data._value.cast({ dtype: type }) as Value);
  }
  const array = shared(data);
  if (array) return wrap(new Value(type ? castTo(array, type) : array));
  return wrap(tensorOf(data, type));
}

/** Data as a tensor without a copy where that can be: tensors of the type themselves, arrays with shared memory. */
export const as_tensor = def(
  "torch.as_tensor",
  "data * dtype device",
  (data: Nested, dtype: MaybeType = null, device: DeviceLike = null): Tensor => {
    requireCpu(device);
    return inTorchWords("as_tensor", () => sharing(data, typeOf(dtype, "as_tensor")));
  },
);

/** Data as a tensor, copied only where it must be or `copy` asks for it. */
export const asarray = def(
  "torch.asarray",
  "obj * dtype device copy requires_grad",
  (
    obj: Nested,
    dtype: MaybeType = null,
    device: DeviceLike = null,
    copy: boolean | null = null,
    requires_grad = false,
  ): Tensor => {
    requireCpu(device);
    const type = typeOf(dtype, "asarray");
    const t = inTorchWords("asarray", () => (copy === true ? wrap(tensorOf(obj, type)) : sharing(obj, type)));
    return wanting(t, requires_grad);
  },
);

/** A tensor over the memory of an array. @throws TypeError for what is no array */
export const from_numpy = def("torch.from_numpy", "ndarray", (ndarray: unknown): Tensor => {
  const array = ndarray instanceof Tensor ? undefined : shared(ndarray);
  if (!array)
    throw new TypeError(
      `expected np.ndarray (got ${Array.isArray(ndarray) ? "list" : ndarray instanceof Tensor ? "Tensor" : typeof ndarray})`,
    );
  return wrap(new Value(array));
});
