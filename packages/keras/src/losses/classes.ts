import { asFloat, type Def, pyClass, repr, ValueError } from "@cognate/py";
import type { KerasTensor } from "../backend/keras-tensor.js";
import type { Tensor } from "../backend/tensor.js";
import type { DTypePolicyLike } from "../dtype-policies/dtype-policy.js";
import { serialized } from "../object-registry.js";
import type { OptionClass } from "../option-class.js";
import * as tree from "../tree.js";
import * as crossentropies from "./crossentropies.js";
import * as functions from "./functions.js";
import { LossImpl } from "./loss.js";
import * as overlaps from "./overlaps.js";
import { type Either, type Reduction, toSameRank } from "./reduce.js";

const PATH = "keras.src.losses.losses";

type LossFunction = (...args: never[]) => unknown;
type Type = DTypePolicyLike | null;

/** What every class of losses takes. */
interface Common {
  readonly reduction: Reduction;
  readonly name: string | null;
  readonly dtype: Type;
}

/** A call of a loss function, its options behind targets and predictions. */
export function callWith(
  fn: unknown,
  t: Either,
  p: Either,
  options: Readonly<Record<string, unknown>>,
): Tensor {
  const { impl, signature } = fn as Partial<Def<string, LossFunction>>;
  if (!impl || !signature) {
    const plain = fn as (t: Either, p: Either, options?: object) => Tensor;
    return Object.keys(options).length > 0 ? plain(t, p, options) : plain(t, p);
  }
  const more = signature.parameters.slice(2).map((parameter) => options[parameter.name]);
  return (impl as (...args: unknown[]) => Tensor)(t, p, ...more);
}

/** A loss that calls a function. */
export class LossFunctionWrapperImpl extends LossImpl {
  fn: unknown;
  readonly _fn_kwargs: Readonly<Record<string, unknown>>;

  constructor(
    fn: unknown,
    reduction: Reduction = "sum_over_batch_size",
    name: string | null = null,
    dtype: Type = null,
    options: Readonly<Record<string, unknown>> = {},
  ) {
    super(name, reduction, dtype);
    this.fn = fn;
    this._fn_kwargs = options;
  }

  override call(y_true: Tensor, y_pred: Tensor): Tensor | KerasTensor {
    if (!tree.isNested(y_true)) {
      const [t, p] = toSameRank(y_true, y_pred);
      return callWith(this.fn, t, p, this._fn_kwargs);
    }
    const pairs = tree
      .flatten(y_true)
      .map((t, i) => toSameRank(t as Either, tree.flatten(y_pred)[i] as Either));
    const [t, p] = [0, 1].map((side) =>
      tree.pack(
        y_true,
        pairs.map((pair) => pair[side]),
      ),
    );
    return callWith(this.fn, t as Either, p as Either, this._fn_kwargs);
  }
  override get_config(): Record<string, unknown> {
    return {
      ...super.get_config(),
      fn: serialized(this.fn),
      ...(serialized(this._fn_kwargs) as Record<string, unknown>),
    };
  }
  __repr__(): string {
    return `<LossFunctionWrapper(${repr(this.fn)}, kwargs=${repr(this._fn_kwargs)})>`;
  }
}
/** A loss of any function of targets and predictions; further keywords are given to the function. */
export const LossFunctionWrapper = pyClass(
  `${PATH}.LossFunctionWrapper`,
  "fn reduction name dtype **kwargs",
  LossFunctionWrapperImpl,
);
export type LossFunctionWrapper = LossFunctionWrapperImpl;

/** Options that are floats, also where their values are whole. */
const FLOATS = ["label_smoothing", "alpha", "beta", "gamma", "margin", "q"];

/** What a constructor's arguments mean. */
type Options = (...args: never[]) => Common & Readonly<Record<string, unknown>>;
type LossClass<S extends string, M extends Options> = OptionClass<S, M, LossFunctionWrapperImpl>;

/**
 * A class of losses around a function: options that the function does not know are the class's own, the others go to it.
 *
 * @param inConfig - which of them the config holds
 */
function lossClass<const S extends string, M extends Options>(
  name: string,
  fn: Def<string, never>,
  signature: S,
  options: M,
  inConfig: readonly string[] = [],
): LossClass<S, M> {
  class Impl extends LossFunctionWrapperImpl {
    constructor(...args: never[]) {
      const { reduction, name: own, dtype, ...more } = options(...args);
      super(fn, reduction, own, dtype, more);
      for (const key of inConfig) (this as unknown as Record<string, unknown>)[key] = more[key];
    }
    override get_config(): Record<string, unknown> {
      const config: Record<string, unknown> = { name: this.name, reduction: this.reduction };
      for (const key of inConfig) {
        const value = this._fn_kwargs[key];
        config[key] = FLOATS.includes(key) && typeof value === "number" ? asFloat(value) : value;
      }
      return config;
    }
  }
  return pyClass(`${PATH}.${name}`, signature, Impl) as unknown as LossClass<S, M>;
}

const MEAN: Reduction = "sum_over_batch_size";
const COMMON = "reduction name dtype";

