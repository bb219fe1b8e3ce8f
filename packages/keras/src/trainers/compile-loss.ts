import { dtypeNamed } from "@cognate/kernel";
import { KeyError, repr, Tuple, type, ValueError } from "@cognate/py";
import { castValue } from "../backend/create.js";
import { KerasTensor } from "../backend/keras-tensor.js";
import { type Tensor, wrap } from "../backend/tensor.js";
import { hide } from "../hide.js";
import { LossImpl } from "../losses/loss.js";
import { Mean, type MeanImpl } from "../metrics/reduction.js";
import { add, multiply } from "../ops/numpy/elementwise.js";
import * as tree from "../tree.js";
import { lossFor } from "./compile-metrics.js";

type Path = readonly (string | number)[];
type Names = unknown;

/** One loss, where its targets and predictions stand, and how much it counts. */
interface OutputLoss {
  readonly path: Path;
  readonly loss: LossImpl;
  readonly weight: number | null;
  readonly name: string;
}

/** A loss as given, with its weight. */
class Weighted {
  constructor(
    readonly loss: unknown,
    readonly weight: number | null,
  ) {}
}

const at = (path: Path, x: unknown): unknown =>
  path.reduce<unknown>((y, key) => (y as Record<string | number, unknown>)[key], x);
const isDict = (x: unknown): x is Record<string, unknown> => tree.isNested(x) && !Array.isArray(x);
const sameKeys = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((k) => b.includes(k));
const has = (x: unknown, key: string | number): boolean =>
  typeof key === "number" ? Array.isArray(x) && key < x.length : isDict(x) && key in x;

/** The losses given to `compile`, made when the first outputs show what they are. */
export class CompileLoss extends LossImpl {
  declare readonly output_names: readonly string[] | null;
  declare built: boolean;
  declare readonly metrics: MeanImpl[];
  declare private readonly _given: { readonly loss: unknown; readonly weights: unknown };
  declare private _losses: OutputLoss[];
  declare private _outputs: unknown;
  declare private _targets: unknown;

  constructor(loss: unknown, loss_weights: unknown, output_names: readonly string[] | null) {
    super("compile_loss");
    const isNumber = typeof loss_weights === "number" || loss_weights instanceof Number;
    if (loss_weights && !tree.isNested(loss_weights) && !isNumber)
      throw new ValueError(
        `Expected \`loss_weights\` argument to be a float (single output case) or a list, tuple, or dict (multiple output case). Received instead: loss_weights=${typeof loss_weights === "string" ? loss_weights : repr(loss_weights)} of type ${repr(type(loss_weights))}`,
      );
    hide(this, "output_names", output_names);
    hide(this, "built", false);
    hide(this, "metrics", []);
    hide(this, "_given", { loss, weights: loss_weights ?? null });
    hide(this, "_losses", []);
    hide(this, "_outputs", null);
    hide(this, "_targets", null);
  }

  build(y_true: unknown, y_pred: unknown): void {
    let loss: unknown = this._given.loss;
    let weights: unknown = this._given.weights;
    const names = this.output_names;
    if (names && isDict(loss) && !isDict(y_pred)) {
      const given = loss;
      if (!sameKeys(names, Object.keys(given)))
        throw new ValueError(
          `Expected keys ${repr(names)} in loss dict, but found loss.keys()=${repr(Object.keys(given))}`,
        );
      loss = names.map((n) => given[n]);
      if (isDict(weights)) {
        const own = weights;
        weights = names.map((n) => own[n]) as unknown;
      }
    }
    const outputNames = this._namesFor(y_pred, names);
    let weighted: unknown = this._weighted(loss, weights);
    if (!tree.isNested(weighted)) {
      const one = weighted;
      weighted = tree.map(() => one, y_pred);
    }
    this._addLosses(y_true, y_pred, weighted, outputNames, []);
    if (this._losses.length > 1)
      for (const { name } of this._losses) this.metrics.push(Mean({ name: `${name}_loss` }));
    this._outputs = tree.map(() => null, y_pred);
    this._targets = tree.map(() => null, y_true);
    this.built = true;
  }

  private _weighted(loss: unknown, weights: unknown): unknown {
    const make = (l: unknown, w: unknown): Weighted | null =>
      l === null || l === undefined
        ? null
        : new Weighted(l, w === null || w === undefined ? null : Number(w));
    if (weights === null) return tree.map((l: unknown) => make(l, null), loss);
    let own: unknown = weights;
    if (!tree.sameStructure(loss, weights)) {
      const flat = tree.flatten(weights);
      const count = tree.flatten(loss).length;
      if (flat.length !== count)
        throw new ValueError(
          `\`loss_weights\` must match the number of losses, got ${count} losses and ${tree.isNested(weights) ? Object.keys(weights).length : 1} weights.`,
        );
      own = tree.pack(loss, flat);
    }
    return tree.map(make, loss, own);
  }

  /** The outputs' names in the structure of the outputs. */
  private _namesFor(y_pred: unknown, names: readonly string[] | null): Names {
    const flat = tree.flatten(y_pred);
    if (names && names.length === flat.length) {
      // Names of functional models are in the order of their outputs, which dicts are in, too.
      if (isDict(y_pred) && Object.keys(y_pred).length === flat.length)
        return Object.fromEntries(Object.keys(y_pred).map((key, i) => [key, names[i]]));
      return tree.pack(y_pred, names);
    }
    return tree.pack(
      y_pred,
      flat.map((x) => (x instanceof KerasTensor ? (x._keras_history?.operation.name ?? x.name) : null)),
    );
  }

