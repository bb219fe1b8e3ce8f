import { GradientTape, nest, run } from "@cognate/keras/tensorflow";
import { eye as kernelEye, ops } from "@cognate/kernel";
import { def, method, str, Tuple, type_name, ValueError } from "@cognate/py";
import { CustomNode } from "@cognate/tensor";
import { currentGraph, isGraphTensor } from "../core/context.js";
import { isTensor, toTensor } from "../core/convert.js";
import { customGradientNode } from "../graph/custom-gradient.js";
import type { Graph } from "../graph/graph.js";
import type { GraphTensor } from "../graph/tensor.js";
import { Tensor, Value } from "../shared.js";
import { IndexedSlices } from "../variable/indexed-slices.js";

/* What TensorFlow's tapes do beyond Keras's: derivatives of lists, of batches, rows of lookups, gradients of one's own. */

/** An error that tells `tf.function` to run eagerly: a graph has no numbers to look at. */
export class NeedsNumbers extends Error {
  override readonly name = "NeedsNumbers";
}

const prototype = Object.getPrototypeOf((GradientTape as unknown as () => object)()) as Record<
  string,
  (...a: never[]) => unknown
>;
const own = {
  watch: prototype["watch"]!,
  gradient: prototype["gradient"]!,
  jacobian: prototype["jacobian"]!,
};

const symbolic = (x: unknown): boolean => nest.flatten(x).some((v) => isGraphTensor(v));
/** Lists that hold tensors stand for them; other data is refused below. */
const guard = (...xs: readonly unknown[]): void => {
  if (currentGraph() || xs.some(symbolic))
    throw new NeedsNumbers("A tape inside of a function runs eagerly.");
};
/** Rows of a table, where a gradient is of lookups alone. */
interface Sliced {
  readonly reads?: readonly { readonly ids: Value; readonly gy: Value }[];
}
Object.assign(prototype, {
  watch(this: object, tensor: unknown): void {
    guard(tensor);
    for (const x of nest.flatten(tensor))
      if (typeof x !== "object" && typeof x !== "function")
        throw new ValueError(
          `Passed in object ${str(x)} of type '${type_name(x)}', not tf.Tensor or tf.Variable or ExtensionType.`,
        );
    own.watch.call(this as never, nest.map((x: unknown) => x, tensor) as never);
  },
  gradient(this: object, ...args: unknown[]): unknown {
    guard(args[0], args[1]);
    const out = (own.gradient as (...a: unknown[]) => unknown).apply(this, args);
    return nest.map((g: unknown) => rowsOf(g), out);
  },
  jacobian: method(
    def(
      "GradientTape.jacobian",
      "self target sources:dict unconnected_gradients parallel_iterations experimental_use_pfor",
      (
        self: object,
        target: unknown,
        sources: unknown,
        unconnected = "none",
        _p: unknown = null,
        _pfor = true,
      ): unknown => {
        guard(target, sources);
        if (nest.flatten(target).length > 1)
          return nest.map(
            (t: unknown) => (own.jacobian as (...a: unknown[]) => unknown).call(self, t, sources),
            target,
          );
        const out = (own.jacobian as (...a: unknown[]) => unknown).call(self, target, sources);
        if (String(unconnected) !== "zero") return out;
        const y = toTensor(nest.flatten(target)[0]);
        const flat = nest.flatten(sources) as Tensor[];
        return nest.pack(
          sources,
          nest
            .flatten(out)
            .map((g, i) => g ?? new Tensor(y._value.full([...y.shape, ...flat[i]!.shape], 0) as Value)),
        );
      },
    ),
  ),
  /** Derivatives of each example's outputs in its own inputs: `[batch, …outputs, …inputs]`. */
  batch_jacobian: method(
    def(
      "GradientTape.batch_jacobian",
      "self target source unconnected_gradients parallel_iterations experimental_use_pfor",
      (
        self: TapeInside,
        target: Tensor,
        source: Tensor,
        unconnected = "none",
        _p: unknown = null,
        _pfor = true,
      ): Tensor | null => {
        guard(target, source);
        self._use();
        const y = target._value;
        const n = y.shape[0]!;
        const inner = y.size / Math.max(n, 1);
        const eye = new Value(kernelEye(y.dtype, inner));
        const rows: (Value | null)[] = [];
        for (let i = 0; i < inner; i++) {
          const one = eye.slice({ dim: 0, start: i, step: 1, length: 1 });
          const gy = one.expand({ shape: [n, inner] }).reshape({ shape: y.shape }) as Value;
          rows.push(self._gradients([y], [gy], [source])[0] ?? null);
        }
        if (rows.some((r) => r === null))
          return String(unconnected) === "zero"
            ? new Tensor(y.full([...y.shape, ...source.shape.slice(1)], 0) as Value)
            : null;
        const all = run(ops.stack, rows as Value[], { dim: 1 });
        return new Tensor(
          all.reshape({ shape: [n, ...y.shape.slice(1), ...source._value.shape.slice(1)] }) as Value,
        );
      },
    ),
  ),
});
interface TapeInside {
  _use(): void;
  _gradients(
    outputs: readonly Value[],
    gys: readonly (Value | null)[],
    sources: readonly unknown[],
  ): (Value | null)[];
}
function rowsOf(g: unknown): unknown {
  if (!(g instanceof Tensor)) return g;
  const v = g._value as unknown as Sliced & Value;
  const reads = (v as { reads?: Sliced["reads"] }).reads;
  if (!reads || reads.length === 0) return g;
  const width = g.shape.slice(1);
  const flat = reads.map(({ ids, gy }) => ({
    ids: ids.reshape({ shape: [ids.size] }) as Value,
    gy: gy.reshape({ shape: [ids.size, ...width] }) as Value,
  }));
  const ids =
    flat.length === 1
      ? flat[0]!.ids
      : run(
          ops.cat,
          flat.map((f) => f.ids),
          { dim: 0 },
        );
  const values =
    flat.length === 1
      ? flat[0]!.gy
      : run(
          ops.cat,
          flat.map((f) => f.gy),
          { dim: 0 },
        );
  const slices = new IndexedSlices(
    new Tensor(values.detach() as Value),
    new Tensor(ids),
    toTensor([...g.shape]),
  );
  // What the table was used for besides makes the gradient a whole one.
  const rest = slices._value.sub(v).abs().amax() as Value;
  return Number(rest.array.data[rest.array.offset]) > 1e-5 ? g : slices;
}

