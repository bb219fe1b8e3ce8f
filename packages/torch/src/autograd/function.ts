import { NotImplementedError, RuntimeError, Tuple } from "@cognate/py";
import {
  CustomNode,
  forward,
  gradEnabled,
  innermostOf,
  noGrad,
  savedHooks,
  tangentOf,
  Value,
  withMode,
  withoutTangent,
} from "@cognate/tensor";
import { Tensor, wrap } from "../tensor/tensor.js";
import { attachTangent } from "./forward_ad.js";

/** What `forward` and `backward` of a {@link Function} share. */
export class FunctionCtx {
  /** By argument: whether a gradient is wanted. */
  needs_input_grad: Tuple<boolean> = new Tuple();
  private _unpack: () => Tuple<Tensor | null> = () => new Tuple();
  readonly _nonDifferentiable = new Set<Tensor>();
  readonly _dirty = new Set<Tensor>();
  _materialize = true;
  [name: string]: unknown;

  /** What {@link save_for_forward} kept for `jvp`. */
  _forwardTensors: Tuple<Tensor | null> = new Tuple();

  /** Keeps tensors for `jvp`. */
  save_for_forward(...tensors: (Tensor | null)[]): void {
    this._forwardTensors = Tuple.of_(tensors);
  }
  /** What {@link save_for_backward} kept. */
  get saved_tensors(): Tuple<Tensor | null> {
    return this._unpack();
  }
  save_for_backward(...tensors: (Tensor | null)[]): void {
    const kept = Tuple.of_(tensors);
    this._unpack = () => kept;
  }
  /** Hands what was kept to the hooks in force. */
  _pack(): void {
    const hooks = savedHooks();
    if (!hooks) return;
    const packed = this.saved_tensors.map((t) => t && ([t._value, hooks.pack(t._value)] as const));
    this._unpack = () =>
      Tuple.of_(
        packed.map((p) => {
          if (!p) return null;
          const [old, data] = p;
          const y = new Value(hooks.unpack(data).array, old.node, old.output);
          if (old.leafNode) y.shareLeaf(old.leafNode);
          return wrap(y);
        }),
      );
  }
  /** What `f` gives while {@link saved_tensors} are those for `jvp`. */
  _forJvp<T>(f: () => T): T {
    const before = this._unpack;
    this._unpack = () => this._forwardTensors;
    try {
      return f();
    } finally {
      this._unpack = before;
    }
  }
  mark_non_differentiable(...outputs: Tensor[]): void {
    for (const t of outputs) this._nonDifferentiable.add(t);
  }
  mark_dirty(...inputs: Tensor[]): void {
    for (const t of inputs) this._dirty.add(t);
  }
  /** Whether `backward` gets zeros (`true`) or `null` for outputs without a gradient. */
  set_materialize_grads(value: boolean): void {
    this._materialize = value;
  }
}

type Results = Tensor | readonly (Tensor | null)[];

/**
 * `torch.autograd.Function`: an operation whose derivative the user writes. `apply` calls the static `forward(ctx, …)`
 * without recording, and `backward(ctx, …)` gives one gradient an argument.
 *
 * @example
 * ```ts
 * import * as torch from "@cognate/torch";
 * import { print } from "@cognate/py";
 * class Square extends torch.autograd.Function {
 *   static forward(ctx: torch.autograd.FunctionCtx, x: torch.Tensor) {
 *     ctx.save_for_backward(x);
 *     return x.mul(x);
 *   }
 *   static backward(ctx: torch.autograd.FunctionCtx, g: torch.Tensor) {
 *     return ctx.saved_tensors[0]!.mul(2).mul(g);
 *   }
 * }
 * const x = torch.tensor(3.5, { requires_grad: true });
 * Square.apply(x).backward();
 * print(x.grad); // prints tensor(7.)
 * ```
 */
class FunctionClass {
  /** The computation; tensors that `backward` needs are kept by `ctx.save_for_backward`. */
  static forward(..._args: never[]): Results {
    throw new Error("You must implement the forward function for custom autograd.Function.");
  }
  /** Notes what backward needs, where `forward` takes no ctx. */
  static setup_context?: (ctx: FunctionCtx, inputs: Tuple<unknown>, output: Results) => void;
  /** Gradients of the arguments from those of the results. */
  static backward(..._args: never[]): Tensor | null | readonly (Tensor | null)[] {
    throw new Error(
      "You must implement either the backward or vjp method for your custom autograd.Function to use it with backward mode AD.",
    );
  }

  /** Tangents of the results from those of the arguments, for forward mode. */
  static jvp(..._args: never[]): Tensor | null | readonly (Tensor | null)[] {
    throw new NotImplementedError(
      "You must implement the jvp function for custom autograd.Function to use it with forward mode AD.",
    );
  }

  /** Calls `forward` and notes the call; carries tangents forward. */
  static override_apply(...args: unknown[]): Results {
    return this._call(new FunctionCtx(), args);
  }

