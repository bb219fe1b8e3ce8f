import { isPlainObject, repr, ValueError } from "@cognate/py";
import { withGraph } from "../core/context.js";
import { isTensor, toTensor } from "../core/convert.js";
import { as_dtype, type TypeLike } from "../core/dtypes.js";
import { toGraphTensor } from "../graph/convert.js";
import { get_default_graph } from "../graph/current.js";
import { compatible, dimsOf, dimsText } from "../graph/shape.js";
import { GraphVariable } from "../graph/variable.js";
import type { DType } from "../shared.js";
import {
  glorot_uniform_initializer,
  type Initializer,
  initializerOf,
  zeros_initializer,
} from "./initializers.js";
import { v1 } from "./make.js";
import { PartitionedVariable, type Partitioner, partsOf } from "./partitioned.js";
import { node } from "./random-ops.js";
import { currentVariableScope, type Getter, type ReuseMode, variableStore } from "./scope-state.js";
import { resourceDefault } from "./variables.js";

interface VariableOptions {
  readonly shape: unknown;
  readonly dtype: DType;
  readonly initializer: unknown;
  readonly regularizer: unknown;
  readonly trainable: boolean;
  readonly collections: readonly string[] | null;
  readonly validate_shape: boolean;
  readonly use_resource: boolean;
  readonly constraint: unknown;
}

/** The variable of this full name, made where there is none and that is allowed. @throws ValueError */
function stored(name: string, o: VariableOptions, reuse: boolean | ReuseMode): GraphVariable {
  const store = variableStore();
  const found = store.vars.get(name);
  if (found) {
    if (reuse === false)
      throw new ValueError(
        `Variable ${name} already exists, disallowed. Did you mean to set reuse=True or reuse=tf.AUTO_REUSE in VarScope? Originally defined at:\n\n`,
      );
    const dims = dimsOf(o.shape);
    if (!compatible(found.shape._dims, dims))
      throw new ValueError(
        `Trying to share variable ${name}, but specified shape ${dimsText(dims)} and found shape ${found.shape}.`,
      );
    if (found.dtype !== o.dtype)
      throw new ValueError(
        `Trying to share variable ${name}, but specified dtype ${o.dtype.name} and found dtype ${found.dtype.name}_ref.`,
      );
    return found;
  }
  if (reuse === true)
    throw new ValueError(
      `Variable ${name} does not exist, or was not created with tf.get_variable(). Did you mean to set reuse=tf.AUTO_REUSE in VarScope?`,
    );
  const given = o.initializer;
  const value = given !== null && !isCallable(given);
  if (value && o.shape !== null) throw new ValueError("If initializer is a constant, do not specify shape.");
  const dims = dimsOf(o.shape);
  if (!value && (o.shape === null || (dims?.includes(null) ?? true)) && given === null)
    throw new ValueError(
      dims === null
        ? `Variable ${name} did not get an initializer, so its \`shape\` argument must be specified.`
        : "The initializer passed is not valid. It should be a callable with no arguments and the shape should not be provided or an instance of `tf.keras.initializers.*' and `shape` should be fully defined.",
    );
  const init = (given ?? defaultInitializer(name, o.dtype)) as Initializer;
  // A function of nothing says itself what the variable is.
  const plain = !value && dims === null;
  const g = get_default_graph();
  const v = g.root.scoped(
    null,
    () =>
      new GraphVariable({
        initial: value
          ? given
          : () =>
              (init as (shape: unknown, options: { dtype: DType }) => unknown)(
                dims === null ? null : [...dims],
                { dtype: o.dtype },
              ),
        name,
        dtype: plain || (value && naturalType(given) === o.dtype) ? undefined : o.dtype,
        trainable: o.trainable,
        collections: o.collections ?? ["variables"],
        validate: o.validate_shape,
        resource: o.use_resource,
        constraint: o.constraint,
      }),
  );
  store.vars.set(name, v);
  if (o.regularizer !== null && o.regularizer !== undefined) {
    const loss = g.scoped(`${name}/Regularizer/`, () => (o.regularizer as (v: unknown) => unknown)(v));
    if (loss !== null) g.add_to_collection("regularization_losses", loss);
  }
  return v;
}

const eagerly = (x: unknown): unknown => withGraph(null, () => toTensor(x as never));
/** The element type that a value brings along. */
const naturalType = (x: unknown): DType =>
  isTensor(x) ? (x as unknown as { dtype: DType }).dtype : (eagerly(x) as { dtype: DType }).dtype;
/** Whole numbers of JavaScript stand for fractions too. */
const isWeak = (x: unknown): boolean =>
  !isTensor(x) && (eagerly(x) as { _value?: { weak?: boolean } | null })._value?.weak === true;
/** @throws ValueError for a value of another type than is asked for */
function demandType(x: unknown, dtype: TypeLike): void {
  const own = naturalType(x);
  const wanted = as_dtype(dtype);
  if (
    own === wanted ||
    (isWeak(x) && own.is_integer && (wanted.is_floating || wanted.is_complex || wanted.is_integer))
  )
    return;
  throw new ValueError(
    `Initializer type '${own}' and explicit dtype ${typeof dtype === "string" ? repr(dtype) : `'${String(dtype)}'`} don't match.`,
  );
}

