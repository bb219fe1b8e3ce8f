import { run as runKernel, valueOf } from "@cognate/keras/tensorflow";
import { int64, ops } from "@cognate/kernel";
import { numbers } from "../kernels/tools.js";
import type { Value } from "../shared.js";
import { type MakeExec, registerExecutors } from "./executors.js";
import type { Operation } from "./operation.js";
import type { Cell } from "./runtime.js";
import { kept } from "./state-executors.js";

type V = Value;
const v = (x: unknown): V => x as V;
const add = (a: V, b: V | number): V => v(a.add(b));
const sub = (a: V, b: V | number): V => v(a.sub(b));
const mul = (a: V, b: V | number): V => v(a.mul(b));
const div = (a: V, b: V | number): V => v(a.div(b));
const square = (a: V): V => v(a.square());
const sqrt = (a: V): V => v(a.sqrt());
const rsqrt = (a: V): V => v(a.rsqrt());
const from1 = (a: V): V => v(a.rsub(1));
const pow = (a: V, b: V): V => v(a.pow(b));
const sign = (a: V): V => v(a.sign());
const zeros = (a: V): V => v(a.full(a.shape, 0));
const largest = (a: V, b: V): V => runKernel(ops.maximum, [a, b], {} as never) as V;

/**
 * One step of an optimizer: new values of the variable and of its slots from the old ones, the numbers of the call, and the
 * gradient. `names` are the operation's inputs after the variable: slots first.
 */
interface Rule {
  readonly slots: number;
  readonly numbers: number;
  step(state: readonly V[], n: readonly V[], g: V, op: Operation): readonly V[];
}

const shrunk = (x: V, l1: V, l2: V, lr: V): V => {
  const size = largest(sub(v(x.abs()), mul(lr, l1)), zeros(x));
  return div(mul(sign(x), size), add(mul(l2, lr), 1));
};

const RULES: Readonly<Record<string, Rule>> = {
  GradientDescent: { slots: 0, numbers: 1, step: ([x], [lr], g) => [sub(x!, mul(g, lr!))] },
  // The call is var, accum, lr, grad, momentum: the momentum follows the gradient.
  Momentum: {
    slots: 1,
    numbers: 2,
    step: ([x, a], [lr, m], g, op) => {
      const next = add(mul(a!, m!), g);
      const move = op.attrs["use_nesterov"] ? add(mul(g, lr!), mul(mul(next, m!), lr!)) : mul(next, lr!);
      return [sub(x!, move), next];
    },
  },
  Adagrad: {
    slots: 1,
    numbers: 1,
    step: ([x, a], [lr], g) => {
      const next = add(a!, square(g));
      return [sub(x!, div(mul(g, lr!), sqrt(next))), next];
    },
  },
  Adadelta: {
    slots: 2,
    numbers: 3,
    step: ([x, a, u], [lr, rho, eps], g) => {
      const next = add(mul(a!, rho!), mul(square(g), from1(rho!)));
      const move = mul(mul(sqrt(add(u!, eps!)), rsqrt(add(next, eps!))), g);
      const moved = add(mul(u!, rho!), mul(square(move), from1(rho!)));
      return [sub(x!, mul(move, lr!)), next, moved];
    },
  },
  Adam: {
    slots: 2,
    numbers: 6,
    step: ([x, m, s], [p1, p2, lr, b1, b2, eps], g) => {
      const rate = div(mul(lr!, sqrt(from1(p2!))), from1(p1!));
      const mean = add(m!, mul(sub(g, m!), from1(b1!)));
      const power = add(s!, mul(sub(square(g), s!), from1(b2!)));
      return [sub(x!, div(mul(mean, rate), add(sqrt(power), eps!))), mean, power];
    },
  },
  RMSProp: {
    slots: 2,
    numbers: 4,
    step: ([x, s, m], [lr, rho, momentum, eps], g) => {
      const power = add(s!, mul(sub(square(g), s!), from1(rho!)));
      const move = add(mul(m!, momentum!), mul(mul(g, lr!), rsqrt(add(power, eps!))));
      return [sub(x!, move), power, move];
    },
  },
  CenteredRMSProp: {
    slots: 3,
    numbers: 4,
    step: ([x, c, s, m], [lr, rho, momentum, eps], g) => {
      const power = add(s!, mul(sub(square(g), s!), from1(rho!)));
      const centre = add(c!, mul(sub(g, c!), from1(rho!)));
      const spread = sub(add(power, eps!), square(centre));
      const move = add(mul(m!, momentum!), div(mul(g, lr!), sqrt(spread)));
      return [sub(x!, move), centre, power, move];
    },
  },
  Ftrl: {
    slots: 2,
    numbers: 5,
    step: ([x, a, l], [lr, l1, l2, shrinkage, lrPower], g) => {
      const gs = add(g, mul(mul(x!, shrinkage!), 2));
      const next = add(a!, square(g));
      const p = v(lrPower!.neg());
      const linear = add(l!, sub(gs, mul(div(sub(pow(next, p), pow(a!, p)), lr!), x!)));
      const curve = add(div(pow(next, p), lr!), mul(l2!, 2));
      const moved = div(sub(mul(sign(linear), l1!), linear), curve);
      const beyond = linear.abs().gt(l1!);
      return [v(moved.where(beyond, zeros(moved))), next, linear];
    },
  },
  ProximalGradientDescent: {
    slots: 0,
    numbers: 3,
    step: ([x], [lr, l1, l2], g) => [shrunk(sub(x!, mul(g, lr!)), l1!, l2!, lr!)],
  },
  ProximalAdagrad: {
    slots: 1,
    numbers: 3,
    step: ([x, a], [lr, l1, l2], g) => {
      const next = add(a!, square(g));
      const rate = mul(lr!, rsqrt(next));
      return [shrunk(sub(x!, mul(g, rate)), l1!, l2!, rate), next];
    },
  },
  AdagradDA: {
    slots: 2,
    numbers: 4,
    step: ([x, a, s], [lr, l1, l2, step], g) => {
      const sum = add(a!, g);
      const squares = add(s!, square(g));
      const size = largest(sub(v(sum.abs()), mul(step!, l1!)), zeros(x!));
      const move = div(
        mul(mul(sign(sum), size), v(lr!.neg())),
        add(mul(mul(l2!, step!), lr!), sqrt(squares)),
      );
      return [move, sum, squares];
    },
  },
};