/** A class of losses without options of its own. */
const plain = (name: string, fn: Def<string, never>, label: string) =>
  lossClass(
    name,
    fn,
    COMMON,
    (reduction: Reduction = MEAN, name: string | null = label, dtype: Type = null) => ({
      reduction,
      name,
      dtype,
    }),
  );

const f = (fn: unknown): Def<string, never> => fn as Def<string, never>;

/**
 * `keras.losses.MeanSquaredError`: the mean of (y_true − y_pred)².
 *
 * @example
 * ```ts
 * import * as keras from "@cognate/keras";
 * import { print } from "@cognate/py";
 * const mse = keras.losses.MeanSquaredError();
 * print(mse([[0, 1], [0, 0]], [[1, 1], [1, 0]]), mse([0, 1], [1, 3], { sample_weight: [0.5, 1] }));
 * // prints tf.Tensor(0.5, shape=(), dtype=float32) tf.Tensor(1.875, shape=(), dtype=float32)
 * ```
 */
export const MeanSquaredError = plain(
  "MeanSquaredError",
  f(functions.mean_squared_error),
  "mean_squared_error",
);
/** `keras.losses.MeanAbsoluteError`: the mean of |y_true − y_pred|. */
export const MeanAbsoluteError = plain(
  "MeanAbsoluteError",
  f(functions.mean_absolute_error),
  "mean_absolute_error",
);
/** `keras.losses.MeanAbsolutePercentageError`: the mean of 100·|(y_true − y_pred) / y_true|. */
export const MeanAbsolutePercentageError = plain(
  "MeanAbsolutePercentageError",
  f(functions.mean_absolute_percentage_error),
  "mean_absolute_percentage_error",
);
/** `keras.losses.MeanSquaredLogarithmicError`: the mean of (log(1 + y_true) − log(1 + y_pred))². */
export const MeanSquaredLogarithmicError = plain(
  "MeanSquaredLogarithmicError",
  f(functions.mean_squared_logarithmic_error),
  "mean_squared_logarithmic_error",
);
/** `keras.losses.LogCosh`: the mean of log cosh(y_pred − y_true). */
export const LogCosh = plain("LogCosh", f(functions.log_cosh), "log_cosh");
/** `keras.losses.Hinge`: the mean of max(1 − y_true·y_pred, 0). */
export const Hinge = plain("Hinge", f(functions.hinge), "hinge");
/** `keras.losses.SquaredHinge`: the mean of max(1 − y_true·y_pred, 0)². */
export const SquaredHinge = plain("SquaredHinge", f(functions.squared_hinge), "squared_hinge");
/** `keras.losses.CategoricalHinge`: the mean of max(neg − pos + 1, 0). */
export const CategoricalHinge = plain(
  "CategoricalHinge",
  f(functions.categorical_hinge),
  "categorical_hinge",
);
/** `keras.losses.KLDivergence`: the mean of Σ y_true·log(y_true / y_pred). */
export const KLDivergence = plain("KLDivergence", f(functions.kl_divergence), "kl_divergence");
/** `keras.losses.Poisson`: the mean of y_pred − y_true·log y_pred. */
export const Poisson = plain("Poisson", f(functions.poisson), "poisson");
/** `keras.losses.CTC`: the mean of {@link overlaps.ctc}. */
export const CTC = plain("CTC", f(overlaps.ctc), "ctc");

