import type { ArrayLike, ndarray } from "@cognate/ndarray/core";
import { callable, NotImplementedError, repr, TypeError, type, ValueError } from "@cognate/py";
import type { DataLike } from "../python/arrays.js";
import type { CustomMetric, CustomObjective, Eval } from "../python/booster.js";
import type { DMatrix } from "../python/dmatrix.js";
import type { SklearnMetric, SklearnObjective } from "./params.js";

/** A loss of labels and predictions as one of predictions and data. */
export const objectiveOf =
  (f: SklearnObjective): CustomObjective =>
  (preds, dmatrix) => {
    const weight = dmatrix.get_weight();
    const label = dmatrix.get_label();
    if (weight.size > 0 && f.length < 3)
      throw new ValueError(
        "Custom objective doesn't have the `sample_weight` parameter while sample_weight is used.",
      );
    return weight.size > 0
      ? f(label, preds, weight)
      : (f as unknown as (a: ndarray, b: ndarray) => readonly [ArrayLike, ArrayLike])(label, preds);
  };

/** A metric of labels and predictions as one of predictions and data. */
const metricOf =
  (f: SklearnMetric): CustomMetric =>
  (score, dmatrix) => {
    const label = dmatrix.get_label();
    const weight = dmatrix.get_weight();
    const call = f as unknown as (...args: unknown[]) => number;
    return [
      f.name,
      Number(weight.size === 0 ? call(label, score) : call(label, score, { sample_weight: weight })),
    ];
  };

/** The mean of a metric over the query groups. */
export const rankingMetric =
  (f: SklearnMetric): CustomMetric =>
  (score, dmatrix) => {
    const label = dmatrix.get_label();
    const ptr = dmatrix.get_uint_info("group_ptr").tolist() as number[];
    if (ptr.length < 2) throw new ValueError("Invalid `group_ptr`. Likely caused by invalid qid or group.");
    const call = f as unknown as (a: ndarray, b: ndarray) => number;
    const values = ptr.slice(1).map((end, i) => {
      const range = `${ptr[i]}:${end}`;
      const own = label.at(range) as ndarray;
      return own.size === 1 ? 1 : Number(call(own, score.at(range) as ndarray));
    });
    // XGBoost weighs by the groups' sizes.
    const sizes = ptr.slice(1).map((end, i) => end - ptr[i]!);
    const total = sizes.reduce((a, b) => a + b, 0);
    return [f.name, values.reduce((s, v, i) => s + v * sizes[i]!, 0) / total];
  };

/** The metrics that XGBoost has by name, and the one that it does not. @throws TypeError, NotImplementedError */
export function metricsOf(
  given: unknown,
  ranker: boolean,
): { readonly named: string | readonly string[] | null; readonly custom: CustomMetric | null } {
  const wrap = (f: unknown): CustomMetric =>
    ranker ? rankingMetric(f as SklearnMetric) : metricOf(f as SklearnMetric);
  const invalid = (m: unknown): TypeError =>
    new TypeError(`Invalid type for the \`eval_metric\`: ${typeText(m)}`);
  if (given === null || given === undefined) return { named: null, custom: null };
  if (callable(given)) return { named: null, custom: wrap(given) };
  if (typeof given === "string") return { named: given, custom: null };
  if (!Array.isArray(given)) throw invalid(given);
  let custom: CustomMetric | null = null;
  const named: string[] = [];
  for (const m of given) {
    if (typeof m === "string") named.push(m);
    else if (callable(m)) {
      if (custom) throw new NotImplementedError("Using multiple custom metrics is not yet supported.");
      custom = wrap(m);
    } else throw invalid(m);
  }
  return { named: named.length > 0 ? named : null, custom };
}
const typeText = (x: unknown): string => repr(type(x));

type Optional = ArrayLike | null | undefined;
type Lists = readonly (ArrayLike | null)[] | null | undefined;

/** Data to train on and to validate on, with what belongs to them. */
export interface FitData {
  readonly X: DataLike;
  readonly y: ArrayLike;
  readonly sample_weight?: Optional;
  readonly base_margin?: Optional;
  readonly group?: Optional;
  readonly qid?: Optional;
  readonly eval_set?: readonly (readonly [DataLike, ArrayLike])[] | null;
  readonly sample_weight_eval_set?: Lists;
  readonly base_margin_eval_set?: Lists;
  readonly eval_group?: Lists;
  readonly eval_qid?: Lists;
}

/** Makes a matrix for training (`ref` null) or validation. */
export type MatrixMaker = (ref: DMatrix | null, fields: Readonly<Record<string, unknown>>) => DMatrix;

/** The matrix to train on, and those to validate on by name. @throws ValueError for lists of other lengths */
export function matrices(d: FitData, make: MatrixMaker): { readonly train: DMatrix; readonly evals: Eval[] } {
  const train = make(null, {
    data: d.X,
    label: d.y,
    group: d.group,
    qid: d.qid,
    weight: d.sample_weight,
    base_margin: d.base_margin,
  });
  const set = d.eval_set ?? null;
  const lists = {
    sample_weight_eval_set: d.sample_weight_eval_set,
    base_margin_eval_set: d.base_margin_eval_set,
    eval_group: d.eval_group,
    eval_qid: d.eval_qid,
  };
  if (set === null) {
    if (Object.values(lists).some((l) => l !== null && l !== undefined))
      throw new ValueError("`eval_set` is not set but one of the other evaluation meta info is not None.");
    return { train, evals: [] };
  }
  for (const [name, list] of Object.entries(lists))
    if (list && list.length !== set.length)
      throw new ValueError(
        `${name}'s length does not equal \`eval_set\`'s length, expecting ${set.length}, got ${list.length}`,
      );
  const of = (list: Lists, i: number): ArrayLike | null => list?.[i] ?? null;
  const evals = set.map(([X, y], i): Eval => {
    const own = {
      weight: of(d.sample_weight_eval_set, i),
      base_margin: of(d.base_margin_eval_set, i),
      group: of(d.eval_group, i),
      qid: of(d.eval_qid, i),
    };
    const same =
      X === d.X &&
      y === d.y &&
      own.weight === (d.sample_weight ?? null) &&
      own.base_margin === (d.base_margin ?? null) &&
      own.group === (d.group ?? null) &&
      own.qid === (d.qid ?? null);
    return [same ? train : make(train, { data: X, label: y, ...own }), `validation_${i}`];
  });
  return { train, evals };
}
