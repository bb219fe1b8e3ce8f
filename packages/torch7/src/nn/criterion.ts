import { arrayOf, castTo, ops, type Strided } from "@cognate/kernel";
import { call, callMany, Value } from "@cognate/tensor";
import { anyRow } from "../any-row.js";
import { defineClass, type Instance } from "../class.js";
import { LuaError } from "../errors.js";
import { entriesOf, Table } from "../table.js";
import { readElement } from "../tensor/elements.js";
import { TensorImpl, tensorOf } from "../tensor/tensor.js";
import { addMethods, type Method } from "./module.js";
import * as r from "./rows.js";
import { gradientsOf, handOut, record } from "./values.js";

/** A criterion: `forward(input, target)` is a number, `backward(input, target)` its gradient. */
export interface Criterion extends Instance {
  output: number;
  gradInput: unknown;
  sizeAverage?: boolean;
  forward(input: unknown, target: unknown): number;
  backward(input: unknown, target: unknown): unknown;
  updateOutput(input: unknown, target: unknown): number;
  updateGradInput(input: unknown, target: unknown): unknown;
}

const [criterionTable] = defineClass("nn.Criterion");
addMethods(criterionTable, {
  __init(this) {
    this.gradInput = tensorOf();
    this.output = 0;
  },
  forward(this, input: unknown, target: unknown) {
    return (this as unknown as Criterion).updateOutput(input, target);
  },
  backward(this, input: unknown, target: unknown) {
    return (this as unknown as Criterion).updateGradInput(input, target);
  },
  __call(this, input: unknown, target: unknown) {
    return (this as unknown as Criterion).forward(input, target);
  },
  __tostring__(this) {
    return this.__typename;
  },
  toString(this) {
    return this.__typename;
  },
  __str__(this) {
    return this.__typename;
  },
});

interface CriterionSpec {
  readonly init?: (this: Criterion, ...args: never[]) => void;
  /** The loss as a scalar. */
  readonly loss: (this: Criterion, x: never, target: never) => Value;
}
type Init = (this: Criterion, ...args: never[]) => void;

/** Defines a criterion: its gradient follows from its loss. */
function defineCriterion(name: string, { init, loss }: CriterionSpec): void {
  const [table, parent] = defineClass(name, "nn.Criterion");
  const run = (c: Criterion, input: unknown, target: unknown) =>
    record(input, {}, (x) => loss.call(c, x as never, target as never));
  addMethods(table, {
    __init(this, ...args: never[]) {
      (parent!.__init as Method).call(this);
      (init as Init | undefined)?.apply(this as unknown as Criterion, args);
    },
    updateOutput(this, input: unknown, target: unknown) {
      const y = run(this as unknown as Criterion, input, target).outputs as Value;
      this.output = readElement(y.array, y.array.offset);
      return this.output;
    },
    updateGradInput(this, input: unknown, target: unknown) {
      const again = () => run(this as unknown as Criterion, input, target);
      const call = again();
      const one = new TensorImpl((call.outputs as Value).full([], 1).array as Strided);
      this.gradInput = handOut(gradientsOf(call, again, one).inputs, this.gradInput);
      return this.gradInput;
    },
  });
}

/** Data as a constant beside x. */
function beside(x: Value, target: unknown): Value {
  const array = target instanceof TensorImpl ? target._array : arrayOf(target);
  if (array) return new Value(castTo(array, x.dtype));
  if (typeof target === "number" || target instanceof Number) return x.full([], Number(target)) as Value;
  throw new LuaError("expecting target to be a tensor or a number");
}
/** The sum of losses, or their mean over n. */
const averaged = (c: Criterion, each: Value, n = each.size): Value => {
  const total = r.sum(each);
  return c.sizeAverage === false ? total : r.div(total, n);
};
const sizeAverage = function (this: Criterion, average = true): void {
  this.sizeAverage = average;
};
const pairwise = (name: string, f: (x: Value, t: Value) => Value): void =>
  defineCriterion(name, {
    init: sizeAverage,
    loss(x: Value, target: unknown) {
      const t = beside(x, target);
      if (t.size !== x.size && t.size !== 1)
        throw new LuaError("input and target must have the same number of elements");
      return averaged(this, f(x, t.size === x.size ? r.reshape(t, x.shape) : t));
    },
  });
