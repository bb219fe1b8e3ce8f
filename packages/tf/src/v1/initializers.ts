import { Callable, isPlainObject, pyClass, TypeError, ValueError } from "@cognate/py";
import { eagerConstant } from "../core/convert.js";
import { as_dtype, type TypeLike } from "../core/dtypes.js";
import { toGraphTensor } from "../graph/convert.js";
import { get_default_graph, inDefault } from "../graph/current.js";
import { emptyInts } from "../graph/empty.js";
import { dimsOf } from "../graph/shape.js";
import type { GraphTensor } from "../graph/tensor.js";
import type { DType } from "../shared.js";
import { node, random_normal, random_uniform, truncated_normal } from "./random-ops.js";

/** Makes the first value of a variable of a shape. */
export type Initializer = (shape: unknown, ...more: unknown[]) => GraphTensor;

/** What the initializers of this module have in common. */
export abstract class InitializerBase extends Callable {
  readonly dtype: DType;
  constructor(dtype: TypeLike = "float32") {
    super();
    this.dtype = as_dtype(dtype);
  }
  override __call__(shape: unknown, ...more: unknown[]): GraphTensor {
    const given = more
      .map((m) => (isPlainObject(m) ? (m as { dtype?: unknown }).dtype : m))
      .find((m) => m !== null && m !== undefined);
    const type = given === undefined ? this.dtype : as_dtype(given as TypeLike);
    return inDefault(() => this.make((dimsOf(shape) ?? []).map(Number), type));
  }
  abstract make(shape: readonly number[], dtype: DType): GraphTensor;
  get_config(): Record<string, unknown> {
    return { dtype: this.dtype.name };
  }
}

export interface InitializerBase {
  (shape: unknown, ...more: unknown[]): GraphTensor;
}

/** A constant of one value, as `tf.zeros` and its like make it for known shapes. */
function filled(shape: readonly number[], value: unknown, dtype: DType, name: string): GraphTensor {
  const g = get_default_graph();
  const size = shape.reduce((a, b) => a * b, 1);
  if (size < 1000) {
    const whole = toGraphTensor(g, eagerFull(shape, value, dtype), dtype, name);
    return whole;
  }
  return g.scoped(name, (scope) => {
    const s = toGraphTensor(g, shape.length ? [...shape] : emptyInts(), undefined, "shape_as_tensor");
    return node(g, "Fill", [s, toGraphTensor(g, value, dtype, "Const")], {}, scope);
  });
}
const eagerFull = (shape: readonly number[], value: unknown, dtype: DType): unknown => {
  const one = eagerConstant(dtype.is_bool ? Boolean(value) : value, dtype);
  if (dtype.name === "string")
    return shape.reduceRight<unknown>((v, n) => Array.from({ length: n }, () => v), value);
  return new (one.constructor as new (v: unknown) => unknown)(one._value.full([...shape], Number(value)));
};

class Zeros extends InitializerBase {
  make(shape: readonly number[], dtype: DType): GraphTensor {
    return filled(shape, dtype.name === "string" ? "" : 0, dtype, "zeros");
  }
}
class Ones extends InitializerBase {
  make(shape: readonly number[], dtype: DType): GraphTensor {
    return filled(shape, 1, dtype, "ones");
  }
}
class Constant extends InitializerBase {
  constructor(
    readonly value: unknown = 0,
    dtype: TypeLike = "float32",
    readonly verify_shape = false,
  ) {
    super(dtype);
  }
  make(shape: readonly number[], dtype: DType): GraphTensor {
    const one = eagerConstant(this.value, dtype);
    const n = shape.reduce((a, b) => a * b, 1);
    const g = get_default_graph();
    if (one.size === n || one.size === 1) {
      if (one.size === 1)
        return toGraphTensor(
          g,
          new (one.constructor as new (v: unknown) => unknown)(
            one._value.reshape({ shape: [] }).expand({ shape: [...shape] }),
          ),
          dtype,
          "Const",
        );
      if (this.verify_shape && one._value.shape.join() !== shape.join())
        throw new TypeError(
          `Expected Tensor's shape: (${shape.join(", ")}), got (${one._value.shape.join(", ")}).`,
        );
      return toGraphTensor(
        g,
        new (one.constructor as new (v: unknown) => unknown)(one._value.reshape({ shape: [...shape] })),
        dtype,
        "Const",
      );
    }
    if (one.size > n)
      throw new ValueError(`Too many elements provided. Takes at most ${n}, but got ${one.size}.`);
    // Values that are too few repeat the last.
    const flat = one._value.reshape({ shape: [one.size] });
    const at = Array.from({ length: n }, (_, i) => Math.min(i, one.size - 1));
    const spread = node(g, "GatherV2", [new (one.constructor as new (v: unknown) => unknown)(flat), at, 0]);
    return node(g, "Reshape", [spread, [...shape]], {}, "Const");
  }
}
class RandomUniform extends InitializerBase {
  constructor(
    readonly minval: unknown = 0,
    readonly maxval: unknown = null,
    readonly seed: number | null = null,
    dtype: TypeLike = "float32",
  ) {
    super(dtype);
  }
  make(shape: readonly number[], dtype: DType): GraphTensor {
    return random_uniform(shape, this.minval, this.maxval, dtype, this.seed) as GraphTensor;
  }
}
class RandomNormal extends InitializerBase {
  constructor(
    readonly mean: unknown = 0,
    readonly stddev: unknown = 1,
    readonly seed: number | null = null,
    dtype: TypeLike = "float32",
  ) {
    super(dtype);
  }
  make(shape: readonly number[], dtype: DType): GraphTensor {
    return random_normal(shape, this.mean, this.stddev, dtype, this.seed) as GraphTensor;
  }
}
class TruncatedNormal extends RandomNormal {
  override make(shape: readonly number[], dtype: DType): GraphTensor {
    return truncated_normal(shape, this.mean, this.stddev, dtype, this.seed) as GraphTensor;
  }
}