/** Steps on whole variables: the variable, slots, numbers, gradient. */
const dense =
  (rule: Rule): MakeExec =>
  (op) =>
  (inputs) => {
    const cells = inputs.slice(0, rule.slots + 1) as Cell[];
    const n = inputs.slice(rule.slots + 1, rule.slots + 1 + rule.numbers) as V[];
    const g = inputs[rule.slots + 1 + rule.numbers] as V;
    const next = rule.step(
      cells.map((c) => c.read() as V),
      n,
      g,
      op,
    );
    cells.forEach((c, i) => {
      c.value = kept(next[i]!);
    });
    return [cells[0]!];
  };

/** Steps on the rows that were used alone: gradients of a row that was used several times are summed first. */
const sparse =
  (rule: Rule): MakeExec =>
  (op) =>
  (inputs) => {
    const cells = inputs.slice(0, rule.slots + 1) as Cell[];
    const n = inputs.slice(rule.slots + 1, rule.slots + 1 + rule.numbers) as V[];
    const [values, indices] = inputs.slice(rule.slots + 1 + rule.numbers) as [V, V];
    const list = numbers(indices);
    const distinct = [...new Set(list)];
    const place = new Map(distinct.map((row, k) => [row, k]));
    const rows = valueOf(
      list.map((row) => place.get(row)!),
      int64,
    ).array;
    const start = v(values.full([distinct.length, ...values.shape.slice(1)], 0));
    const g = runKernel(ops.indexPut as never, [start, values], {
      indices: [rows],
      accumulate: true,
    } as never) as V;
    const at = valueOf(distinct, int64).array;
    const pick = (x: V): V => runKernel(ops.index as never, [x], { indices: [at] } as never) as V;
    const old = cells.map((c) => c.read() as V);
    const next = rule.step(old.map(pick), n, g, op);
    cells.forEach((c, i) => {
      c.value = kept(
        runKernel(ops.indexPut as never, [old[i]!, next[i]!], {
          indices: [at],
          accumulate: false,
        } as never) as V,
      );
    });
    return [cells[0]!];
  };

registerExecutors(
  Object.fromEntries(
    Object.entries(RULES).flatMap(([name, rule]) => [
      [`_Apply${name}`, dense(rule)],
      [`_SparseApply${name}`, sparse(rule)],
    ]),
  ),
);
