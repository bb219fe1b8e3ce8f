import { broadcastTwo, type DType, DTypeError, type OpRow, ops } from "@cognate/kernel";
import { type Def, def, RuntimeError } from "@cognate/py";
import { applyInPlace, call, gradEnabled, type Input, Value } from "@cognate/tensor";
import { reword } from "../errors.js";
import { canCast } from "../promotion.js";
import { type Scalar, type Tensor, type TensorLike, wrap } from "../tensor/tensor.js";
import { cannotCast, growing } from "../words.js";
import { type Computes, castValue, markWeak, operandOf, promote } from "./operands.js";
import { writeOut } from "./out.js";
import { categoryOf, type Refusals, unimplemented } from "./refuse.js";
import { refusalOf } from "./signatures.js";

export { type Computes, castValue, markWeak, operandOf, promote } from "./operands.js";
export { resizeAndCopy, writeOut } from "./out.js";

/*
 * Makers of PyTorch's pointwise functions. One declaration gives the function with its `out` argument, the method, and
 * the in-place twin with the underscore.
 */

/** What all calls of a function share. */
export interface Traits {
  readonly computes?: Computes;
  /** The errors for families of element types that PyTorch refuses. */
  readonly refuse?: Refusals;
  /** What "… not implemented for" names; `<function>_cpu` by default. */
  readonly kernel?: string;
  /** `grad_fn`, where it is not that of the row; by the call's arguments where PyTorch's overloads have their own. */
  readonly gradFn?: string | ((args: readonly (Value | Scalar)[]) => string);
  /** Whether an in-place call takes no other type than the result's own. */
  readonly exact?: boolean;
  /** The words for an in-place call whose result the tensor cannot hold. */
  readonly castError?: (result: DType, own: DType) => string;
  /** Parameters of the row for half floats beside numbers. */
  readonly half?: object;
}

/** One call, ready to be computed: a row, its arguments before promotion, its parameters. */
export interface Plan {
  readonly row: OpRow<never>;
  readonly args: readonly (Value | Scalar)[];
  readonly params?: unknown;
  /** Overrides those of the function. */
  readonly traits?: Traits;
  /** What happens to the promoted arguments before the row sees them. */
  readonly map?: (inputs: Input[], type: DType) => Input[];
}

/** PyTorch numbers the overloads of a function: with a number last, and with tensors. */
export const overloads =
  (name: string, number: number, tensor: number) =>
  (args: Plan["args"]): string =>
    `${name}Backward${args[args.length - 1] instanceof Value ? tensor : number}`;

/** A plan for a row; `undefined` parameters are the row's defaults. */
export const plan = <P>(
  row: OpRow<P>,
  args: readonly (Value | Scalar)[],
  params?: P,
  more?: Pick<Plan, "traits" | "map">,
): Plan => ({
  row: row as unknown as OpRow<never>,
  args,
  params,
  traits: more?.traits,
  map: more?.map,
});

/** {@link plan} with arguments as they came. */
export const planOf = <P>(
  row: OpRow<P>,
  args: readonly TensorLike[],
  params?: P,
  more?: Pick<Plan, "traits" | "map">,
): Plan => plan(row, args.map(operandOf), params, more);

const NO_TRAITS: Traits = {};

/** @throws where PyTorch refuses the family of the type */
function check(type: DType, { refuse }: Traits): void {
  const refusal = refuse?.[categoryOf(type)];
  if (refusal) throw refusal(type);
}

/** Gives the recorded call behind a result PyTorch's name for it. */
function label(y: Value, { gradFn }: Traits, args: Plan["args"]): void {
  const node = y.ownNode;
  if (gradFn && node) node.label = typeof gradFn === "string" ? gradFn : gradFn(args);
}