/** Numbers of inputs and outputs of a kernel of this shape. */
function fans(shape: readonly number[]): [number, number] {
  if (shape.length < 1) return [1, 1];
  if (shape.length === 1) return [shape[0]!, shape[0]!];
  const field = shape.slice(0, -2).reduce((a, b) => a * b, 1);
  return [shape.at(-2)! * field, shape.at(-1)! * field];
}

class VarianceScaling extends InitializerBase {
  constructor(
    readonly scale = 1,
    readonly mode = "fan_in",
    readonly distribution = "truncated_normal",
    readonly seed: number | null = null,
    dtype: TypeLike = "float32",
  ) {
    super(dtype);
    if (scale <= 0) throw new ValueError(`Argument \`scale\` must be a positive float. Received: ${scale}`);
    if (!["fan_in", "fan_out", "fan_avg"].includes(mode))
      throw new ValueError(
        `Argument \`mode\` should be one of ('fan_in', 'fan_out', 'fan_avg'). Received: ${mode}`,
      );
  }
  make(shape: readonly number[], dtype: DType): GraphTensor {
    const [fanIn, fanOut] = fans(shape);
    const n =
      this.mode === "fan_in"
        ? Math.max(1, fanIn)
        : this.mode === "fan_out"
          ? Math.max(1, fanOut)
          : Math.max(1, (fanIn + fanOut) / 2);
    const scale = this.scale / n;
    if (this.distribution === "normal" || this.distribution === "truncated_normal")
      return truncated_normal(
        shape,
        0,
        Math.sqrt(scale) / 0.87962566103423978,
        dtype,
        this.seed,
      ) as GraphTensor;
    if (this.distribution === "untruncated_normal")
      return random_normal(shape, 0, Math.sqrt(scale), dtype, this.seed) as GraphTensor;
    const limit = Math.sqrt(3 * scale);
    return random_uniform(shape, -limit, limit, dtype, this.seed) as GraphTensor;
  }
}
class UniformUnitScaling extends InitializerBase {
  constructor(
    readonly factor = 1,
    readonly seed: number | null = null,
    dtype: TypeLike = "float32",
  ) {
    super(dtype);
  }
  make(shape: readonly number[], dtype: DType): GraphTensor {
    const size = Math.max(
      shape.slice(0, -1).reduce((a, b) => a * b, 1),
      1,
    );
    const limit = Math.sqrt(3 / size) * this.factor;
    return random_uniform(shape, -limit, limit, dtype, this.seed) as GraphTensor;
  }
}
class Orthogonal extends InitializerBase {
  constructor(
    readonly gain = 1,
    readonly seed: number | null = null,
    dtype: TypeLike = "float32",
  ) {
    super(dtype);
  }
  make(shape: readonly number[], dtype: DType): GraphTensor {
    if (shape.length < 2)
      throw new ValueError(
        `The tensor to initialize, specified by argument \`shape\` must be at least two-dimensional. Received shape=(${shape.join(", ")},)`,
      );
    const g = get_default_graph();
    const rows = shape.slice(0, -1).reduce((a, b) => a * b, 1);
    const cols = shape.at(-1)!;
    const flat = rows < cols ? [cols, rows] : [rows, cols];
    const a = random_normal(flat, 0, 1, dtype, this.seed);
    const [q, r] = g.createOp("Qr", [a], { full_matrices: false }, "Qr");
    let out = node(g, "Mul", [q, node(g, "Sign", [node(g, "MatrixDiagPart", [r])])], {}, "mul");
    if (rows < cols) out = node(g, "Transpose", [out, [1, 0]], {}, "matrix_transpose");
    return node(g, "Mul", [this.gain, node(g, "Reshape", [out, [...shape]])], {}, "mul_1");
  }
}
class Identity extends InitializerBase {
  constructor(
    readonly gain = 1,
    dtype: TypeLike = "float32",
  ) {
    super(dtype);
  }
  make(shape: readonly number[], dtype: DType): GraphTensor {
    if (shape.length !== 2)
      throw new ValueError(
        `The tensor to initialize, specified by argument \`shape\` must be at least two-dimensional. Received shape=(${shape.join(", ")},)`,
      );
    const g = get_default_graph();
    const ones = toGraphTensor(
      g,
      Array.from({ length: Math.min(shape[0]!, shape[1]!) }, () => 1),
      dtype,
    );
    const square = node(g, "MatrixDiagV3", [ones, 0, shape[0], shape[1], toGraphTensor(g, 0, dtype)]);
    return this.gain === 1 ? square : node(g, "Mul", [square, this.gain], {}, "mul");
  }
}

