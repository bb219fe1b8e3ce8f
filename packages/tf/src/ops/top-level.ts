import { freezeInto, RuntimeError, repr, Tuple, TypeError, ValueError } from "@cognate/py";
import { executing_eagerly } from "../core/context.js";
import { addConversion, type Conversion, isTensor, toTensor } from "../core/convert.js";
import { int32 } from "../core/dtypes.js";
import { NotFoundError } from "../core/errors.js";
import { one, op } from "../core/execute.js";
import { dimsOf, GraphShape } from "../graph/shape.js";
import type { Tensor } from "../shared.js";
import { gradients as symbolicGradients, hessians as symbolicHessians } from "../v1/gradient.js";
import { shape } from "./array.js";
import { type Data, def, type Name } from "./make.js";
import { currentNameScope } from "./name-scope.js";
import { conv2d, conv3d } from "./nn.js";
import { SparseTensor } from "./sparse.js";

/* Functions of `tf` itself that belong to no family. */

/**
 * `tf.register_tensor_conversion_function`: values of a class stand for the tensors that a function `(value, dtype, name, as_ref)`
 * makes of them, wherever tensors may; where it gives `null`, the next function is asked.
 *
 * @throws TypeError for what is no class or function
 *
 * @example
 * ```ts
 * import * as tf from "@cognate/tf";
 * import { print } from "@cognate/py";
 * class Money {
 *   constructor(readonly cents: number) {}
 * }
 * tf.register_tensor_conversion_function(Money, (m: Money) => tf.constant(m.cents / 100));
 * print(tf.add(new Money(250), 1.5)); // prints tf.Tensor(4.0, shape=(), dtype=float32)
 * ```
 */
export const register_tensor_conversion_function = def(
  "tensorflow.register_tensor_conversion_function",
  "base_type conversion_func priority",
  (
    base_type: abstract new (...args: never[]) => unknown,
    conversion_func: Conversion,
    priority = 100,
  ): void => {
    if (typeof base_type !== "function")
      throw new TypeError(
        `Argument \`base_type\` must be a type or a tuple of types. Obtained: ${repr(base_type)}`,
      );
    if (typeof conversion_func !== "function")
      throw new TypeError(
        `Argument \`conversion_func\` must be callable. Received ${repr(conversion_func)}.`,
      );
    addConversion(base_type, conversion_func, priority);
  },
);
/** Eight bytes of each row, which are equal only for rows of the same bytes (Farmhash64). */
export const fingerprint = def(
  "tensorflow.fingerprint",
  "data method name",
  (data: Data, method = "farmhash64", name: Name = null): Tensor =>
    one("Fingerprint", [data, toTensor(method)], {}, name),
);

/** How gradients of several uses are added up; all ways give the same here. */
export const AggregationMethod = {
  ADD_N: 0,
  DEFAULT: 0,
  EXPERIMENTAL_TREE: 1,
  EXPERIMENTAL_ACCUMULATE_N: 2,
} as const;

class EnumMember {
  constructor(
    readonly owner: string,
    readonly name: string,
    readonly value: number,
  ) {}
  __repr__(): string {
    return `<${this.owner}.${this.name}: ${this.value}>`;
  }
  toString(): string {
    return `${this.owner}.${this.name}`;
  }
}
const members = <const N extends string>(
  owner: string,
  names: readonly N[],
): { readonly [K in N]: EnumMember } =>
  Object.fromEntries(names.map((n, i) => [n, new EnumMember(owner, n, i)])) as {
    readonly [K in N]: EnumMember;
  };
/** How writes of several replicas are put together; there is one replica. */
export const VariableAggregation = members("VariableAggregation", [
  "NONE",
  "SUM",
  "MEAN",
  "ONLY_FIRST_REPLICA",
]);
/** When copies of a variable are brought together; there is one copy. */
export const VariableSynchronization = members("VariableSynchronization", [
  "AUTO",
  "NONE",
  "ON_WRITE",
  "ON_READ",
]);

/** The shape of two shapes stretched to each other. @throws ValueError */
export const broadcast_static_shape = def(
  "tensorflow.broadcast_static_shape",
  "shape_x shape_y",
  (shape_x: unknown, shape_y: unknown): GraphShape => {
    const [a, b] = [dimsOf(shape_x), dimsOf(shape_y)];
    if (a === null || b === null) return new GraphShape(null, true);
    const n = Math.max(a.length, b.length);
    const at = (d: readonly (number | null)[], i: number): number | null =>
      i < n - d.length ? 1 : d[i - n + d.length]!;
    return new GraphShape(
      Array.from({ length: n }, (_, i) => {
        const [p, q] = [at(a, i), at(b, i)];
        if (p === 1) return q;
        if (q === 1 || p === q) return p;
        if (p === null || q === null) return p ?? q;
        throw new ValueError(
          `Incompatible shapes for broadcasting: ${String(new GraphShape(a, true))} and ${String(new GraphShape(b, true))}`,
        );
      }),
      true,
    );
  },
);