function defaultInitializer(name: string, dtype: DType): Initializer {
  if (dtype.is_floating) return glorot_uniform_initializer();
  if (dtype.is_integer || dtype.is_bool || dtype.name === "string") return zeros_initializer();
  throw new ValueError(`An initializer for variable ${name} of ${repr(dtype)} is required`);
}

/**
 * The variable of this name in the current variable scope: made, or where the scope reuses, found.
 *
 * @throws ValueError where it exists and is not reused, or is reused and does not exist, or has another shape
 */
export const get_variable = v1(
  "get_variable",
  "name shape dtype initializer regularizer trainable collections caching_device partitioner validate_shape use_resource custom_getter constraint synchronization aggregation",
  (
    name: string,
    shape: unknown = null,
    dtype: TypeLike | null = null,
    initializer: unknown = null,
    regularizer: unknown = null,
    trainable: boolean | null = null,
    collections: readonly string[] | null = null,
    _caching_device: unknown = null,
    partitioner: Partitioner | null = null,
    validate_shape = true,
    use_resource: boolean | null = null,
    custom_getter: unknown = null,
    constraint: unknown = null,
    _synchronization: unknown = 0,
    _aggregation: unknown = 0,
  ): GraphVariable => {
    const scope = currentVariableScope();
    const full = scope.name ? `${scope.name}/${name}` : name;
    const given = initializer ?? scope.initializer;
    const init = typeof given === "string" ? given : initializerOf(given);
    const started = initializer !== null && !isCallable(initializer);
    if (started && dtype !== null) demandType(initializer, dtype);
    // A variable that is there already is not asked for the type of the value.
    const natural =
      started && dtype === null && !variableStore().vars.has(full) ? naturalType(initializer) : null;
    const type = natural ?? as_dtype((dtype ?? scope.dtype) as TypeLike);
    const reg = regularizer ?? scope.regularizer;
    const make = (over: Partial<VariableOptions> = {}, name_ = full): GraphVariable =>
      stored(
        name_,
        {
          shape,
          dtype: type,
          initializer: init,
          regularizer: reg,
          trainable: trainable ?? true,
          collections,
          validate_shape,
          use_resource: resourceDefault(use_resource),
          constraint: constraint ?? scope.constraint,
          ...over,
        },
        scope.reuse,
      );
    const cut = partitioner ?? (scope.partitioner as Partitioner | null);
    const own = cut && shape !== null ? dimsOf(shape) : cut && !isCallable(init) ? dimsOfValue(init) : null;
    if (cut && own) return inParts(full, own as readonly number[], cut, type, init, make);
    const getter = (custom_getter ?? scope.custom_getter) as Getter | null;
    if (!getter) return make();
    const inner = (...args: unknown[]): GraphVariable => {
      const kw = args.find((a) => isPlainObject(a)) as Partial<VariableOptions> | undefined;
      return make(kw ?? {});
    };
    return get_default_graph().scoped(null, () =>
      getter(inner, full, {
        shape,
        dtype: type,
        initializer: init,
        regularizer: reg,
        trainable: trainable ?? true,
      }),
    );
  },
);

const isCallable = (x: unknown): x is Initializer => typeof x === "function";
const dimsOfValue = (x: unknown): readonly (number | null)[] | null =>
  x === null ? null : toGraphTensor(get_default_graph(), x)._dims;

/** A variable in parts along one axis, each a variable of its own. */
function inParts(
  full: string,
  dims: readonly number[],
  partitioner: Partitioner,
  dtype: DType,
  init: unknown,
  make: (over: Partial<VariableOptions>, name: string) => GraphVariable,
): GraphVariable {
  const known = variableStore().partitioned.get(full);
  const { partitions, slices } = partsOf(dims, partitioner, dtype);
  if (known && currentVariableScope().reuse !== false) return known as unknown as GraphVariable;
  const value = init !== null && !isCallable(init);
  const list = slices.map(({ offset, shape }, i) => {
    const part = value
      ? { shape: null, initializer: sliceOf(init, offset, shape) }
      : { shape: [...shape], initializer: init };
    const v = make(part, `${full}/part_${i}`);
    v._save_name = full;
    return v;
  });
  const made = PartitionedVariable(full, [...dims], dtype, list, [...partitions]);
  variableStore().partitioned.set(full, made);
  return made as unknown as GraphVariable;
}
const sliceOf = (x: unknown, offset: readonly number[], shape: readonly number[]): unknown =>
  node(get_default_graph(), "Slice", [x, [...offset], [...shape]]);

export const get_local_variable = v1(
  "get_local_variable",
  "name shape dtype initializer regularizer trainable collections",
  (
    name: string,
    shape: unknown = null,
    dtype: TypeLike | null = null,
    initializer: unknown = null,
    regularizer: unknown = null,
    _trainable: boolean | null = false,
    collections: readonly string[] | null = null,
  ): GraphVariable =>
    get_variable(name, shape, dtype, initializer, regularizer, false, [
      ...(collections ?? []),
      "local_variables",
    ]),
);