  private _addLosses(t: unknown, p: unknown, given: unknown, names: Names, path: Path): void {
    if (given === null || given === undefined) return;
    if (!tree.isNested(given)) {
      const { loss, weight } = given as Weighted;
      const found = lossFor(loss, t as Tensor, p as Tensor);
      if (found === null) return;
      this._losses.push({ path, loss: found, weight, name: nameOf(names, path, found) });
      return;
    }
    let own: unknown = given;
    if (Array.isArray(own)) {
      const outputs = tree.flatten(p);
      const flat = own.every((l) => !tree.isNested(l));
      if (flat && own.length === outputs.length) own = tree.pack(p, own);
      else if (!Array.isArray(p)) {
        for (const l of own) this._addLosses(t, p, l, names, path);
        return;
      }
    }
    if (!tree.isNested(own)) {
      this._addLosses(t, p, own, names, path);
      return;
    }
    if (Array.isArray(own) !== Array.isArray(p) || !tree.isNested(p))
      throw new KeyError(
        `The path: ${repr(Tuple.of_(path))} in the \`loss\` argument, can't be found in the model's output (\`y_pred\`).`,
      );
    const keys: (string | number)[] = Array.isArray(own) ? own.map((_, i) => i) : Object.keys(own);
    for (const key of keys) {
      const next = (own as Record<string | number, unknown>)[key];
      if (next === null || next === undefined) continue;
      if (!has(t, key) || !has(p, key))
        throw new KeyError(
          `The path: ${repr(Tuple.of_([...path, key]))} in the \`loss\` argument, can't be found in either the model's output (\`y_pred\`) or in the labels (\`y_true\`).`,
        );
      this._addLosses(at([key], t), at([key], p), next, at([key], names), [...path, key]);
    }
  }

  override __call__(...args: unknown[]): Tensor {
    const [y_true, y_pred, sample_weight = null] = args;
    return this._total(y_true, y_pred, sample_weight) as Tensor;
  }
  /** The sum of all losses, or `null` where there is none. */
  _total(y_true: unknown, y_pred: unknown, sample_weight: unknown): Tensor | null {
    const t = tree.isNested(y_true) || tree.isNested(y_pred) ? this._matched(y_true, y_pred) : y_true;
    if (!this.built) this.build(t, y_pred);
    let p = y_pred;
    let own = t;
    if (!tree.sameStructure(this._outputs, p)) p = tree.pack(this._outputs, tree.flatten(p));
    if (!tree.sameStructure(this._targets, own)) own = tree.pack(this._targets, tree.flatten(own));
    const type = dtypeNamed(this.dtype)!;
    let total: Tensor | null = null;
    this._losses.forEach(({ path, loss, weight }, i) => {
      const weights = tree.isNested(sample_weight) ? at(path, sample_weight) : sample_weight;
      const pred = at(path, p) as Tensor;
      const raw = loss.__call__(at(path, own) as Tensor, pred, weights as Tensor | null);
      let value = raw._type === type ? raw : wrap(castValue(raw._value, type));
      // The length of a batch is unknown where Keras traces a step, so that each counts as one.
      this.metrics[i]?._addScalar(value._value, 1);
      if (weight !== null) value = multiply.impl(value, weight);
      total = total === null ? value : add.impl(total, value);
    });
    return total;
  }

  /** The targets in the structure of the outputs. @throws ValueError */
  private _matched(y_true: unknown, y_pred: unknown): unknown {
    if (tree.sameStructure(y_pred, y_true)) return y_true;
    if (!tree.isNested(y_true) && tree.isNested(y_pred) && Object.keys(y_pred).length === 1)
      return tree.pack(y_pred, [y_true]);
    if (!tree.isNested(y_pred) && Array.isArray(y_true) && y_true.length === 1) return y_true[0];
    if (Array.isArray(y_pred) && isDict(y_true) && this.output_names) {
      const given = y_true;
      if (sameKeys(this.output_names, Object.keys(given)))
        return tree.pack(
          y_pred,
          this.output_names.map((n) => given[n]),
        );
    }
    const flat = tree.flatten(y_true);
    if (flat.length === tree.flatten(y_pred).length && tree.isNested(y_pred)) return tree.pack(y_pred, flat);
    const losses = tree.flatten(this._given.loss);
    const used = losses.flatMap((l, i) => (l === null || l === undefined ? [] : [i]));
    if (tree.isNested(this._given.loss) && used.length === flat.length) {
      const full: unknown[] = losses.map(() => null);
      used.forEach((i, k) => {
        full[i] = flat[k];
      });
      return tree.pack(this._given.loss, full);
    }
    const stars = (x: unknown): string => (tree.isNested(x) ? repr(tree.map(() => "*", x)) : "*");
    throw new ValueError(
      `y_true and y_pred have different structures.\ny_true: ${stars(y_true)}\ny_pred: ${stars(y_pred)}\n`,
    );
  }
}

/** What logs call a loss: the output's name, after the keys that lead to it. */
function nameOf(names: Names, path: Path, loss: LossImpl): string {
  if (tree.isNested(names)) {
    const joined = path.join("/");
    return joined === "" ? (tree.flatten(names) as string[]).join("_") : joined;
  }
  const own = typeof names === "string" ? names : loss.name;
  const last = path[path.length - 1];
  if (last === undefined) return own;
  return typeof last === "number" ? [...path.slice(0, -1), own].join("/") : path.join("/");
}