/** How many symbols sparse sequences differ in, as a share of the truth's length if wanted. */
export const edit_distance = def(
  "tensorflow.edit_distance",
  "hypothesis truth normalize name",
  (hypothesis: SparseTensor, truth: SparseTensor, normalize = true, name: Name = "edit_distance"): Tensor => {
    for (const [what, x] of [
      ["Hypothesis", hypothesis],
      ["Truth", truth],
    ] as const)
      if (!((x as unknown) instanceof SparseTensor)) throw new ValueError(`${what} must be a SparseTensor.`);
    const parts = (s: SparseTensor): Tensor[] => [s.indices, s.values, s.dense_shape];
    return one("EditDistance", [...parts(hypothesis), ...parts(truth)], { normalize }, name);
  },
);
/** Blocks of volumes [batch, depth, height, width, channels] laid out along the channels. */
export const extract_volume_patches = def(
  "tensorflow.extract_volume_patches",
  "input ksizes strides padding name",
  (
    input: Data,
    ksizes: readonly number[],
    strides: readonly number[],
    padding: string,
    name: Name = null,
  ): Tensor =>
    one("ExtractVolumePatches", [input], { ksizes: [...ksizes], strides: [...strides], padding }, name),
);
/** A convolution of one, two or three axes by one name. */
export const conv = def(
  "tensorflow.conv",
  "input filter strides padding explicit_paddings data_format dilations batch_dims groups name",
  (
    input: Data,
    filter: Data,
    strides: readonly number[],
    padding: string,
    _explicit: readonly number[] = [],
    data_format = "CHANNELS_LAST",
    dilations: readonly number[] = [],
    _batch_dims = 1,
    _groups = 1,
    name: Name = null,
  ): Tensor => {
    const rank = toTensor(input).shape.length;
    const last = data_format === "CHANNELS_LAST";
    const own = dilations.length > 0 ? [...dilations] : null;
    return rank === 4
      ? conv2d(input, filter, [...strides], padding, last ? "NHWC" : "NCHW", own, name)
      : conv3d(input, filter, [...strides], padding, last ? "NDHWC" : "NCDHW", own, name);
  },
);
const convGradient = (py: string, type: string, sized: "input" | "filter") =>
  def(
    `tensorflow.${py}`,
    "input filter out_backprop strides padding use_cudnn_on_gpu explicit_paddings data_format dilations name",
    (
      input: Data,
      filter: Data,
      out_backprop: Data,
      strides: readonly number[],
      padding: string,
      _cudnn = true,
      explicit_paddings: readonly number[] = [],
      data_format = "NHWC",
      dilations: readonly number[] = [1, 1, 1, 1],
      name: Name = null,
    ): Tensor =>
      one(
        type,
        sized === "input" ? [shape(input), filter, out_backprop] : [input, shape(filter), out_backprop],
        { strides: [...strides], padding, explicit_paddings, data_format, dilations: [...dilations] },
        name,
      ),
  );
export const conv2d_backprop_filter_v2 = convGradient(
  "conv2d_backprop_filter_v2",
  "Conv2DBackpropFilter",
  "filter",
);
export const conv2d_backprop_input_v2 = convGradient(
  "conv2d_backprop_input_v2",
  "Conv2DBackpropInput",
  "input",
);
/** The k largest, or smallest, along an axis, and their places: exactly. */
export const approx_top_k = def(
  "tensorflow.approx_top_k",
  "input k reduction_dimension recall_target is_max_k reduction_input_size_override aggregate_to_topk name",
  (
    input: Data,
    k: number,
    reduction_dimension = -1,
    _recall = 0.95,
    is_max_k = true,
    _size = -1,
    _aggregate = true,
    _name: Name = null,
  ): Tuple<Tensor> => {
    const x = toTensor(input);
    const n = x.shape.length;
    const at = reduction_dimension < 0 ? reduction_dimension + n : reduction_dimension;
    const perm = toTensor(
      Array.from({ length: n }, (_, i) => (i === at ? n - 1 : i === n - 1 ? at : i)),
      { dtype: int32 },
    );
    const turned = (t: Tensor): Tensor => (at === n - 1 ? t : one("Transpose", [t, perm]));
    const signed = (t: Tensor): Tensor => (is_max_k ? t : one("Neg", [t]));
    const [values, places] = op("TopKV2", [signed(turned(x)), k], { sorted: true }) as [Tensor, Tensor];
    return new TopPair(turned(signed(values)), turned(places)) as unknown as Tuple<Tensor>;
  },
);
class TopPair extends Tuple<Tensor> {
  constructor(values: Tensor, indices: Tensor) {
    super();
    freezeInto(this, [values, indices]);
  }
  override __repr__(): string {
    return `ApproxTopK(values=${repr(this[0])}, indices=${repr(this[1])})`;
  }
}