/** `tf.UnconnectedGradients`. */
export const UnconnectedGradients = { NONE: "none", ZERO: "zero" } as const;

type GradFn = (...dys: never[]) => unknown;
/**
 * `tf.custom_gradient`: a function that gives its value and the function of its gradient.
 *
 * @param f - gives `[y, grad]`; `grad(dy)` gives one gradient an argument
 *
 * @example
 * ```ts
 * import * as tf from "@cognate/tf";
 * import { print } from "@cognate/py";
 * const f = tf.custom_gradient((x: tf.Tensor) => [x.mul(x), (dy: tf.Tensor) => dy.mul(10)]);
 * const x = tf.constant([1.5, 2]);
 * const tape = tf.GradientTape();
 * tape.watch(x);
 * const y = tape.record(() => f(x)) as tf.Tensor;
 * print(tape.gradient(y, x)); // prints tf.Tensor([10. 10.], shape=(2,), dtype=float32)
 * ```
 */
export function custom_gradient<F extends (...args: never[]) => unknown>(
  f: F,
): (...args: Parameters<F>) => unknown {
  const wrapped = (...args: unknown[]): unknown => {
    const inputs = args.map((a) =>
      isTensor(a) || Array.isArray(a) || typeof a === "number" ? toTensor(a) : a,
    ) as Tensor[];
    const [value, grad] = f(...(inputs as never[])) as unknown as readonly [unknown, GradFn];
    const tensors = inputs.filter((x) => x instanceof Tensor && !isGraphTensor(x));
    const nodes = inputs.filter(isGraphTensor) as unknown as GraphTensor[];
    if (nodes.length > 0) {
      const ys = nest.flatten(value).map((y) => toTensor(y)) as unknown as GraphTensor[];
      const out = customGradientNode(nodes[0]!.graph as Graph, ys, nodes, (dys) => {
        const got = (grad as unknown as (...d: unknown[]) => unknown)(...dys);
        const list = Array.isArray(got) && !isTensor(got) ? (got as unknown[]) : [got];
        return nodes.map((_, i) =>
          list[i] === null || list[i] === undefined ? null : (toTensor(list[i]) as unknown as GraphTensor),
        );
      });
      return nest.pack(value, out as never);
    }
    const values = tensors.map((t) => t._value);
    const outs = nest.flatten(value).map((y) => toTensor(y)._value.detach() as Value);
    if (!values.some((v) => v.requiresGrad)) return value;
    const node = new CustomNode(
      "CustomGradient",
      values,
      outs.map((y) => ({ shape: y.shape, dtype: y.dtype })),
      (gys) => {
        const dys = outs.map((y, i) => new Tensor(gys[i] ?? (y.full(y.shape, 0) as Value)));
        const got = (grad as unknown as (...d: unknown[]) => unknown)(...dys);
        const list = Array.isArray(got) && !isTensor(got) ? (got as unknown[]) : [got];
        return tensors.map((_, i) =>
          list[i] === null || list[i] === undefined ? null : toTensor(list[i])._value,
        );
      },
    );
    outs.forEach((y, k) => void y.setNode(node, k));
    return nest.pack(value, outs.map((y) => new Tensor(y)) as never);
  };
  return wrapped as never;
}
/** `tf.recompute_grad`: here the function itself, as nothing is saved by recomputing. */
export const recompute_grad = <F extends (...args: never[]) => unknown>(f: F): F => f;
/** `tf.grad_pass_through`: gradients go past the function as if it were the identity. */
export const grad_pass_through = <F extends (...args: never[]) => unknown>(
  f: F,
): ((...args: Parameters<F>) => unknown) =>
  custom_gradient(((...args: never[]) => [
    f(...args),
    (...dys: unknown[]) => (dys.length > 1 ? Tuple.of_(dys) : dys[0]),
  ]) as never) as never;