/** Computes a row; errors come out in PyTorch's words. */
function invoke(
  name: string,
  row: OpRow<never>,
  inputs: readonly Input[],
  params: unknown,
  type: DType,
  traits: Traits,
  args: Plan["args"],
): Value {
  const { half, kernel = `${name}_cpu` } = traits;
  try {
    const y = call(row, inputs, (half && type.half ? half : params) as never);
    label(y, traits, args);
    markWeak(y, inputs);
    return y;
  } catch (e) {
    throw e instanceof DTypeError ? unimplemented(kernel)(type) : reword(e, name);
  }
}

function compute(name: string, { row, args, params, traits = NO_TRAITS, map }: Plan): [Value, Input[]] {
  const { inputs, type } = promote(args, traits.computes);
  check(type, traits);
  const mapped = map ? map(inputs, type) : inputs;
  return [invoke(name, row, mapped, params, type, traits, args), inputs];
}

/** The tensor that a plan gives. */
export const evaluate = (name: string, p: Plan): Tensor => wrap(compute(name, p)[0]);

/** Writes what a plan gives over `self`, whose type must be able to hold it. */
export function overwritten(name: string, self: Tensor, p: Plan): Tensor {
  const { row, args, params, traits = NO_TRAITS, map } = p;
  const target = self._value;
  const { inputs, type } = promote(args, traits.computes);
  const result = row.dtype === "bool" ? target.dtype : type;
  if (!canCast(result, target.dtype) || (traits.exact && result !== target.dtype)) {
    // Whole numbers that JavaScript could not write as floats become what they were meant to be.
    if (target.weak && !target.view && target.isLeaf) {
      target.array = (castValue(target, result) as Value).array;
      target.weak = false;
      return overwritten(name, self, p);
    }
    throw new RuntimeError((traits.castError ?? cannotCast)(type, target.dtype));
  }
  check(type, traits);
  if (row.dtype === "real" && type.kind === "complex")
    throw new RuntimeError(`In-place ${name} is not supported for complex tensors.`);
  for (const x of args)
    if (x instanceof Value && x !== target) {
      const shape = broadcastTwo(target.shape, x.shape);
      if (shape && (shape.length !== target.shape.length || shape.some((n, i) => n !== target.shape[i])))
        throw growing(target.shape, shape);
    }
  const mapped = map ? map(inputs, type) : inputs;
  const { kernel = `${name}_cpu`, half } = traits;
  try {
    if (mapped[0] === target && (row.backward || !target.requiresGrad || !gradEnabled())) {
      applyInPlace(row, mapped, (half && type.half ? half : params) as never);
    } else
      applyInPlace(ops.assign, [target, invoke(name, row, mapped, params, type, traits, args)], undefined);
    if (gradEnabled()) label(target, traits, args);
  } catch (e) {
    throw e instanceof DTypeError ? unimplemented(kernel)(type) : reword(e, `${name}_`);
  }
  return self;
}

type WithOut<S extends string> = S extends `${string}*${string}` ? `${S} out` : `${S} * out`;

/** A pointwise function of `torch`: called with an `out` argument, too. */
export interface Pointwise<S extends string, A extends readonly unknown[]>
  extends Def<WithOut<S>, (...args: [...A, out?: Tensor | null]) => Tensor> {
  /** The same as a method, which takes no `out`. */
  readonly method: Def<S, (...args: A) => Tensor>;
  /** The same under another name. */
  readonly renamed: (name: string) => Pointwise<S, A>;
}

/** {@link Pointwise} with an in-place twin. */
export interface WithTwin<S extends string, A extends readonly unknown[]> extends Pointwise<S, A> {
  readonly twin: Def<S, (...args: A) => Tensor>;
  readonly renamed: (name: string) => WithTwin<S, A>;
}

/** `f` with the number of parameters that must be given, which {@link def} reads off a function. */
function requiring<F extends object>(f: F, required: number): F {
  return Object.defineProperty(f, "length", { value: required });
}

type Impl = (...args: never[]) => Tensor;

/** The implementations of a function under one name. */
interface Recipe {
  readonly required: number;
  /** With `out` last. */
  readonly call: Impl;
  readonly method: Impl;
  readonly inPlace?: Impl;
}