const eagerly = (name: string): void => {
  if (executing_eagerly())
    throw new RuntimeError(
      `tf.${name} is not supported when eager execution is enabled. Use tf.GradientTape instead.`,
    );
};
/** Derivatives inside of a graph that is being built. @throws RuntimeError where none is */
export const gradients = def(
  "tensorflow.gradients",
  "ys xs grad_ys name gate_gradients aggregation_method stop_gradients unconnected_gradients",
  (
    ys: unknown,
    xs: unknown,
    grad_ys: unknown = null,
    _name: Name = "gradients",
    _gate = false,
    _how: unknown = null,
    stop_gradients: unknown = null,
    _unconnected: unknown = null,
  ): unknown => {
    eagerly("gradients");
    return symbolicGradients({ ys, xs, grad_ys, stop_gradients } as never);
  },
);
export const hessians = def(
  "tensorflow.hessians",
  "ys xs gate_gradients aggregation_method name",
  (ys: unknown, xs: unknown, _gate = false, _how: unknown = null, _name: Name = "hessians"): unknown => {
    eagerly("gradients");
    return symbolicHessians({ ys, xs } as never);
  },
);
/** The tensors, which are all there by then. */
export const tuple = def(
  "tensorflow.tuple",
  "tensors control_inputs name",
  (tensors: readonly unknown[], _control: unknown = null, _name: Name = null): unknown[] =>
    tensors.map((t) => (t === null ? null : isTensor(t) ? one("Identity", [t]) : t)),
);
/** The scope's name that stands before those of operations that are made now. */
export const get_current_name_scope = def("tensorflow.get_current_name_scope", "", (): string =>
  currentNameScope().replace(/\/$/, ""),
);
type Log = (message: string, ...args: unknown[]) => void;
const logged =
  (level: string): Log =>
  (message) => {
    console.warn(`${level}:tensorflow:${message}`);
  };
let verbosity = 30;
/** TensorFlow's logger, which writes to the error stream. */
export const get_logger = def("tensorflow.get_logger", "", () => ({
  name: "tensorflow",
  setLevel: (level: number | string): void => {
    verbosity =
      typeof level === "string" ? ({ DEBUG: 10, INFO: 20, WARNING: 30, ERROR: 40 }[level] ?? 30) : level;
  },
  getEffectiveLevel: (): number => verbosity,
  debug: ((m) => (verbosity <= 10 ? logged("DEBUG")(m) : undefined)) as Log,
  info: ((m) => (verbosity <= 20 ? logged("INFO")(m) : undefined)) as Log,
  warning: ((m) => (verbosity <= 30 ? logged("WARNING")(m) : undefined)) as Log,
  error: ((m) => (verbosity <= 40 ? logged("ERROR")(m) : undefined)) as Log,
}));
const library = (py: string) =>
  def(`tensorflow.${py}`, "library_location", (library_location: string): never => {
    throw new NotFoundError(`${library_location}: cannot open shared object file: No such file or directory`);
  });
/** Native libraries cannot be loaded here. @throws NotFoundError */
export const load_library = library("load_library");
export const load_op_library = library("load_op_library");
/** A function that is called as it is: its gradient is none. */
export const nondifferentiable_batch_function = def(
  "tensorflow.nondifferentiable_batch_function",
  "num_batch_threads max_batch_size batch_timeout_micros allowed_batch_sizes max_enqueued_batches autograph enable_large_batch_splitting",
  (..._options: unknown[]) =>
    <F>(f: F): F =>
      f,
);
/** One after another: what a critical section runs is never interrupted here. */
export class CriticalSection {
  execute<R>(f: () => R): R {
    return f();
  }
}