pairwise("nn.MSECriterion", (x, t) => r.square(r.sub(x, t)));
pairwise("nn.AbsCriterion", (x, t) => r.abs(r.sub(x, t)));
pairwise("nn.SmoothL1Criterion", (x, t) => call(ops.smoothL1, [x, t], { beta: 1 }));
pairwise("nn.SoftMarginCriterion", (x, t) => call(anyRow(ops.softMargin), [x, t], undefined));
pairwise("nn.DistKLDivCriterion", (x, t) => call(ops.klDiv, [x, t], {}));

const EPS = 1e-12;
/** −(t·log(x + ε) + (1 − t)·log(1 − x + ε)), with weights if given. */
defineCriterion("nn.BCECriterion", {
  init(this: Criterion, weights?: TensorImpl, average = true) {
    this.sizeAverage = average;
    this.weights = weights;
  },
  loss(x: Value, target: unknown) {
    const t = r.reshape(beside(x, target), x.shape);
    const each = r.mul(
      r.add(
        r.mul(t, r.log(r.add(x, EPS))),
        r.mul(r.sub(r.mul(t, -1), -1), r.log(r.add(r.mul(x, -1), 1 + EPS))),
      ),
      -1,
    );
    return averaged(this, this.weights instanceof TensorImpl ? r.mul(each, beside(x, this.weights)) : each);
  },
});

/** Class numbers from 1, for one sample or a batch. */
function classes(target: unknown): Strided {
  if (target instanceof TensorImpl)
    return r.fromOne(target._array.rank === 0 ? target._array.view([1], [1]) : target._array);
  if (typeof target === "number") return r.fromOne(tensorOf([target])._array);
  const array = arrayOf(target) ?? (Array.isArray(target) ? tensorOf(target)._array : undefined);
  if (!array) throw new LuaError("expecting target to be a class number or a tensor of them");
  return r.fromOne(array);
}
const negativeLikelihood = (c: Criterion, x: Value, target: unknown): Value => {
  const t = classes(target);
  const scores = x.shape.length === 1 ? r.reshape(x, [1, ...x.shape]) : x;
  const n = scores.shape[1]!;
  for (let i = 0; i < t.size; i++) {
    const k = readElement(t, t.offset + i * (t.strides[0] ?? 1));
    if (t.rank === 1 && (k < 0 || k >= n))
      throw new LuaError(`Assertion \`cur_target >= 0 && cur_target < n_classes' failed.`);
  }
  const weights = c.weights instanceof TensorImpl ? new Value(castTo(c.weights._array, x.dtype)) : null;
  return callMany(anyRow(ops.nll), [scores, new Value(t), weights], {
    reduction: c.sizeAverage === false ? "sum" : "mean",
  } as never)[0]!;
};
const withWeights = function (this: Criterion, weights?: TensorImpl, average = true): void {
  this.weights = weights;
  this.sizeAverage = average;
};
/** −w_t·x_t of log-probabilities, classes counted from 1. */
defineCriterion("nn.ClassNLLCriterion", {
  init: withWeights,
  loss(x: Value, target: unknown) {
    return negativeLikelihood(this, x, target);
  },
});
defineCriterion("nn.SpatialClassNLLCriterion", {
  init: withWeights,
  loss(x: Value, target: unknown) {
    return negativeLikelihood(this, x, target);
  },
});
defineCriterion("nn.CrossEntropyCriterion", {
  init: withWeights,
  loss(x: Value, target: unknown) {
    const rows = x.shape.length === 1 ? r.reshape(x, [1, ...x.shape]) : x;
    return negativeLikelihood(this, call(anyRow(ops.logSoftmax), [rows], { dim: 1 }), target);
  },
});

