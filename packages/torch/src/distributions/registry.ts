import { NotImplementedError } from "@cognate/py";
import { Tensor } from "../tensor/tensor.js";
import type { Constraint } from "./constraints.js";
import {
  AffineTransform,
  CatTransform,
  ComposeTransform,
  CorrCholeskyTransform,
  ExpTransform,
  IndependentTransform,
  identity_transform,
  LowerCholeskyTransform,
  PositiveDefiniteTransform,
  SigmoidTransform,
  SoftmaxTransform,
  StackTransform,
  StickBreakingTransform,
  type TransformImpl,
} from "./transforms.js";

type Factory = (constraint: Constraint) => TransformImpl;

/** Which transform leads from all real numbers to a constrained set; called with a constraint. */
export interface ConstraintRegistry {
  (constraint: Constraint): TransformImpl;
  /** Says what is made for constraints of the class of `constraint`; without a factory a function that takes it. */
  register(constraint: Constraint, factory: Factory): Factory;
  register(constraint: Constraint): (factory: Factory) => Factory;
}

function registry(own: Readonly<Record<string, Factory>>): ConstraintRegistry {
  const known = new Map<string, Factory>();
  const find = (constraint: Constraint): TransformImpl => {
    const factory = known.get(constraint._kind);
    if (!factory) throw new NotImplementedError(`Cannot transform _${constraint._kind} constraints`);
    return factory(constraint);
  };
  const register = (constraint: Constraint, factory?: Factory): unknown => {
    if (!factory) return (f: Factory) => register(constraint, f);
    known.set(constraint._kind, factory);
    return factory;
  };
  const add = (kinds: string, factory: Factory): void => {
    for (const kind of kinds.split(" ")) known.set(kind, factory);
  };
  const scaled = (base: TransformImpl, loc: number | Tensor, scale: number | Tensor): TransformImpl =>
    ComposeTransform([base, AffineTransform(loc, scale)]);
  add("Real", () => identity_transform);
  add("IndependentConstraint", ({ _facts: f }) =>
    IndependentTransform(find(f.base_constraint!), f.reinterpreted_batch_ndims!),
  );
  add("GreaterThan GreaterThanEq", ({ _facts: f }) => scaled(ExpTransform(), f.lower_bound!, 1));
  add("LessThan", ({ _facts: f }) => scaled(ExpTransform(), f.upper_bound!, -1));
  add("Interval HalfOpenInterval", ({ _facts: { lower_bound: low, upper_bound: high } }) => {
    if (low === 0 && high === 1) return SigmoidTransform();
    const [l, h] = [low!, high!];
    const width = h instanceof Tensor ? h.sub(l) : l instanceof Tensor ? l.rsub(h) : h - l;
    return scaled(SigmoidTransform(), l, width);
  });
  add("CorrCholesky", () => CorrCholeskyTransform());
  add("Cat", ({ _facts: f }) => CatTransform(f.parts!.map(find), f.dim!, f.lengths!));
  add("Stack", ({ _facts: f }) => StackTransform(f.parts!.map(find), f.dim!));
  for (const [kinds, factory] of Object.entries(own)) add(kinds, factory);
  return Object.assign(find, { register }) as unknown as ConstraintRegistry;
}

/** The one-to-one transform from unconstrained numbers to those of a constraint. @throws NotImplementedError */
export const biject_to: ConstraintRegistry = registry({ Simplex: () => StickBreakingTransform() });
/** A transform from unconstrained numbers onto those of a constraint, not always one to one. @throws NotImplementedError */
export const transform_to: ConstraintRegistry = registry({
  Simplex: () => SoftmaxTransform(),
  LowerCholesky: () => LowerCholeskyTransform(),
  "PositiveDefinite PositiveSemidefinite": () => PositiveDefiniteTransform(),
});