const module = "tensorflow.python.ops.init_ops";
export const zeros_initializer = pyClass(`${module}.Zeros`, "dtype", Zeros);
export const ones_initializer = pyClass(`${module}.Ones`, "dtype", Ones);
export const constant_initializer = pyClass(`${module}.Constant`, "value dtype verify_shape", Constant);
export const random_uniform_initializer = pyClass(
  `${module}.RandomUniform`,
  "minval maxval seed dtype",
  RandomUniform,
);
export const random_normal_initializer = pyClass(
  `${module}.RandomNormal`,
  "mean stddev seed dtype",
  RandomNormal,
);
export const truncated_normal_initializer = pyClass(
  `${module}.TruncatedNormal`,
  "mean stddev seed dtype",
  TruncatedNormal,
);
export const variance_scaling_initializer = pyClass(
  `${module}.VarianceScaling`,
  "scale mode distribution seed dtype",
  VarianceScaling,
);
export const uniform_unit_scaling_initializer = pyClass(
  `${module}.UniformUnitScaling`,
  "factor seed dtype",
  UniformUnitScaling,
);
export const orthogonal_initializer = pyClass(`${module}.Orthogonal`, "gain seed dtype", Orthogonal);
export const identity_initializer = pyClass(`${module}.Identity`, "gain dtype", Identity);

const scaledBy = (name: string, scale: number, mode: string, distribution: string) =>
  pyClass(
    `${module}.${name}`,
    "seed dtype",
    class extends VarianceScaling {
      constructor(seed: number | null = null, dtype: TypeLike = "float32") {
        super(scale, mode, distribution, seed, dtype);
      }
    },
  );
export const glorot_uniform_initializer = scaledBy("GlorotUniform", 1, "fan_avg", "uniform");
export const glorot_normal_initializer = scaledBy("GlorotNormal", 1, "fan_avg", "truncated_normal");
export const lecun_normal_initializer = scaledBy("LecunNormal", 1, "fan_in", "truncated_normal");
export const lecun_uniform_initializer = scaledBy("LecunUniform", 1, "fan_in", "uniform");
export const he_normal_initializer = scaledBy("HeNormal", 2, "fan_in", "truncated_normal");
export const he_uniform_initializer = scaledBy("HeUniform", 2, "fan_in", "uniform");

/** Makes an initializer of what names one: an object, a class, a function, `null`. */
export function initializerOf(x: unknown): unknown {
  if (x === null || x === undefined) return null;
  if (typeof x === "string") {
    const named: Readonly<Record<string, () => unknown>> = {
      zeros: () => zeros_initializer(),
      ones: () => ones_initializer(),
      glorot_uniform: () => glorot_uniform_initializer(),
      glorot_normal: () => glorot_normal_initializer(),
      he_normal: () => he_normal_initializer(),
      he_uniform: () => he_uniform_initializer(),
      random_normal: () => random_normal_initializer(),
      random_uniform: () => random_uniform_initializer(),
      truncated_normal: () => truncated_normal_initializer(),
      orthogonal: () => orthogonal_initializer(),
    };
    const make = named[x];
    if (!make) throw new ValueError(`Unknown initializer: ${x}`);
    return make();
  }
  // A class stands for its object without arguments.
  if (typeof x === "function" && "prototype" in x && x.prototype instanceof InitializerBase)
    return (x as () => unknown)();
  return x;
}