/** `keras.losses.CosineSimilarity`: the mean of −cos of the angle between targets and predictions. */
export const CosineSimilarity = lossClass(
  "CosineSimilarity",
  f(functions.cosine_similarity),
  `axis ${COMMON}`,
  (
    axis = -1,
    reduction: Reduction = MEAN,
    name: string | null = "cosine_similarity",
    dtype: Type = null,
  ) => ({
    axis,
    reduction,
    name,
    dtype,
  }),
);
/** `keras.losses.Huber`: squares of small distances, larger ones as they are. */
export const Huber = lossClass(
  "Huber",
  f(functions.huber),
  `delta ${COMMON}`,
  (delta = 1, reduction: Reduction = MEAN, name: string | null = "huber_loss", dtype: Type = null) => ({
    delta,
    reduction,
    name,
    dtype,
  }),
);
/** `keras.losses.BinaryCrossentropy`: the mean of {@link crossentropies.binary_crossentropy}. */
export const BinaryCrossentropy = lossClass(
  "BinaryCrossentropy",
  f(crossentropies.binary_crossentropy),
  `from_logits label_smoothing axis ${COMMON}`,
  (
    from_logits = false,
    label_smoothing = 0,
    axis = -1,
    reduction: Reduction = MEAN,
    name: string | null = "binary_crossentropy",
    dtype: Type = null,
  ) => ({ from_logits, label_smoothing, axis, reduction, name, dtype }),
  ["from_logits", "label_smoothing", "axis"],
);
/** `keras.losses.BinaryFocalCrossentropy`: the mean of {@link crossentropies.binary_focal_crossentropy}. */
export const BinaryFocalCrossentropy = lossClass(
  "BinaryFocalCrossentropy",
  f(crossentropies.binary_focal_crossentropy),
  `apply_class_balancing alpha gamma from_logits label_smoothing axis ${COMMON}`,
  (
    apply_class_balancing = false,
    alpha = 0.25,
    gamma = 2,
    from_logits = false,
    label_smoothing = 0,
    axis = -1,
    reduction: Reduction = MEAN,
    name: string | null = "binary_focal_crossentropy",
    dtype: Type = null,
  ) => ({ apply_class_balancing, alpha, gamma, from_logits, label_smoothing, axis, reduction, name, dtype }),
  ["from_logits", "label_smoothing", "axis", "apply_class_balancing", "alpha", "gamma"],
);
/** `keras.losses.CategoricalCrossentropy`: the mean of {@link crossentropies.categorical_crossentropy}. */
export const CategoricalCrossentropy = lossClass(
  "CategoricalCrossentropy",
  f(crossentropies.categorical_crossentropy),
  `from_logits label_smoothing axis ${COMMON}`,
  (
    from_logits = false,
    label_smoothing = 0,
    axis = -1,
    reduction: Reduction = MEAN,
    name: string | null = "categorical_crossentropy",
    dtype: Type = null,
  ) => ({ from_logits, label_smoothing, axis, reduction, name, dtype }),
  ["from_logits", "label_smoothing", "axis"],
);
/** `keras.losses.CategoricalFocalCrossentropy`: the mean of {@link crossentropies.categorical_focal_crossentropy}. */
export const CategoricalFocalCrossentropy = lossClass(
  "CategoricalFocalCrossentropy",
  f(crossentropies.categorical_focal_crossentropy),
  `alpha gamma from_logits label_smoothing axis ${COMMON}`,
  (
    alpha: number | readonly number[] = 0.25,
    gamma = 2,
    from_logits = false,
    label_smoothing = 0,
    axis = -1,
    reduction: Reduction = MEAN,
    name: string | null = "categorical_focal_crossentropy",
    dtype: Type = null,
  ) => ({ alpha, gamma, from_logits, label_smoothing, axis, reduction, name, dtype }),
  ["from_logits", "label_smoothing", "axis", "alpha", "gamma"],
);
/** `keras.losses.SparseCategoricalCrossentropy`: the mean of {@link crossentropies.sparse_categorical_crossentropy}. */
export const SparseCategoricalCrossentropy = lossClass(
  "SparseCategoricalCrossentropy",
  f(crossentropies.sparse_categorical_crossentropy),
  "from_logits ignore_class reduction axis name dtype",
  (
    from_logits = false,
    ignore_class: number | null = null,
    reduction: Reduction = MEAN,
    axis = -1,
    name: string | null = "sparse_categorical_crossentropy",
    dtype: Type = null,
  ) => ({ from_logits, ignore_class, axis, reduction, name, dtype }),
  ["from_logits", "ignore_class"],
);
type Axis = number | readonly number[] | null;
/** `keras.losses.Dice`: 1 − the share that two regions have in common. */
export const Dice = lossClass(
  "Dice",
  f(overlaps.dice),
  "reduction name axis dtype",
  (reduction: Reduction = MEAN, name: string | null = "dice", axis: Axis = null, dtype: Type = null) => ({
    axis,
    reduction,
    name,
    dtype,
  }),
  ["axis"],
);
/** `keras.losses.Tversky`: {@link Dice} with weights of what is missed (`alpha`) and of what is too much (`beta`). */
export const Tversky = lossClass(
  "Tversky",
  f(overlaps.tversky),
  "alpha beta reduction name axis dtype",
  (
    alpha = 0.5,
    beta = 0.5,
    reduction: Reduction = MEAN,
    name: string | null = "tversky",
    axis: Axis = null,
    dtype: Type = null,
  ) => ({ alpha, beta, axis, reduction, name, dtype }),
  ["alpha", "beta", "axis"],
);
/** `keras.losses.Circle`: the mean of {@link overlaps.circle}. */
export const Circle = lossClass(
  "Circle",
  f(overlaps.circle),
  `gamma margin remove_diagonal ${COMMON}`,
  (
    gamma = 80,
    margin = 0.4,
    remove_diagonal = true,
    reduction: Reduction = MEAN,
    name: string | null = "circle",
    dtype: Type = null,
  ) => ({ gamma, margin, remove_diagonal, reduction, name, dtype }),
  ["gamma", "margin", "remove_diagonal"],
);
/** `keras.losses.CategoricalGeneralizedCrossEntropy`: the mean of (1 − p^q) / q, which noisy labels disturb less. */
export const CategoricalGeneralizedCrossEntropy = lossClass(
  "CategoricalGeneralizedCrossEntropy",
  f(crossentropies.categorical_generalized_cross_entropy),
  `q ${COMMON}`,
  (
    q = 0.5,
    reduction: Reduction = MEAN,
    name: string | null = "categorical_generalized_cross_entropy",
    dtype: Type = null,
  ) => {
    if (!(q > 0 && q < 1)) throw new ValueError("q must be in the interval (0, 1)");
    return { q, reduction, name, dtype };
  },
  ["q"],
);
