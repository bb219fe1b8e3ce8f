import { repr, ValueError } from "@cognate/py";
import { isTensor, toTensor } from "../../core/convert.js";
import { int32 } from "../../core/dtypes.js";
import { one, op } from "../../core/execute.js";
import type { Tensor } from "../../shared.js";
import { reshape, shape, where } from "../array-index.js";
import { type Data, def, type Name } from "../make.js";
import { abs, add, cast, exp, log, log1p, multiply, negative, subtract } from "../math.js";
import { relu } from "./activation.js";

/** max(x, 0) − x·z + log(1 + e^−|x|). */
export const sigmoid_cross_entropy_with_logits = def(
  "tensorflow.nn.sigmoid_cross_entropy_with_logits",
  "labels logits name",
  (labels: Data | null = null, logits: Data | null = null, _name: Name = null): Tensor => {
    if (labels === null || logits === null)
      throw new ValueError("Both `labels` and `logits` must be provided.");
    const x = toTensor(logits);
    const z = toTensor(labels, isTensor(labels) ? {} : { dtype: x.dtype });
    if (!compatible(x, z))
      throw new ValueError(
        `\`logits\` and \`labels\` must have the same shape, received (${shapeShown(x)} vs ${shapeShown(z)}).`,
      );
    const zeros = one("ZerosLike", [x]);
    const cond = one("GreaterEqual", [x, zeros]);
    const reluX = where(cond, x, zeros);
    const negAbs = where(cond, negative(x), x);
    return add(subtract(reluX, multiply(x, z)), log1p(exp(negAbs)));
  },
);
const compatible = (a: Tensor, b: Tensor): boolean => {
  const [x, y] = [a.shape, b.shape] as unknown as [(number | null)[], (number | null)[]];
  return x.length === y.length && x.every((d, i) => d === null || y[i] === null || d === y[i]);
};
const shapeShown = (t: Tensor): string => String(t.shape);
export const weighted_cross_entropy_with_logits = def(
  "tensorflow.nn.weighted_cross_entropy_with_logits",
  "labels logits pos_weight name",
  (labels: Data, logits: Data, pos_weight: Data, _name: Name = null): Tensor => {
    const x = toTensor(logits);
    const z = toTensor(labels, { dtype: x.dtype });
    if (!compatible(x, z))
      throw new ValueError(
        `\`logits\` and \`labels\` must have the same shape, received (${shapeShown(x)} vs ${shapeShown(z)}).`,
      );
    const one_ = toTensor(1, { dtype: x.dtype });
    const weight = add(one_, multiply(subtract(toTensor(pos_weight, { dtype: x.dtype }), one_), z));
    return add(
      multiply(subtract(one_, z), x),
      multiply(weight, add(log1p(exp(negative(abs(x)))), relu(negative(x)))),
    );
  },
);
export const softmax_cross_entropy_with_logits = def(
  "tensorflow.nn.softmax_cross_entropy_with_logits",
  "labels logits axis name",
  (labels: Data, logits: Data, axis = -1, name: Name = "softmax_cross_entropy_with_logits"): Tensor => {
    let x = toTensor(logits);
    let t = cast(toTensor(labels, isTensor(labels) ? {} : { dtype: x.dtype }), x.dtype);
    const n = x.shape.length;
    const d = axis < 0 ? axis + n : axis;
    const order = Array.from({ length: n }, (_, i) => i);
    if (d !== n - 1) {
      const perm = toTensor([...order.filter((i) => i !== d), d], { dtype: int32 });
      x = one("Transpose", [x, perm]);
      t = one("Transpose", [t, perm]);
    }
    const lead = ([...x.shape] as (number | null)[]).slice(0, -1);
    const classes = ([...x.shape] as (number | null)[])[n - 1]!;
    const flat = (v: Tensor): Tensor => (n === 2 ? v : reshape(v, [-1, classes]));
    const [loss] = op("SoftmaxCrossEntropyWithLogits", [flat(x), flat(t)], {}, n === 2 ? name : null);
    if (n === 2) return loss!;
    return reshape(
      loss!,
      lead.includes(null) ? one("StridedSlice", [shape(x), [0], [n - 1], [1]]) : (lead as number[]),
    );
  },
);
export const sparse_softmax_cross_entropy_with_logits = def(
  "tensorflow.nn.sparse_softmax_cross_entropy_with_logits",
  "labels logits name",
  (labels: Data, logits: Data, name: Name = null): Tensor => {
    const l = toTensor(labels);
    const x = toTensor(logits);
    const n = x.shape.length;
    if (n === 0)
      throw new ValueError(
        `\`logits\` cannot be a scalar. Received logits=${repr(x)}\` with shape ${String(x.shape)}`,
      );
    if (l.shape.length !== n - 1)
      throw new ValueError(
        `\`labels.shape.rank\` must equal \`logits.shape.rank - 1\`. Received: labels.shape=${String(l.shape)} of rank ${l.shape.length} and logits.shape=${String(x.shape)} of rank ${n}`,
      );
    const dims = [...x.shape] as (number | null)[];
    const own = [...l.shape] as (number | null)[];
    if (own.some((d, i) => d !== null && dims[i] !== null && d !== dims[i]))
      throw new ValueError(
        `\`labels.shape\` must equal \`logits.shape\` except for the last dimension. Received: labels.shape=${String(l.shape)} and logits.shape=${String(x.shape)}`,
      );
    if (n === 2) return op("SparseSoftmaxCrossEntropyWithLogits", [x, l], {}, name)[0]!;
    const [loss] = op(
      "SparseSoftmaxCrossEntropyWithLogits",
      [reshape(x, [-1, dims[n - 1]!]), reshape(l, [-1])],
      {},
      name,
    );
    return reshape(loss!, own.includes(null) ? shape(l) : (own as number[]));
  },
);
/** e^x − z·x, plus Stirling's term where asked for. */
export const log_poisson_loss = def(
  "tensorflow.nn.log_poisson_loss",
  "targets log_input compute_full_loss name",
  (targets: Data, log_input: Data, compute_full_loss = false, _name: Name = null): Tensor => {
    const x = toTensor(log_input);
    const z = toTensor(targets, { dtype: x.dtype });
    const loss = subtract(exp(x), multiply(x, z));
    if (!compute_full_loss) return loss;
    const stirling = add(subtract(multiply(z, log(z)), z), multiply(0.5, log(multiply(2 * Math.PI, z))));
    const zeros = one("ZerosLike", [z]);
    const ones = one("OnesLike", [z]);
    const cond = one("LogicalAnd", [one("GreaterEqual", [z, zeros]), one("LessEqual", [z, ones])]);
    return add(loss, where(cond, zeros, stirling));
  },
);
