import { type DType, dtypeNamed, type Value as KernelValue, type OpRow } from "@cognate/kernel";
import { type Def, def, nameClass, ValueError } from "@cognate/py";
import type { Input, Value } from "@cognate/tensor";
import { castValue, valueOf } from "../backend/create.js";
import { eagerError } from "../backend/eager-errors.js";
import { inTensorFlowWords } from "../backend/errors.js";
import {
  anySymbolic,
  installSymbolicOperators,
  KerasTensor,
  type SymbolicLike,
} from "../backend/keras-tensor.js";
import { run, runMany } from "../backend/record.js";
import type { Shape } from "../backend/shape.js";
import { type Tensor, type TensorLike, wrap } from "../backend/tensor.js";
import { type CallArguments, type CallSignature, signatureOf } from "../call-signature.js";
import { hide } from "../hide.js";
import { resultKernel, weakType } from "../promotion.js";
import * as tree from "../tree.js";
import { AFTER } from "./checks/after.js";
import { BEFORE } from "./checks/before.js";
import { notATensor } from "./checks/not-a-tensor.js";
import { inferBySubstitution } from "./infer.js";
import { Node } from "./node.js";
import { OperationImpl } from "./operation.js";

/*
 * Makers of the functions of `keras.ops`. One declaration gives the function and the operation that it becomes in a
 * functional model's graph.
 */

type Impl = (...args: never[]) => unknown;

/** What is known of an operation besides its arithmetic. */
interface Facts {
  /** Class and module in Keras: `numpy.Add`. */
  readonly path: string;
  /** Parameters by name; some are given at the call, the others when the operation is made. */
  readonly names: readonly string[];
  /** The places among the parameters of those that are given at the call, in the order in which they are given. */
  readonly places: readonly number[];
  readonly impl: Impl;
  /** The shape of the result where it follows from those of the tensors and from the other arguments. */
  readonly shape?: (shapes: readonly Shape[], config: Readonly<Record<string, unknown>>) => Shape | undefined;
  /** The result has the type of the first tensor. */
  readonly keepsType?: boolean;
}

/** An operation of `keras.ops` as a node of a graph. */
class TableOperation extends OperationImpl {
  declare readonly _facts: Facts;
  declare readonly _config: Readonly<Record<string, unknown>>;

  constructor(facts: Facts, config: Readonly<Record<string, unknown>>, name: string | null) {
    super(name);
    hide(this, "_facts", facts);
    hide(this, "_config", config);
  }

  override get _signature(): CallSignature {
    return signatureOf(this._facts.places.map((i) => `${this._facts.names[i]}?`).join(" "));
  }
  override call(...tensors: never[]): unknown {
    const { names, places, impl } = this._facts;
    const given: unknown[] = names.map((n, i) => {
      const at = places.indexOf(i);
      return at >= 0 && tensors[at] !== undefined ? tensors[at] : this._config[n];
    });
    return impl(...(given as never[]));
  }
  override _spec(call: CallArguments): unknown {
    return specOf(this._facts, this._config, (filled) => this._compute(filled), call);
  }
  override get_config(): Record<string, unknown> {
    return { name: this.name, ...this._config };
  }
}

/** What an operation gives: by its rules as far as it has some, else by running it on numbers. */
function specOf(
  { shape, keepsType }: Facts,
  config: Readonly<Record<string, unknown>>,
  f: (call: CallArguments) => unknown,
  call: CallArguments,
): unknown {
  const known = shape?.(call.args.map(shapeOf), config);
  if (!known) return inferBySubstitution(f, call);
  const [x] = call.args;
  if (keepsType && x instanceof KerasTensor) return new KerasTensor(known, x.dtype, null, recorded(call));
  return specOfShape(known, f, call);
}
const recorded = (call: CallArguments): boolean =>
  tree.flatten(call.args).every((x) => !(x instanceof KerasTensor) || x.record_history);

/** The spec of an operation whose shape has a rule; its type is found on tensors of one element, of equal ranks. */
function specOfShape(shape: Shape, f: (call: CallArguments) => unknown, call: CallArguments): unknown {
  const record = recorded(call);
  const one = (dtype: DType, rank: number): Tensor =>
    wrap(valueOf(1, dtype).reshape({ shape: new Array<number>(rank).fill(1) }) as Value);
  const single = (x: unknown): unknown => {
    if (x instanceof KerasTensor) return one(dtypeNamed(x.dtype)!, x.ndim);
    return x !== null && weakType(x) === undefined ? one(valueOf(x).dtype, valueOf(x).shape.length) : x;
  };
  const y = f({ args: call.args.map(single), kwargs: call.kwargs });
  return tree.map((t) => new KerasTensor(shape, (t as Tensor)._type.name, null, record), y);
}

/** Whether something could not be made a tensor. */
const isConversion = (e: unknown): boolean =>
  e instanceof ValueError && e.message.startsWith("Attempt to convert a value");

