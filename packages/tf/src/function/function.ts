import { nest } from "@cognate/keras/tensorflow";
import { Callable, nameClass, repr, setOutput, Tuple, TypeError, ValueError } from "@cognate/py";
import { currentGraph, withGraph } from "../core/context.js";
import { datumOf, isTensor, tensorOf, toTensor } from "../core/convert.js";
import { OpError } from "../core/errors.js";
import type { Datum } from "../core/row.js";
import { callGraph } from "../graph/control.js";
import { toGraphTensor } from "../graph/convert.js";
import { FuncGraph } from "../graph/func-graph.js";
import type { Operation } from "../graph/operation.js";
import { RunProblem } from "../graph/run-problem.js";
import { Store } from "../graph/runtime.js";
import { dimsOf, dimsText } from "../graph/shape.js";
import type { GraphTensor } from "../graph/tensor.js";
import type { Engine } from "../kernels/draw.js";
import { withStreams } from "../kernels/random-draws.js";
import { countedAnew } from "../ops/random/seeds.js";
import type { Tensor } from "../shared.js";
import { setNoteVariable, VariableImpl } from "../variable/variable.js";
import {
  common,
  covers,
  flatNames,
  type Leaf,
  leafOf,
  leavesOfArgs,
  mapResult,
  parameterNames,
  type Spec,
  specOf,
  structureKey,
  withLeaves,
} from "./arguments.js";
import { TensorSpec } from "./specs.js";

/*
 * `tf.function`: a function is traced once for every kind of arguments, and its graph runs after that. What a graph cannot
 * hold (calls of Keras's layers and optimizers, gradients of a tape inside) runs eagerly at each call, with what it prints
 * shown at the first one only, as if it had been traced.
 */

type Any = (...args: never[]) => unknown;

/** Whether an operation does something besides giving outputs. */
const acts = (op: Operation): boolean =>
  /^(Assign|Resource(Scatter|Apply)|PrintV2|Print$|Assert|Scatter|_If|_While|StatefulPartitionedCall|RngReadAndSkip|LookupTable(Insert|Remove|Import)|_Call)/.test(
    op.type,
  );

/** A native error that JavaScript itself throws where something looks for numbers in a tensor that has none. */
const looksForNumbers = (e: unknown): boolean =>
  (e instanceof globalThis.TypeError && !(e instanceof TypeError)) ||
  (e instanceof Error && e.name === "NeedsNumbers");

const store = new Store();

