import { castTo, ops, type Strided, scalarArray } from "@cognate/kernel";
import type { Value } from "@cognate/tensor";
import { defineClass, type Instance, type MetaTable, registerNamespace } from "../class.js";
import { badArgument } from "../errors.js";
import { writeArray } from "../tensor/elements.js";
import { TensorImpl, tensorOf } from "../tensor/tensor.js";
import { dtypeOfTypename } from "../tensor/types.js";
import { deepClone } from "./clone.js";
import { flattenParameters } from "./flat.js";
import { type Call, gradientsOf, handOut, record, type Values } from "./values.js";

/** A module: what it holds and what every module can do. */
export interface Module extends Instance {
  output: unknown;
  gradInput: unknown;
  train: boolean;
  modules?: Module[];
  updateOutput(input: unknown): unknown;
  updateGradInput(input: unknown, gradOutput: unknown): unknown;
  accGradParameters(input: unknown, gradOutput: unknown, scale?: number): void;
  forward(input: unknown): unknown;
  backward(input: unknown, gradOutput: unknown, scale?: number): unknown;
  parameters(): [TensorImpl[], TensorImpl[]];
  reset(stdv?: number): unknown;
  __tostring__(): string;
  __typename: string;
}

/** Classes of modules and criterions by their short names: `nn.Linear(3, 4)`. */
export const nn: Record<string, (...args: never[]) => never> = {};
registerNamespace("nn", nn as unknown as Record<string, unknown>);

export type Method = (this: Module, ...args: never[]) => unknown;

/** Puts methods into a class's table. */
export function addMethods(table: MetaTable, methods: Readonly<Record<string, Method>>): void {
  for (const [name, f] of Object.entries(methods))
    Object.defineProperty(table, name, { value: f, writable: true, configurable: true, enumerable: true });
}

const [moduleTable] = defineClass("nn.Module");
const tensors = (m: Module): TensorImpl[] =>
  Object.values(m).filter((v): v is TensorImpl => v instanceof TensorImpl);

/** `f` called on a module and on all in it, the module first. */
function everywhere(m: Module, f: (m: Module) => void): Module {
  f(m);
  for (const child of m.modules ?? []) everywhere(child, f);
  return m;
}

