import { FluxArray } from "../array/array.js";
import { untracked } from "../array/tape.js";
import { ArgumentError } from "../errors.js";
import { type Grads, gradient, withgradient } from "../gradient.js";
import { Params, trainables } from "../params.js";
import { Rule, type RuleState } from "./rules.js";

/** The state of a rule for one parameter. */
export class Leaf {
  constructor(
    readonly rule: Rule,
    readonly state: RuleState,
  ) {}
  toString(): string {
    return `Leaf(${this.rule})`;
  }
}
/** States of all parameters of a model, made by {@link setup}. */
export type StateTree = ReadonlyMap<FluxArray, Leaf>;

/** `Flux.setup(rule, model)`: the state for {@link update_} and {@link train_}. */
export const setup = (rule: Rule, model: unknown): StateTree =>
  new Map(trainables(model).map((p) => [p, new Leaf(rule, rule.init(p))]));

const step = (p: FluxArray, by: FluxArray): void => untracked(() => void p.copy_(p.sub(by)));

/**
 * `update!(opt, ps, gs)` with the gradients of {@link gradient} by parameter, `update!(opt, p, g)` for one of them, or
 * `update!(state, model, grad)` with gradients in the model's structure. Parameters change in place.
 */
export function update_(opt: Rule | StateTree, x: unknown, g: unknown): void {
  if (opt instanceof Rule) {
    const pairs: [FluxArray, FluxArray | null][] =
      x instanceof FluxArray
        ? [[x, g as FluxArray]]
        : [...(x as Params)].map((p) => [p, (g as Grads).get(p)]);
    for (const [p, d] of pairs)
      if (d)
        step(
          p,
          untracked(() => opt.apply(opt.stateOf(p), p, d)),
        );
    return;
  }
  const visit = (m: unknown, d: unknown): void => {
    if (d === null || d === undefined) return;
    if (m instanceof FluxArray) {
      const leaf = opt.get(m);
      if (leaf)
        step(
          m,
          untracked(() => leaf.rule.apply(leaf.state, m, d as FluxArray)),
        );
      return;
    }
    for (const [k, v] of Object.entries(m as object)) visit(v, (d as Record<string, unknown>)[k]);
  };
  visit(x, g);
}

/** What stops {@link train_} from a callback. */
class Stop extends Error {}
/** `Flux.stop()`: ends the training that is running. */
export function stop(): never {
  throw new Stop("training stopped");
}
const parts = (d: unknown): unknown[] => (Array.isArray(d) ? [...d] : [d]);

/**
 * `train!(loss, params(m), data, opt; cb)`: a step of `opt` for each entry of data, whose parts are the loss's arguments; or
 * `train!(loss, model, data, state)` with `loss(model, parts…)`.
 *
 * @throws ArgumentError where the loss is not finite (the newer form)
 *
 * @example
 * ```ts
 * import { array, Dense, Descent, params, sum, train_ } from "@cognate/flux";
 * import { print } from "@cognate/py";
 * const m = Dense(array([[0.5]]), array([0]));
 * train_((x, y) => sum(m(x).sub(y).pow(2)), params(m), [[[2], [3]]], Descent(0.1));
 * print(m.weight, m.bias); // prints Float32[1.3;;] Float32[0.4]
 * ```
 */
export function train_(
  loss: (...args: never[]) => unknown,
  model: unknown,
  data: Iterable<unknown>,
  opt: Rule | StateTree,
  { cb }: { cb?: () => void } = {},
): void {
  let i = 0;
  try {
    for (const d of data) {
      i++;
      if (model instanceof Params) {
        const gs = gradient(() => (loss as (...a: unknown[]) => unknown)(...parts(d)), model);
        update_(opt, model, gs);
      } else {
        const { val, grad } = withgradient(
          (m: unknown) => (loss as (...a: unknown[]) => unknown)(m, ...parts(d)),
          model,
        );
        if (!Number.isFinite(Number(val)))
          throw new ArgumentError(`loss is ${Number(val)} on data item ${i}, stopping training`);
        update_(opt, model, grad[0]);
      }
      cb?.();
    }
  } catch (e) {
    if (!(e instanceof Stop)) throw e;
  }
}