const shapeOf = (x: unknown): Shape =>
  x instanceof KerasTensor ? x.shape : x !== null && weakType(x) === undefined ? valueOf(x).shape : [];

/** The shape that two stretch to; unknown lengths give way to known ones. @throws ValueError */
export function broadcastShapes(a: Shape, b: Shape): Shape {
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, i) => {
    const m = a.length - rank + i < 0 ? 1 : a[a.length - rank + i]!;
    const n = b.length - rank + i < 0 ? 1 : b[b.length - rank + i]!;
    if (m === 1) return n;
    if (n === 1 || m === n) return m;
    if (m === null) return n;
    if (n === null) return m;
    throw new ValueError(
      `Cannot broadcast shape, the failure dim has value ${m}, which cannot be broadcasted to ${n}. Input shapes are: ${list(a)} and ${list(b)}.`,
    );
  });
}
const list = (shape: Shape): string => `[${shape.map((d) => d ?? "None").join(", ")}]`;

/** Operations by their path in Keras, for graphs read from files. */
const registry = new Map<string, (config: Record<string, unknown>) => OperationImpl>();

/** An operation of a graph that was saved (`keras.src.ops.numpy`, `Add`), or `undefined`. */
export function operationFromConfig(
  module: string,
  cls: string,
  config: Record<string, unknown>,
): OperationImpl | undefined {
  const path = `${module.slice(module.lastIndexOf(".") + 1)}.${cls}`;
  return registry.get(path)?.(config);
}

/** The operations' makers, also for symbolic operators. */
export const symbolicOperations = new Map<string, (...args: unknown[]) => KerasTensor>();
installSymbolicOperators((operation, ...args) => symbolicOperations.get(operation)!(...args));

interface Options {
  /** How many parameters are given at the call; the others are the operation's own. */
  readonly arity?: number;
  /** The parameters that are given at the call by name, where they are not the first ones. */
  readonly call?: string;
  readonly shape?: Facts["shape"];
  readonly keepsType?: boolean;
}

/** Lets the tensors of a signature be symbolic, too. */
type Opened<P extends readonly unknown[]> = {
  [K in keyof P]: TensorLike extends P[K] ? P[K] | KerasTensor : P[K];
};
/** The type of a function of `keras.ops`: with numbers it computes, with symbolic tensors it makes a node. */
export type Op<S extends string, F extends Impl> = Def<S, (...args: Opened<Parameters<F>>) => ReturnType<F>>;

/**
 * A function of `keras.ops` from its implementation on tensors with numbers.
 *
 * @param path - class and module of the operation in Keras: `numpy.Add`
 * @param name - the function's name
 */
export function op<const S extends string, F extends Impl>(
  path: string,
  name: string,
  signature: S,
  impl: F,
  { arity = 1, call: own, shape, keepsType }: Options = {},
): Op<S, F> {
  const names = signature
    .split(" ")
    .filter((w) => w && w !== "*")
    .map((w) => w.replace(/^\.\.\./, "").split(/[:|]/)[0]!);
  const places = own ? own.split(" ").map((n) => names.indexOf(n)) : names.slice(0, arity).map((_, i) => i);
  const facts: Facts = { path, names, places, impl, shape, keepsType };
  const cls = path.slice(path.indexOf(".") + 1);
  const C = class extends TableOperation {
    constructor(config: Readonly<Record<string, unknown>>, own: string | null = null) {
      super(facts, config, own);
    }
  };
  nameClass(`keras.src.ops.${path}`, C);
  registry.set(path, ({ name: own, ...config }) => new C(config, (own as string | undefined) ?? null));

  const symbolic = (args: readonly unknown[]): unknown => {
    const config: Record<string, unknown> = {};
    names.forEach((name, i) => {
      if (!places.includes(i) && args[i] !== undefined) config[name] = args[i];
    });
    const given = places.map((i) => args[i]);
    while (given.length > 0 && given[given.length - 1] === undefined) given.pop();
    const call: CallArguments = { args: given, kwargs: {} };
    if (tree.flatten(given).some((x) => x instanceof KerasTensor && !x.record_history)) {
      const f = (c: CallArguments): unknown =>
        impl(...(names.map((_, i) => (places.includes(i) ? c.args[places.indexOf(i)] : args[i])) as never[]));
      return specOf(facts, config, f, call);
    }
    const operation = new C(config);
    const outputs = operation._spec(call);
    new Node(operation, call, outputs);
    return outputs;
  };
  const before = BEFORE[name];
  const failed = (e: unknown, args: readonly unknown[]): unknown =>
    AFTER[name]?.(...(args as never[])) ||
    (isConversion(e) && notATensor(name, args)) ||
    eagerError(e, args[0], cls, args.slice(1).some(Array.isArray));
  const either = (...args: unknown[]): unknown => {
    if (anySymbolic(args)) return symbolic(args);
    const wrong = before?.(...(args as never[]));
    if (wrong) throw wrong;
    try {
      return impl(...(args as never[]));
    } catch (e) {
      throw failed(e, args);
    }
  };
  Object.defineProperty(either, "length", { value: impl.length });
  symbolicOperations.set(cls, (...args) => symbolic(args) as KerasTensor);
  return def(`keras.ops.${name}`, signature, either as never) as unknown as Op<S, F>;
}