/** A function traced for one kind of arguments. */
class ConcreteFunctionImpl extends Callable {
  readonly graph: FuncGraph;
  private _structure: unknown = null;
  private _eager = false;
  private readonly _streams: Engine[] = [];
  constructor(
    private readonly _f: Any,
    readonly _names: readonly string[],
    readonly _args: readonly unknown[],
    readonly _specs: readonly (Spec | null)[],
    title: string,
  ) {
    super();
    this.graph = new FuncGraph(title, null, true);
    this._trace();
  }
  get name(): string {
    return `__inference_${this.graph.title}`;
  }
  private _trace(): void {
    const { graph } = this;
    let k = 0;
    const names = flatNames(this._args, this._names);
    try {
      withGraph(graph as never, () => {
        const args = this._args.map((a) =>
          withLeaves(a, () => {
            const i = k++;
            const spec = this._specs[i];
            if (!spec) return leavesOfArgs(this._args)[i]!.value;
            return graph.input({ dtype: spec.dtype, _dims: spec._dims }, spec.name ?? names[i] ?? "args");
          }),
        );
        const value = (this._f as (...a: unknown[]) => unknown)(...args);
        this._structure = mapResult(value, (x) => {
          if (x === null) return null;
          const t = toGraphTensor(graph, x instanceof VariableImpl ? x._as_tensor() : x);
          const out = (
            graph as unknown as {
              createOp(t: string, i: unknown[], a: object, n: string | null): GraphTensor[];
            }
          ).createOp("Identity", [t], {}, "Identity")[0]!;
          graph.outputs.push(out);
          return out;
        });
      });
      const targets = graph._ops.filter(acts);
      if (targets.length > 0) graph.notes.set("targets", targets);
    } catch (e) {
      if (!looksForNumbers(e)) throw e;
      this._eager = true;
    }
  }
  /** Runs on the tensors among the arguments. */
  _run(tensors: readonly Tensor[], args: readonly unknown[]): unknown {
    if (this._eager) return this._eagerly(args);
    let data: readonly Datum[];
    try {
      data = callGraph(this.graph, tensors.map(datumOf), { store, tracked: false });
    } catch (e) {
      throw asError(e);
    }
    let k = 0;
    return mapResult(this._structure, (x) => (x === null ? null : tensorOf(data[k++]!)));
  }
  private _eagerly(args: readonly unknown[]): unknown {
    const before = setOutput(() => {});
    printing = before;
    try {
      const value = withStreams(this._streams, () => (this._f as (...a: unknown[]) => unknown)(...args));
      return mapResult(value, (x) =>
        x instanceof VariableImpl
          ? x.value()
          : isTensor(x)
            ? toTensor(x)
            : typeof x === "number" || typeof x === "boolean"
              ? toTensor(x)
              : x,
      );
    } finally {
      setOutput(before);
      printing = null;
    }
  }
  override __call__(...args: unknown[]): unknown {
    const leaves: Leaf[] = [];
    structureKey(args, leaves);
    const tensors = this._specs.flatMap((s, i) =>
      s ? [toTensor(leaves[i]?.value, { dtype: s.dtype })] : [],
    );
    return this._run(tensors, args);
  }
  get inputs(): readonly GraphTensor[] {
    return this.graph.inputs;
  }
  get outputs(): readonly GraphTensor[] {
    return this.graph.outputs;
  }
  get structured_outputs(): unknown {
    return this._structure;
  }
  get structured_input_signature(): unknown {
    let k = 0;
    const names = flatNames(this._args, this._names);
    const leaves = leavesOfArgs(this._args);
    const args = this._args.map((a) =>
      withLeaves(a, () => {
        const i = k++;
        const s = this._specs[i];
        return s ? new TensorSpec(s._dims, s.dtype, s.name ?? names[i] ?? null) : leaves[i]!.value;
      }),
    );
    return Tuple.of_([Tuple.of_(args), {}]);
  }
  _signature(): string {
    let k = 0;
    const leaves = leavesOfArgs(this._args);
    const lines = this._args.map((a, i) => {
      const shown = withLeaves(a, () => {
        const n = k++;
        const s = this._specs[n];
        return s ? new TensorSpec(s._dims, s.dtype) : new Literal(leaves[n]!.value);
      });
      return `  ${(this._names[i] ?? `arg${i}`).replace("...", "")} (POSITIONAL_OR_KEYWORD): ${repr(shown)}`;
    });
    const out = mapResult(this._structure, (x) =>
      x === null ? null : new TensorSpec((x as GraphTensor)._dims, (x as GraphTensor).dtype),
    );
    return `Input Parameters:\n${lines.join("\n")}\nOutput Type:\n  ${repr(out)}\nCaptures:\n  None`;
  }
  pretty_printed_signature(_verbose = true): string {
    return this._signature();
  }
  __repr__(): string {
    return `<ConcreteFunction ${this.graph.title} at 0x0>`;
  }
  __str__(): string {
    return `ConcreteFunction ${this._signature()}`;
  }
  override toString(): string {
    return this.__str__();
  }
}
nameClass(
  "tensorflow.python.eager.polymorphic_function.concrete_function.ConcreteFunction",
  ConcreteFunctionImpl,
);
class Literal {
  constructor(private readonly value: unknown) {}
  __repr__(): string {
    return `Literal[${repr(this.value)}]`;
  }
}
/** Where prints of the operations go while a function's own are held back. */
let printing: ((text: string) => void) | null = null;
/** What `tf.print` writes with. */
export const operationOutput = (): ((text: string) => void) | null => printing;

const asError = (e: unknown): unknown =>
  e instanceof RunProblem ? ((e as unknown as { error?: unknown }).error ?? new OpError(e.message)) : e;

let runEagerly = false;
/** `tf.config.run_functions_eagerly`. */
export function run_functions_eagerly(on: boolean): void {
  runEagerly = Boolean(on);
}
export const functions_run_eagerly = (): boolean => runEagerly;

/** Variables that a function made when it was first called. */
let making: FunctionImpl | null = null;