  static _call(ctx: FunctionCtx, args: readonly unknown[]): Results {
    const valueOf = (a: unknown): Value | null => (a instanceof Tensor ? a._value : null);
    const level = forward.depth > 0 ? innermostOf(args.map(valueOf)) : null;
    if (level === null) return this._record(ctx, args);
    const tangents = args.map((a) => {
      const x = valueOf(a);
      if (x === null) return null;
      const t = tangentOf(x, level);
      return t ? wrap(t) : ctx._materialize ? wrap(x.full(x.shape, 0) as Value) : null;
    });
    const output = this._call(
      ctx,
      args.map((a) => (a instanceof Tensor ? wrap(withoutTangent(a._value, level)) : a)),
    );
    const outs = (Array.isArray(output) ? output : [output]) as (Tensor | null)[];
    const jvp = this.jvp as unknown as (...a: unknown[]) => Tensor | null | readonly (Tensor | null)[];
    const pushed = ctx._forJvp(() => jvp.call(this, ctx, ...tangents));
    const list = (Array.isArray(pushed) ? pushed : [pushed]) as (Tensor | null)[];
    if (list.length !== outs.length)
      throw new RuntimeError(
        `Function's jvp returned an invalid number of forward gradients (expected ${outs.length} but got ${list.length})`,
      );
    outs.forEach((y, k) => {
      const t = list[k];
      if (y && t && !ctx._nonDifferentiable.has(y)) attachTangent(y._value, level, t._value);
    });
    return output;
  }

  static _record(ctx: FunctionCtx, args: readonly unknown[]): Results {
    const inputs = args.map((a) => (a instanceof Tensor ? a._value : null));
    ctx.needs_input_grad = Tuple.of_(inputs.map((v) => v?.requiresGrad ?? false));
    const record = gradEnabled() && ctx.needs_input_grad.some(Boolean);
    const compute = this.forward as unknown as (...a: unknown[]) => Results;
    const output = noGrad(() => {
      if (!this.setup_context) return compute.call(this, ctx, ...args);
      const out = compute.apply(this, args as unknown[]);
      this.setup_context(ctx, Tuple.of_(args), out);
      return out;
    });
    const tensors = (Array.isArray(output) ? output : [output]) as (Tensor | null)[];
    // A result that is an argument itself must not become its own history.
    const results = tensors.map((t) => {
      if (!(t instanceof Tensor) || ctx._dirty.has(t) || !args.includes(t)) return t;
      return wrap(t._value.reshape({ shape: t._value.shape }) as Value);
    });
    if (record) {
      ctx._pack();
      const outs = results.filter((t): t is Tensor => t instanceof Tensor);
      const node = new CustomNode(
        `${this.name}Backward`,
        inputs,
        outs.map((t) => t._value.array),
        (gys, createGraph) => this._differentiate(ctx, outs, gys, createGraph),
      );
      outs.forEach((t, k) => {
        if (
          !ctx._nonDifferentiable.has(t) &&
          (t._value.dtype.kind === "float" || t._value.dtype.kind === "complex")
        )
          t._value.setNode(node, k);
      });
    }
    return Array.isArray(output) ? Tuple.of_(results as Tensor[]) : (results[0] as Tensor);
  }

  static _differentiate(
    ctx: FunctionCtx,
    outs: readonly Tensor[],
    gys: readonly (Value | null)[],
    createGraph: boolean,
  ): (Value | null)[] {
    const gs = gys.map((g, k) => {
      if (g) return wrap(g);
      return ctx._materialize ? wrap(outs[k]!._value.full(outs[k]!._value.shape, 0) as Value) : null;
    });
    const backward = this.backward as unknown as (
      ...a: unknown[]
    ) => Tensor | null | readonly (Tensor | null)[];
    const gxs = withMode({ grad: createGraph }, () => backward.call(this, ctx, ...gs));
    const list = (Array.isArray(gxs) ? gxs : [gxs]) as (Tensor | null | undefined)[];
    return ctx.needs_input_grad.map((_, i) => list[i]?._value ?? null);
  }
}

type Args<F> = F extends (ctx: never, ...rest: infer A) => unknown ? A : never;

interface FunctionStatics {
  /** Calls `forward` and notes the call for `backward`. */
  apply<F extends { forward(...args: never[]): unknown }>(
    this: F,
    ...args: Args<F["forward"]>
  ): F["forward"] extends (...a: never[]) => infer R ? R : never;
}

// `apply` is JavaScript's on every class; as in Python it is the operation here.
Object.defineProperty(FunctionClass, "apply", { value: FunctionClass.override_apply, configurable: true });

export const Function = FunctionClass as unknown as Omit<
  typeof FunctionClass,
  "apply" | "override_apply" | "_call" | "_record" | "_differentiate"
> &
  FunctionStatics &
  (new () => FunctionClass);