/** A function of `keras.ops` that makes tensors of none, and so no node of a graph. */
export function maker<const S extends string, F extends Impl>(
  name: string,
  signature: S,
  impl: F,
): Def<S, F> {
  const before = BEFORE[name];
  if (!before) return def(`keras.ops.${name}`, signature, impl);
  const checked = (...args: unknown[]): unknown => {
    const wrong = before(...(args as never[]));
    if (wrong) throw wrong;
    return impl(...(args as never[]));
  };
  Object.defineProperty(checked, "length", { value: impl.length });
  return def(`keras.ops.${name}`, signature, checked as never) as unknown as Def<S, F>;
}

/** An argument of an operation: a number stays one, anything else is a value. */
export type Arg = Value | number | bigint | boolean | Number;

const isPlain = (x: unknown): boolean => weakType(x) !== undefined && typeof x !== "object";

/** The names that arguments go into promotion by. */
const typeName = (x: unknown): string =>
  isPlain(x) || x instanceof Number ? weakType(x)! : valueOf(x).dtype.name;

/** Arguments in the one type that promotion gives them. */
export function promoted(
  xs: readonly unknown[],
  ...more: readonly string[]
): { values: Value[]; type: DType } {
  const given = xs.map((x) => (isPlain(x) || x instanceof Number ? x : valueOf(x)));
  const type = resultKernel(...given.map(typeName), ...more);
  return { values: given.map((x) => valueOf(x, type)), type };
}

/** One tensor, integers as the floats that they become. */
export function floating(x: unknown): Value {
  const v = valueOf(x);
  const { kind } = v.dtype;
  if (kind === "float" || kind === "complex") return v;
  return castValue(
    v,
    v.dtype.name === "int64" ? dtypeNamed(resultKernel(null).name)! : resultKernel(v.dtype.name, "float"),
  );
}

/** An input of a row; the methods of values are typed as giving the kernel's interface. */
export type Operand = Input | KernelValue;
/** A row whose parameters its caller knows. */
export type AnyRow = OpRow<object | undefined>;
/** A row among others of its kind, whatever its parameters. */
export const anyRow = (row: unknown): AnyRow => row as AnyRow;

/** A row's result as a tensor; errors come out in TensorFlow's words. */
export const compute = <P>(row: OpRow<P>, inputs: readonly Operand[], params: P, name = row.name): Tensor =>
  inTensorFlowWords(name, () => wrap(run(row, inputs as readonly Input[], params)));

/** The results of a row that has several. */
export const computeMany = <P>(
  row: OpRow<P>,
  inputs: readonly Operand[],
  params: P,
  name = row.name,
): Tensor[] => inTensorFlowWords(name, () => runMany(row, inputs as readonly Input[], params).map(wrap));

/** A row on values. */
export const apply = <P>(row: OpRow<P>, inputs: readonly Operand[], params: P): Value =>
  run(row, inputs as readonly Input[], params);

const same = ([shape]: readonly Shape[]): Shape => shape!;
const stretched = (shapes: readonly Shape[]): Shape => shapes.reduce(broadcastShapes);

/** Which types a function of one tensor computes in: any, or floats (integers become such). */
export type Computes = "any" | "float";

/** A function of one tensor, place by place. */
export const unary = <P>(path: string, name: string, row: OpRow<P>, computes: Computes = "any", params?: P) =>
  op(
    path,
    name,
    "x",
    (x: TensorLike): Tensor => compute(row, [computes === "float" ? floating(x) : valueOf(x)], params as P),
    { shape: same },
  );

interface BinaryOptions<P> {
  readonly computes?: Computes;
  readonly params?: P;
  /** TensorFlow's name for the operation, for errors. */
  readonly tf?: string;
}

/** A function of two tensors that stretch to a common shape. */
export const binary = <P>(
  path: string,
  name: string,
  row: OpRow<P>,
  { computes = "any", params, tf = path.slice(path.indexOf(".") + 1) }: BinaryOptions<P> = {},
) =>
  op(
    path,
    name,
    "x1 x2",
    (x1: TensorLike, x2: TensorLike): Tensor => {
      const { values } = promoted([x1, x2], ...(computes === "float" ? ["float"] : []));
      return compute(row, values, params as P, tf);
    },
    { arity: 2, shape: stretched },
  );

/** The rule for operations that keep a shape, and for those that stretch several to one. */
export const shapes = { same, stretched } as const;

export type { SymbolicLike };
