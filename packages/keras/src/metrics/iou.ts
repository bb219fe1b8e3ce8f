import { dtypeNamed } from "@cognate/kernel";
import { asFloat, pyClass, ValueError, warn } from "@cognate/py";
import { epsilon } from "../backend/config.js";
import { valueOf } from "../backend/create.js";
import { type Tensor, type TensorLike, wrap } from "../backend/tensor.js";
import type { Variable } from "../backend/variable.js";
import type { DTypePolicyLike } from "../dtype-policies/dtype-policy.js";
import { hide } from "../hide.js";
import { cast } from "../ops/core/tensors.js";
import {
  add,
  divide,
  greater,
  greater_equal,
  less,
  logical_and,
  not_equal,
  subtract,
  where,
} from "../ops/numpy/elementwise.js";
import { argmax, sum } from "../ops/numpy/reduction.js";
import { broadcast_to, diag, reshape } from "../ops/numpy/shape.js";
import { confusionMatrix } from "./confusion.js";
import { MetricImpl, namedUpdates, type Weights } from "./metric.js";

const PATH = "keras.src.metrics.iou_metrics";
type Type = DTypePolicyLike | null;

/** The share that two regions have in common, averaged over some classes. */
class IoUImpl extends MetricImpl {
  readonly num_classes: number;
  readonly target_class_ids: readonly number[];
  readonly ignore_class: number | null;
  readonly sparse_y_true: boolean;
  readonly sparse_y_pred: boolean;
  readonly axis: number;
  declare total_cm: Variable;

  constructor(
    num_classes: number,
    target_class_ids: readonly number[],
    name: string | null = null,
    dtype: Type = null,
    ignore_class: number | null = null,
    sparse_y_true = true,
    sparse_y_pred = true,
    axis = -1,
  ) {
    super(dtype ?? "int", name);
    this._direction = "up";
    this.num_classes = num_classes;
    this.ignore_class = ignore_class;
    this.sparse_y_true = sparse_y_true;
    this.sparse_y_pred = sparse_y_pred;
    this.axis = axis;
    hide(
      this,
      "total_cm",
      this.add_variable([num_classes, num_classes], "zeros", this.dtype, "sum", "total_confusion_matrix"),
    );
    const most = Math.max(...target_class_ids);
    if (most >= num_classes)
      throw new ValueError(`Target class id ${most} is out of range, which is [0, ${num_classes}).`);
    this.target_class_ids = [...target_class_ids];
  }

  override update_state(y_true: TensorLike, y_pred: TensorLike, sample_weight: Weights = null): void {
    this._count(y_true, y_pred, sample_weight);
  }
  _count(y_true: TensorLike, y_pred: TensorLike, sample_weight: Weights): void {
    const dtype = dtypeNamed(this.dtype)!;
    const list = (x: TensorLike, sparse: boolean): Tensor => {
      const ids = wrap(valueOf(sparse ? x : argmax.impl(x, this.axis), dtype));
      return ids.ndim > 1 ? reshape.impl(ids, [-1]) : ids;
    };
    const [t, p] = [list(y_true, this.sparse_y_true), list(y_pred, this.sparse_y_pred)];
    if (sample_weight !== null && dtype.kind !== "float" && valueOf(sample_weight).dtype.kind === "float")
      warn(
        "You are passing weight as `float`, but dtype is `int`. This may result in an incorrect weight due to type casting Consider using integer weights.",
      );
    let weight = wrap(valueOf(sample_weight ?? 1, dtype));
    if (weight.ndim > 1) weight = reshape.impl(weight, [-1]);
    weight = broadcast_to.impl(weight, t._value.shape) as Tensor;
    const within = (x: Tensor): Tensor =>
      logical_and.impl(greater_equal.impl(x, 0), less.impl(x, this.num_classes));
    let known = logical_and.impl(within(t), within(p));
    if (this.ignore_class !== null) known = logical_and.impl(known, not_equal.impl(t, this.ignore_class));
    const kept = (x: Tensor): Tensor => where.impl(known, x, 0) as Tensor;
    const more = confusionMatrix(kept(t), kept(p), this.num_classes, kept(weight), this.dtype);
    this.total_cm.assign(add.impl(this.total_cm.value, more));
  }
  override result(): Tensor {
    const matrix = this.total_cm.value;
    const right = diag.impl(matrix) as Tensor;
    const union = subtract.impl(add.impl(sum.impl(matrix, 0), sum.impl(matrix, 1)), right);
    const picked = (x: Tensor): Tensor => cast.impl(x.at([...this.target_class_ids]), "float32") as Tensor;
    const [tp, all] = [picked(right), picked(union)];
    const valid = greater.impl(all, 1e-9);
    const each = where.impl(valid, divide.impl(tp, add.impl(all, epsilon())), 0) as Tensor;
    const count = sum.impl(cast.impl(valid, "float32") as Tensor);
    return divide.impl(sum.impl(each, -1), add.impl(count, epsilon()));
  }
  override get_config(): Record<string, unknown> {
    const { num_classes, target_class_ids, ignore_class, sparse_y_true, sparse_y_pred, axis } = this;
    return {
      ...super.get_config(),
      num_classes,
      target_class_ids,
      ignore_class,
      sparse_y_true,
      sparse_y_pred,
      axis,
    };
  }
}
namedUpdates(IoUImpl);