const relu = (x: Value): Value => r.unary(anyRow(ops.relu), x, undefined as never);
/** max(0, margin − y·x) */
defineCriterion("nn.MarginCriterion", {
  init(this: Criterion, margin = 1) {
    this.margin = margin;
    this.sizeAverage = true;
  },
  loss(x: Value, target: unknown) {
    return averaged(this, relu(r.add(r.mul(r.mul(x, beside(x, target)), -1), this.margin as number)));
  },
});
/** x where y = 1, max(0, margin − x) where y = −1. */
defineCriterion("nn.HingeEmbeddingCriterion", {
  init(this: Criterion, margin = 1) {
    this.margin = margin;
    this.sizeAverage = true;
  },
  loss(x: Value, target: unknown) {
    const t = beside(x, target);
    const apart = relu(r.add(r.mul(x, -1), this.margin as number));
    return averaged(this, r.where(r.greater(r.add(t, r.mul(x, 0)), 0), x, apart));
  },
});
/** The hinge embedding of the L1 distance of two inputs. */
defineCriterion("nn.L1HingeEmbeddingCriterion", {
  init(this: Criterion, margin = 1) {
    this.margin = margin;
  },
  loss([a, b]: readonly [Value, Value], target: number | TensorImpl) {
    const d = r.sum(r.abs(r.sub(a, b)));
    const y = typeof target === "number" ? target : (target.at(1) as number);
    return y === 1 ? d : relu(r.add(r.mul(d, -1), this.margin as number));
  },
});
/** 1 − cos where y = 1, max(0, cos − margin) where y = −1. */
defineCriterion("nn.CosineEmbeddingCriterion", {
  init(this: Criterion, margin = 0) {
    this.margin = margin;
    this.sizeAverage = true;
  },
  loss([a, b]: readonly [Value, Value], target: unknown) {
    const dims = [a.shape.length - 1];
    const lengths = r.mul(r.add(r.sum(r.square(a), dims), EPS), r.add(r.sum(r.square(b), dims), EPS));
    const cosine = r.div(r.sum(r.mul(a, b), dims), r.sqrt(lengths));
    const t = r.reshape(r.add(beside(a, target), r.mul(cosine.detach() as Value, 0)), cosine.shape);
    const each = r.where(
      r.greater(t, 0),
      r.add(r.mul(cosine, -1), 1),
      relu(r.sub(cosine, this.margin as number)),
    );
    return averaged(this, each);
  },
});
/** max(0, −y·(x₁ − x₂) + margin) */
defineCriterion("nn.MarginRankingCriterion", {
  init(this: Criterion, margin = 1) {
    this.margin = margin;
    this.sizeAverage = true;
  },
  loss([a, b]: readonly [Value, Value], target: unknown) {
    return averaged(
      this,
      relu(r.add(r.mul(r.mul(r.sub(a, b), beside(a, target)), -1), this.margin as number)),
    );
  },
});
/** Σ_{i≠t} max(0, margin − x_t + x_i)^p / n */
defineCriterion("nn.MultiMarginCriterion", {
  init(this: Criterion, p = 1, weights?: TensorImpl, margin = 1) {
    Object.assign(this, { p, weights, margin, sizeAverage: true });
  },
  loss(x: Value, target: unknown) {
    const rows = x.shape.length === 1 ? r.reshape(x, [1, ...x.shape]) : x;
    const n = rows.shape[1]!;
    const t = classes(target);
    const places = ops.reshape.run([t], { shape: [rows.shape[0]!, 1] }) as Strided;
    const own = r.gather(rows, places, 1);
    const hinge = relu(r.add(r.sub(rows, own), this.margin as number));
    const powered = this.p === 2 ? r.square(hinge) : hinge;
    const others = new Value(ops.oneHot.run([t], { classes: n } as never) as Strided);
    const mask = new Value(castTo(others.array, x.dtype));
    const each = r.mul(powered, r.sub(r.mul(mask, -1), -1));
    const weighted =
      this.weights instanceof TensorImpl
        ? r.mul(each, r.gather(r.expand(beside(x, this.weights), rows.shape), places, 1))
        : each;
    const total = r.div(r.sum(weighted), n);
    return this.sizeAverage === false ? total : r.div(total, rows.shape[0]!);
  },
});
/** The multi-class hinge with several right classes a sample; the list of each ends with 0. */
defineCriterion("nn.MultiLabelMarginCriterion", {
  init: sizeAverage,
  loss(x: Value, target: TensorImpl) {
    const rows = x.shape.length === 1 ? r.reshape(x, [1, ...x.shape]) : x;
    const t = ops.reshape.run([r.fromOne(target._array)], { shape: rows.shape }) as Strided;
    const each = call(anyRow(ops.multilabelMargin), [rows, new Value(t)], undefined);
    return averaged(this, each, rows.shape[0]!);
  },
});
/** Independent binary cross entropies of scores. */
defineCriterion("nn.MultiLabelSoftMarginCriterion", {
  init: withWeights,
  loss(x: Value, target: unknown) {
    const t = r.reshape(beside(x, target), x.shape);
    const each = call(anyRow(ops.binaryCrossEntropyWithLogits), [x, t, 1], undefined);
    return averaged(this, this.weights instanceof TensorImpl ? r.mul(each, beside(x, this.weights)) : each);
  },
});
/** Σ|x| */
defineCriterion("nn.L1Cost", { loss: (x: Value) => r.sum(r.abs(x)) });
defineCriterion("nn.WeightedMSECriterion", {
  init(this: Criterion, weight: TensorImpl) {
    this.weight = weight;
    this.sizeAverage = true;
  },
  loss(x: Value, target: unknown) {
    return averaged(
      this,
      r.mul(beside(x, this.weight), r.square(r.sub(x, r.reshape(beside(x, target), x.shape)))),
    );
  },
});