class FunctionImpl extends Callable {
  readonly python_function: Any;
  private readonly _traces = new Map<string, ConcreteFunctionImpl>();
  /** Kinds of arguments with the traces for them, widest last, and calls that a wider trace serves. */
  private readonly _kinds = new Map<string, ConcreteFunctionImpl[]>();
  private readonly _served = new Map<string, ConcreteFunctionImpl>();
  readonly input_signature: readonly Spec[] | null;
  private readonly _names: readonly string[];
  _made = 0;
  private _first = true;
  constructor(
    f: Any,
    input_signature: readonly Spec[] | null,
    private readonly _generalises = false,
  ) {
    super();
    this.python_function = f;
    this.input_signature = input_signature;
    this._names = parameterNames(f);
    Object.defineProperty(this, "name", { value: f.name || "fn", configurable: true });
  }
  get __name__(): string {
    return this.python_function.name || "fn";
  }
  private _shown(): string {
    const parts = this._names.map((n, i) =>
      n.startsWith("...")
        ? `*${n.slice(3)}`
        : this.input_signature?.[i]
          ? `${n}: ${repr(new TensorSpec(this.input_signature[i]._dims, this.input_signature[i].dtype))}`
          : n,
    );
    return `(${parts.join(", ")})`;
  }
  private _refuse(reason: string, args: readonly unknown[]): TypeError {
    return new TypeError(
      `Binding inputs to tf.function failed due to \`${reason}\`. Received args: ${repr(Tuple.of_([...args]))} and kwargs: {} for signature: ${this._shown()}.`,
    );
  }
  private _fitted(args: readonly unknown[]): {
    args: unknown[];
    specs: (Spec | null)[];
    tensors: Tensor[];
    key: string;
  } {
    const given = [...args];
    const sig = this.input_signature;
    if (sig) {
      if (given.length > sig.length) throw this._refuse("too many positional arguments", args);
      if (given.length < sig.length)
        throw this._refuse(
          `missing a required argument: '${this._names[given.length] ?? `args_${given.length}`}'`,
          args,
        );
      const specsFlat = nest.flatten(sig) as Spec[];
      // A list where one tensor is wanted is that tensor's data.
      given.forEach((a, i) => {
        const s: unknown = sig[i];
        if (s instanceof TensorSpec && !isTensor(a)) given[i] = toTensor(a, { hint: (s as Spec).dtype });
      });
      const leaves = leavesOfArgs(given);
      const tensors = leaves.map((leaf, i) => {
        const s = specsFlat[i];
        if (!s) throw this._refuse("structure mismatch", args);
        const t = leaf.tensor ?? toTensor(leaf.value, { hint: s.dtype });
        const bends = t._value?.weak && s.dtype.is_floating;
        if ((t.dtype !== s.dtype && !bends) || !s.shape.is_compatible_with(t.shape as never))
          throw this._refuse(
            `Can not cast ${repr(new TensorSpec(dimsOf(t.shape), t.dtype))} to ${repr(new TensorSpec(s._dims, s.dtype))}`,
            args,
          );
        return toTensor(t, { dtype: s.dtype });
      });
      return { args: given, specs: specsFlat, tensors, key: "signature" };
    }
    const leaves: Leaf[] = [];
    const key = structureKey(given, leaves);
    const specs = leaves.map((leaf) => specOf(leaf));
    return { args: given, specs, tensors: leaves.flatMap((l) => (l.tensor ? [l.tensor] : [])), key };
  }
  private _traced(
    args: readonly unknown[],
    specs: readonly (Spec | null)[],
    key: string,
    kindOf: () => string,
  ): ConcreteFunctionImpl {
    const known = this._traces.get(key) ?? this._served.get(key);
    if (known) return known;
    const kind = kindOf();
    const like = this._kinds.get(kind) ?? [];
    const wider = like.filter((c) => c._specs.every((s, i) => covers(s, specs[i]!)));
    if (wider.length > 0) {
      // The narrowest of them: one that all others cover.
      const best = wider.find((c) =>
        wider.every((other) => other._specs.every((s, i) => covers(s, c._specs[i]!))),
      );
      this._served.set(key, best ?? wider[0]!);
      return best ?? wider[0]!;
    }
    this._kinds.set(kind, like);
    if (!this._generalises || like.length === 0) {
      const made = this._make(args, specs, key);
      like.push(made);
      return made;
    }
    const wide = like.reduce<readonly (Spec | null)[]>(
      (all, c) => all.map((s, i) => (s ? common(s, c._specs[i]!) : s)),
      specs,
    );
    const made = this._make(args, wide, `${kind} ${wide.map((s) => (s ? dimsText(s._dims) : "")).join()}`);
    like.push(made);
    this._served.set(key, made);
    return made;
  }
  private _make(
    args: readonly unknown[],
    specs: readonly (Spec | null)[],
    key: string,
  ): ConcreteFunctionImpl {
    const before = making;
    making = this;
    const made = this._made;
    try {
      const c = new ConcreteFunctionImpl(this.python_function, this._names, args, specs, this.__name__);
      if (this._made > made && !this._first) throw singletons();
      if (this._made > made) {
        // Variables are made when a function is first traced; a second trace must make none.
        this._first = false;
        const again = new ConcreteFunctionImpl(this.python_function, this._names, args, specs, this.__name__);
        if (this._made > made + (this._made - made) / 2 && this._made - made > 0 && this._again(made))
          throw singletons();
        void again;
        this._traces.set(key, again);
        return again;
      }
      this._first = false;
      this._traces.set(key, c);
      return c;
    } finally {
      making = before;
    }
  }
  /** Whether the second trace made variables, too. */
  private _again(made: number): boolean {
    return (this._made - made) % 2 === 0 && this._made - made >= 2;
  }
  override __call__(...args: unknown[]): unknown {
    const own = (): unknown => (this.python_function as (...a: unknown[]) => unknown)(...args);
    if (runEagerly) return own();
    if (currentGraph()) return countedAnew(own);
    const fit = this._fitted(args);
    const kind = (): string => (this.input_signature ? "signature" : structureKey(fit.args, [], "kind"));
    return this._traced(fit.args, fit.specs, fit.key, kind)._run(fit.tensors, fit.args);
  }
  /** The function for arguments of that kind, given as specs or examples. */
  get_concrete_function(...args: unknown[]): ConcreteFunctionImpl {
    const list = args.length === 0 && this.input_signature ? [...this.input_signature] : args;
    const leavesSpec: (Spec | null)[] = [];
    const key: string[] = [];
    const kinds: string[] = [];
    const walk = (x: unknown): unknown => {
      if (x instanceof TensorSpec) {
        const s = x as unknown as Spec;
        leavesSpec.push(s);
        key.push(`t${s.dtype.name}${dimsText(s._dims)}`);
        kinds.push(`t${s.dtype.name}`);
        return x;
      }
      if (Array.isArray(x) && !isTensor(x)) return x.map(walk);
      const leaf = leafOf(x);
      leavesSpec.push(specOf(leaf));
      key.push(leaf.key);
      kinds.push(leaf.kind);
      return x;
    };
    const walked = list.map(walk);
    const required = this.python_function.length;
    if (walked.length < required && !this.input_signature)
      throw this._refuse(`missing a required argument: '${this._names[walked.length] ?? "x"}'`, []);
    if (this.input_signature) return this._traced(walked, leavesSpec, "signature", () => "signature");
    return this._traced(walked, leavesSpec, `[${key.join()}]`, () => `[${kinds.join()}]`);
  }
  experimental_get_tracing_count(): number {
    return this._traces.size;
  }
  pretty_printed_concrete_signatures(): string {
    return [...this._traces.values()].map((c) => c._signature()).join("\n\n");
  }
  __repr__(): string {
    return "<tensorflow.python.eager.polymorphic_function.polymorphic_function.Function object at 0x7f0000000000>";
  }
  override toString(): string {
    return this.__repr__();
  }
}
nameClass("tensorflow.python.eager.polymorphic_function.polymorphic_function.Function", FunctionImpl);
const singletons = (): ValueError =>
  new ValueError(
    "tf.function only supports singleton tf.Variables created on the first call. Make sure the tf.Variable is only created once or created outside tf.function. See https://www.tensorflow.org/guide/function#creating_tfvariables for more information.",
  );