const methods: Readonly<Record<string, Method>> & ThisType<Module> = {
  __init(this) {
    this.gradInput = tensorOf();
    this.output = tensorOf();
    this.train = true;
  },
  updateOutput(this) {
    return this.output;
  },
  updateGradInput(this) {
    return this.gradInput;
  },
  accGradParameters() {},
  forward(this, input: unknown) {
    return this.updateOutput(input);
  },
  backward(this, input: unknown, gradOutput: unknown, scale = 1) {
    this.updateGradInput(input, gradOutput);
    this.accGradParameters(input, gradOutput, scale);
    return this.gradInput;
  },
  /** Adds `-lr` times the gradients to the parameters at once. */
  accUpdateGradParameters(this, input: unknown, gradOutput: unknown, lr: number) {
    const [, before] = this.parameters();
    const kept = before.map((g) => g.clone());
    (this.zeroGradParameters as Method).call(this);
    this.accGradParameters(input, gradOutput, 1);
    (this.updateParameters as (this: Module, lr: number) => void).call(this, lr);
    this.parameters()[1].forEach((g, i) => g.copy(kept[i]!));
  },
  backwardUpdate(this, input: unknown, gradOutput: unknown, lr: number) {
    this.updateGradInput(input, gradOutput);
    (this.accUpdateGradParameters as (this: Module, ...a: unknown[]) => void).call(
      this,
      input,
      gradOutput,
      lr,
    );
    return this.gradInput;
  },
  __call(this, input: unknown, gradOutput?: unknown) {
    const y = this.forward(input);
    if (gradOutput === undefined) return y;
    return [y, this.backward(input, gradOutput)];
  },
  parameters(this): [TensorImpl[], TensorImpl[]] {
    if (this.modules) {
      const all = this.modules.map((m) => m.parameters());
      return [all.flatMap(([w]) => w), all.flatMap(([, g]) => g)];
    }
    const [w, g]: [TensorImpl[], TensorImpl[]] = [[], []];
    for (const name of ["weight", "bias"])
      if (this[name] instanceof TensorImpl) {
        w.push(this[name]);
        g.push(this[gradName(name)] as TensorImpl);
      }
    return [w, g];
  },
  /** All parameters and all gradients as two vectors whose memory the modules share from now on. */
  getParameters(this): [TensorImpl, TensorImpl] {
    const [w, g] = this.parameters();
    return [flattenParameters(w), flattenParameters(g)];
  },
  zeroGradParameters(this) {
    for (const g of this.parameters()[1]) g.zero();
  },
  updateParameters(this, lr: number) {
    const [w, g] = this.parameters();
    w.forEach((p, i) => accumulate(p, g[i]!._array, -lr));
  },
  training(this) {
    return everywhere(this, (m) => {
      m.train = true;
    });
  },
  evaluate(this) {
    return everywhere(this, (m) => {
      m.train = false;
    });
  },
  reset(this) {
    for (const m of this.modules ?? []) m.reset();
    return this;
  },
  apply(this, f: (m: Module) => void) {
    return everywhere(this, f);
  },
  listModules(this): Module[] {
    const out: Module[] = [];
    everywhere(this, (m) => out.push(m));
    return out;
  },
  findModules(this, name: string): Module[] {
    return (this.listModules as () => Module[]).call(this).filter((m) => m.__typename === name);
  },
  /** The module with f's value in the place of itself and of each module in it. */
  replace(this, f: (m: Module) => Module): Module {
    const out = f(this);
    const children = out.modules;
    children?.forEach((m, i) => {
      children[i] = (m.replace as (f: unknown) => Module).call(m, f);
    });
    return out;
  },
  /** A copy; the parameters named share memory with the original's. */
  clone(this, ...shared: string[]) {
    const copy = deepClone(this) as Module;
    if (shared.length > 0)
      (copy.share as (m: Module, ...names: string[]) => Module).call(copy, this, ...shared);
    return copy;
  },
  share(this, other: Module, ...names: string[]) {
    for (const name of names) {
      const [mine, theirs] = [this[name], other[name]];
      if (mine instanceof TensorImpl && theirs instanceof TensorImpl) mine._array = theirs._array;
    }
    this.modules?.forEach((m, i) =>
      (m.share as (o: Module, ...n: string[]) => Module).call(m, other.modules![i]!, ...names),
    );
    return this;
  },
  type(this, name?: string) {
    if (name === undefined) return (tensors(this)[0] ?? tensorOf()).__typename;
    const dtype = dtypeOfTypename(name);
    if (!dtype) throw badArgument(1, "type", `${name} names no tensor`);
    return everywhere(this, (m) => {
      for (const t of tensors(m)) if (t._array.dtype.kind === "float") t._array = castTo(t._array, dtype);
    });
  },
  float(this) {
    return (this.type as (name: string) => unknown).call(this, "torch.FloatTensor");
  },
  double(this) {
    return (this.type as (name: string) => unknown).call(this, "torch.DoubleTensor");
  },
  /** Forgets outputs and gradients of inputs. */
  clearState(this) {
    return everywhere(this, (m) => {
      m.output = tensorOf();
      m.gradInput = tensorOf();
      calls.delete(m);
    });
  },
  __tostring__(this) {
    return this.__typename;
  },
  toString(this) {
    return this.__tostring__();
  },
  __str__(this) {
    return this.__tostring__();
  },
};
addMethods(moduleTable, methods);

/** `weight` → `gradWeight`. */
export const gradName = (name: string): string => `grad${name[0]!.toUpperCase()}${name.slice(1)}`;