/** Builds the function, the method and the twin. */
function assemble<S extends string, A extends readonly unknown[]>(
  name: string,
  signature: S,
  recipe: (name: string) => Recipe,
): Pointwise<S, A> {
  const { required, call: impl, method, inPlace } = recipe(name);
  const withOut = signature.includes("*") ? `${signature} out` : `${signature} * out`;
  const make = (own: string, text: string, f: Impl): object =>
    def(`torch.${own}`, text, requiring(f, required));
  return Object.assign(make(name, withOut, impl), {
    method: make(name, signature, method),
    renamed: (other: string) => assemble(other, signature, recipe),
    ...(inPlace ? { twin: make(`${name}_`, signature, inPlace) } : {}),
  }) as unknown as Pointwise<S, A>;
}

function planned<S extends string, A extends readonly unknown[]>(
  name: string,
  signature: S,
  make: (...args: A) => Plan,
  twin: boolean,
): Pointwise<S, A> {
  const count = signature.split(" ").filter((w) => w && w !== "*").length;
  const refusal = refusalOf(name);
  return assemble<S, A>(name, signature, (own) => ({
    required: make.length,
    call: (...args: unknown[]) => {
      const refused = refusal?.(args[0], args[1]);
      if (refused) throw refused;
      const [y, inputs] = compute(
        name,
        make(...((args.length > count ? args.slice(0, count) : args) as unknown as A)),
      );
      const out = args[count] as Tensor | null | undefined;
      return out ? writeOut(out, y, own, inputs) : wrap(y);
    },
    method: (...args: unknown[]) => wrap(compute(name, make(...(args as unknown as A)))[0]),
    inPlace: twin
      ? (...args: unknown[]) => overwritten(name, args[0] as Tensor, make(...(args as unknown as A)))
      : undefined,
  }));
}

/**
 * A pointwise function from the plan of its call. The first argument is the tensor that the method and the twin work
 * on.
 */
export const pointwise = <const S extends string, A extends readonly unknown[]>(
  name: string,
  signature: S,
  make: (...args: A) => Plan,
): WithTwin<S, A> => planned(name, signature, make, true) as WithTwin<S, A>;

/** {@link pointwise} without an in-place twin. */
export const functional = <const S extends string, A extends readonly unknown[]>(
  name: string,
  signature: S,
  make: (...args: A) => Plan,
): Pointwise<S, A> => planned(name, signature, make, false);

const UNARY = "input|x|a|x1";
const BINARY = "input|x|a|x1 other|x2";

type UnaryArgs = [input: TensorLike];
type BinaryArgs = [input: TensorLike, other: TensorLike];
/** A function of one tensor with an in-place twin and an `out` argument. */
export type Unary = WithTwin<typeof UNARY, UnaryArgs>;
/** A function of two tensors with an in-place twin and an `out` argument. */
export type Binary = WithTwin<typeof BINARY, BinaryArgs>;

/** One input. */
export function unary<P = void>(
  name: string,
  row: OpRow<P>,
  computes: Computes = "any",
  traits: Traits = NO_TRAITS,
  params?: P,
): Unary {
  const all: Traits = { ...traits, computes };
  return pointwise(name, UNARY, (input: TensorLike) =>
    plan(row, [operandOf(input)], params, { traits: all }),
  );
}

/** Two inputs that broadcast and promote. */
export function binary<P = void>(
  name: string,
  row: OpRow<P>,
  computes: Computes = "any",
  traits: Traits = NO_TRAITS,
  params?: P,
): Binary {
  const all: Traits = { ...traits, computes };
  return pointwise(name, BINARY, (input: TensorLike, other: TensorLike) =>
    plan(row, [operandOf(input), operandOf(other)], params, { traits: all }),
  );
}

/** The same function under another name. */
export const alias = <F extends { renamed: (name: string) => unknown }>(
  name: string,
  f: F,
): ReturnType<F["renamed"]> => f.renamed(name) as ReturnType<F["renamed"]>;