setNoteVariable(() => {
  if (making && currentGraph()) making._made++;
});

interface Options {
  readonly input_signature?: readonly Spec[] | null;
  readonly autograph?: boolean;
  readonly jit_compile?: boolean | null;
  readonly reduce_retracing?: boolean;
}
/** A function that was made by `tf.function`. */
export type Traceable<F extends Any> = FunctionImpl & ((...args: Parameters<F>) => ReturnType<F>);

/**
 * `tf.function`: the function's operations are recorded when it is first called with arguments of a kind (types and shapes
 * of tensors, values of others), and run from the record after that. What it prints by Python's `print` shows when it is traced.
 *
 * **Differs from TensorFlow**: JavaScript's `if`, `while` and `for` run when the function is traced, on what they see then;
 * branches and loops on tensors are `tf.cond` and `tf.while_loop`. (Python's are rewritten by AutoGraph.)
 *
 * @example
 * ```ts
 * import * as tf from "@cognate/tf";
 * import { print, float } from "@cognate/py";
 * const f = tf.function((x: tf.Tensor) => {
 *   print("tracing", x);
 *   return x.mul(2);
 * });
 * print(f(tf.constant(1.5)));
 * print(f(tf.constant(2.5)));
 * // prints
 * // tracing Tensor("x:0", shape=(), dtype=float32)
 * // tf.Tensor(3.0, shape=(), dtype=float32)
 * // tf.Tensor(5.0, shape=(), dtype=float32)
 * ```
 */
export function function_<F extends Any>(func: F, options?: Options): Traceable<F>;
export function function_(options?: Options | null): <F extends Any>(func: F) => Traceable<F>;
export function function_(first?: Any | Options | null, options: Options = {}): unknown {
  const made = (f: Any, own: Options): FunctionImpl =>
    new FunctionImpl(f, own.input_signature ?? null, own.reduce_retracing ?? false);
  if (typeof first === "function") return made(first as Any, options);
  const own = (first ?? {}) as Options;
  return (f: Any) => made(f, own);
}