/** t += factor·x */
export function accumulate(t: TensorImpl, x: Strided, factor: number): void {
  const scaled =
    factor === 1 ? x : (ops.mul.run([x, scalarArray(factor, x.dtype)], undefined as never) as Strided);
  const own = castTo(scaled, t._array.dtype);
  const like = t.isSize(own.shape) ? own : (ops.reshape.run([own], { shape: t._array.shape }) as Strided);
  writeArray(t._array, ops.add.run([t._array, like], undefined as never) as Strided);
}

const calls = new WeakMap<
  object,
  Call & { gradients?: { of: unknown; parameters: Readonly<Record<string, Value>> } }
>();

/** A stock module. */
export interface ModuleSpec {
  /** The parent class; `nn.Module` if it is left out. */
  readonly parent?: string;
  /** Sets fields from the constructor's arguments. */
  readonly init?: Method;
  /** Names of the fields that learn, in order. Those that are not tensors (no bias) are left out. */
  readonly parameters?: readonly string[];
  /** Before each forward call: noise is drawn here, statistics are updated. */
  readonly prepare?: (this: Module, input: unknown) => void;
  /** What the module computes. */
  readonly forward: (this: Module, x: never, p: Readonly<Record<string, Value>>) => Values;
  readonly text?: (this: Module) => string;
  readonly methods?: Readonly<Record<string, Method>>;
}

/** Defines a stock module: both backward methods follow from its function. */
export function defineModule(
  name: string,
  { parent = "nn.Module", init, parameters = [], prepare, forward, text, methods }: ModuleSpec,
): void {
  const [table] = defineClass(name, parent);
  const held = (m: Module): Record<string, TensorImpl> =>
    Object.fromEntries(
      parameters.filter((p) => m[p] instanceof TensorImpl).map((p) => [p, m[p] as TensorImpl]),
    );
  const run = (m: Module, input: unknown): Call =>
    record(input, held(m), (x, p) => forward.call(m, x as never, p));
  const callFor = (
    m: Module,
    input: unknown,
  ): Call & { gradients?: { of: unknown; parameters: Readonly<Record<string, Value>> } } => {
    const known = calls.get(m);
    if (known && known.source === input) return known;
    const call = run(m, input);
    calls.set(m, call);
    return call;
  };
  addMethods(table, {
    ...(init && {
      __init(this: Module, ...args: never[]) {
        (moduleTable.__init as Method).call(this);
        (init as Method).apply(this, args);
        for (const p of parameters)
          if (this[p] instanceof TensorImpl && this[gradName(p)] === undefined)
            this[gradName(p)] = (this[p] as TensorImpl).clone().zero();
      },
    }),
    updateOutput(this: Module, input: unknown) {
      prepare?.call(this, input);
      const call = run(this, input);
      calls.set(this, call);
      this.output = handOut(call.outputs, this.output);
      return this.output;
    },
    updateGradInput(this: Module, input: unknown, gradOutput: unknown) {
      const call = callFor(this, input);
      const gradients = gradientsOf(call, () => run(this, input), gradOutput);
      call.gradients = { of: gradOutput, parameters: gradients.parameters };
      this.gradInput = handOut(gradients.inputs, this.gradInput);
      return this.gradInput;
    },
    accGradParameters(this: Module, input: unknown, gradOutput: unknown, scale = 1) {
      if (parameters.length === 0) return;
      const call = callFor(this, input);
      const known = call.gradients;
      const found =
        known && known.of === gradOutput
          ? known.parameters
          : gradientsOf(call, () => run(this, input), gradOutput).parameters;
      call.gradients = undefined;
      for (const [p, g] of Object.entries(found)) accumulate(this[gradName(p)] as TensorImpl, g.array, scale);
    },
    ...(parameters.length > 0 && {
      parameters(this: Module): [TensorImpl[], TensorImpl[]] {
        const names = Object.keys(held(this));
        return [names.map((n) => this[n] as TensorImpl), names.map((n) => this[gradName(n)] as TensorImpl)];
      },
    }),
    ...(text && { __tostring__: text }),
    ...methods,
  });
}