/** Several criterions: on one input and target each (`Parallel`), or all on the same (`Multi`). */
function several(
  name: string,
  input: (x: unknown, i: number) => unknown,
  join: (gs: readonly unknown[]) => unknown,
): void {
  const [table, parent] = defineClass(name, "nn.Criterion");
  type Several = Criterion & { criterions: Criterion[]; weights: number[]; repeatTarget?: boolean };
  const targetOf = (c: Several, t: unknown, i: number): unknown =>
    name === "nn.MultiCriterion" || c.repeatTarget === true ? t : entriesOf(t)![i];
  addMethods(table, {
    __init(this, repeatTarget = false) {
      (parent!.__init as Method).call(this);
      Object.assign(this, { criterions: [], weights: [], repeatTarget });
    },
    add(this, criterion: Criterion, weight = 1) {
      const self = this as unknown as Several;
      self.criterions.push(criterion);
      self.weights.push(weight);
      return this;
    },
    updateOutput(this, x: unknown, t: unknown) {
      const self = this as unknown as Several;
      self.output = self.criterions.reduce(
        (s, c, i) => s + self.weights[i]! * c.updateOutput(input(x, i), targetOf(self, t, i)),
        0,
      );
      return self.output;
    },
    updateGradInput(this, x: unknown, t: unknown) {
      const self = this as unknown as Several;
      const gs = self.criterions.map((c, i) => {
        const g = c.updateGradInput(input(x, i), targetOf(self, t, i)) as TensorImpl;
        return (g.clone() as unknown as { mul(k: number): TensorImpl }).mul(self.weights[i]!);
      });
      self.gradInput = join(gs);
      return self.gradInput;
    },
  } as Readonly<Record<string, Method>>);
}
several(
  "nn.ParallelCriterion",
  (x, i) => entriesOf(x)![i],
  (gs) => new Table(gs),
);
several(
  "nn.MultiCriterion",
  (x) => x,
  (gs) =>
    (gs as readonly TensorImpl[])
      .slice(1)
      .reduce((a, b) => (a as unknown as { add(t: TensorImpl): TensorImpl }).add(b), gs[0] as TensorImpl),
);