/** A config's entries of given names, in their order. */
const entries = (config: Record<string, unknown>, names: string): Record<string, unknown> =>
  Object.fromEntries(names.split(" ").map((name) => [name, config[name]]));
const upTo = (n: number): number[] => Array.from({ length: n }, (_, i) => i);

/** `keras.metrics.IoU`: intersection over union, averaged over the classes `target_class_ids`. */
export const IoU = pyClass(
  `${PATH}.IoU`,
  "num_classes target_class_ids name dtype ignore_class sparse_y_true sparse_y_pred axis",
  IoUImpl,
);
export type IoU = IoUImpl;

class BinaryIoUImpl extends IoUImpl {
  readonly threshold: number;
  constructor(
    target_class_ids: readonly number[] = [0, 1],
    threshold = 0.5,
    name: string | null = null,
    dtype: Type = null,
  ) {
    super(2, target_class_ids, name, dtype);
    this.threshold = threshold;
  }
  override update_state(y_true: TensorLike, y_pred: TensorLike, sample_weight: Weights = null): void {
    const scores = wrap(valueOf(y_pred, dtypeNamed("float32")!));
    this._count(
      y_true,
      cast.impl(greater_equal.impl(scores, this.threshold), this.dtype) as Tensor,
      sample_weight,
    );
  }
  override get_config(): Record<string, unknown> {
    const { target_class_ids, threshold, name, dtype } = this;
    return { target_class_ids, threshold: asFloat(threshold), name, dtype };
  }
}
namedUpdates(BinaryIoUImpl);
/** `keras.metrics.BinaryIoU`: intersection over union of two classes, told apart by a threshold. */
export const BinaryIoU = pyClass(`${PATH}.BinaryIoU`, "target_class_ids threshold name dtype", BinaryIoUImpl);
export type BinaryIoU = BinaryIoUImpl;

class MeanIoUImpl extends IoUImpl {
  constructor(
    num_classes: number,
    name: string | null = null,
    dtype: Type = null,
    ignore_class: number | null = null,
    sparse_y_true = true,
    sparse_y_pred = true,
    axis = -1,
  ) {
    super(num_classes, upTo(num_classes), name, dtype, ignore_class, sparse_y_true, sparse_y_pred, axis);
  }
  override get_config(): Record<string, unknown> {
    return entries(
      super.get_config(),
      "num_classes name dtype ignore_class sparse_y_true sparse_y_pred axis",
    );
  }
}
/** `keras.metrics.MeanIoU`: intersection over union, averaged over all classes. */
export const MeanIoU = pyClass(
  `${PATH}.MeanIoU`,
  "num_classes name dtype ignore_class sparse_y_true sparse_y_pred axis",
  MeanIoUImpl,
);
export type MeanIoU = MeanIoUImpl;

class OneHotIoUImpl extends IoUImpl {
  constructor(
    num_classes: number,
    target_class_ids: readonly number[],
    name: string | null = null,
    dtype: Type = null,
    ignore_class: number | null = null,
    sparse_y_pred = false,
    axis = -1,
  ) {
    super(num_classes, target_class_ids, name, dtype, ignore_class, false, sparse_y_pred, axis);
  }
  override get_config(): Record<string, unknown> {
    return entries(
      super.get_config(),
      "num_classes target_class_ids name dtype ignore_class sparse_y_pred axis",
    );
  }
}
/** `keras.metrics.OneHotIoU`: {@link IoU} of targets with a line of zeros and a one for each entry. */
export const OneHotIoU = pyClass(
  `${PATH}.OneHotIoU`,
  "num_classes target_class_ids name dtype ignore_class sparse_y_pred axis",
  OneHotIoUImpl,
);
export type OneHotIoU = OneHotIoUImpl;

class OneHotMeanIoUImpl extends IoUImpl {
  constructor(
    num_classes: number,
    name: string | null = null,
    dtype: Type = null,
    ignore_class: number | null = null,
    sparse_y_pred = false,
    axis = -1,
  ) {
    super(num_classes, upTo(num_classes), name, dtype, ignore_class, false, sparse_y_pred, axis);
  }
  override get_config(): Record<string, unknown> {
    return entries(super.get_config(), "num_classes name dtype ignore_class sparse_y_pred axis");
  }
}
/** `keras.metrics.OneHotMeanIoU`: {@link OneHotIoU} averaged over all classes. */
export const OneHotMeanIoU = pyClass(
  `${PATH}.OneHotMeanIoU`,
  "num_classes name dtype ignore_class sparse_y_pred axis",
  OneHotMeanIoUImpl,
);
export type OneHotMeanIoU = OneHotMeanIoUImpl;
