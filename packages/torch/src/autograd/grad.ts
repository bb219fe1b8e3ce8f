import { def, RuntimeError, Tuple } from "@cognate/py";
import { AutogradError, runBackward, type Value } from "@cognate/tensor";
import { inTorchWords } from "../errors.js";
import { Tensor, wrap } from "../tensor/tensor.js";
import { GradientEdge, valueAt } from "./edges.js";

/** One tensor or several. */
export type Tensors = Tensor | readonly Tensor[];
/** Tensors or places of the graph, see `torch.autograd.graph.get_gradient_edge`. */
export type Targets = Tensor | GradientEdge | readonly (Tensor | GradientEdge)[];
/** Gradients for several outputs; `null` where ones are meant. */
export type GradTensors = Tensor | readonly (Tensor | null)[] | null;

const listOf = <T>(x: T | readonly T[] | null): T[] =>
  x === null ? [] : Array.isArray(x) ? [...(x as T[])] : [x as T];

const valuesOf = (x: Targets): Value[] =>
  x instanceof Tensor
    ? [x._value]
    : (x instanceof GradientEdge ? [x] : listOf(x as GradientEdge | readonly (Tensor | GradientEdge)[])).map(
        (t) => (t instanceof Tensor ? t._value : valueAt(t)),
      );
const gradsOf = (x: GradTensors): (Value | null)[] =>
  (x instanceof Tensor ? [x] : listOf<Tensor | null>(x as readonly (Tensor | null)[])).map(
    (t) => t?._value ?? null,
  );

/**
 * Adds to the leaves' `grad` the gradients of `tensors`.
 *
 * @throws RuntimeError as PyTorch words it, e.g. "grad can be implicitly created only for scalar outputs"
 */
export const backward = def(
  "torch.autograd.backward",
  "tensors grad_tensors retain_graph create_graph grad_variables inputs",
  (
    tensors: Targets,
    grad_tensors: GradTensors = null,
    retain_graph: boolean | null = null,
    create_graph = false,
    grad_variables: GradTensors = null,
    inputs: Targets | null = null,
  ): void =>
    inTorchWords("backward", () => {
      const options = { createGraph: create_graph, retainGraph: retain_graph ?? create_graph };
      const ys = valuesOf(tensors);
      const gys = gradsOf(grad_tensors ?? grad_variables);
      if (inputs === null) {
        runBackward(ys, gys, null, options);
        return;
      }
      const xs = valuesOf(inputs);
      if (xs.length === 0) throw new RuntimeError("'inputs' argument to backward() cannot be empty.");
      runBackward(ys, gys, xs, options).forEach((g, i) => {
        const x = xs[i]!;
        if (g) x.grad = x.grad ? (x.grad.add(g) as Value) : g;
      });
    }),
);

/**
 * The gradients of `outputs` with respect to `inputs`, as a tuple.
 *
 * @param grad_outputs - the vector of the vector-Jacobian product; ones for scalar outputs
 * @param create_graph - record the backward pass, so that the gradients can be differentiated
 * @param allow_unused - `null` instead of an error for an input that the outputs do not depend on
 * @param materialize_grads - zeros instead of `null`
 *
 * @example
 * ```ts
 * import * as torch from "@cognate/torch";
 * import { print } from "@cognate/py";
 * const x = torch.tensor(3.5, { requires_grad: true });
 * const [g] = torch.autograd.grad(x.pow(3), x, { create_graph: true });
 * const [h] = torch.autograd.grad(g, x);
 * print(g.item(), h.item()); // prints 36.75 21
 * ```
 */
export const grad = def(
  "torch.autograd.grad",
  "outputs inputs grad_outputs retain_graph create_graph only_inputs allow_unused is_grads_batched materialize_grads",
  (
    outputs: Targets,
    inputs: Targets,
    grad_outputs: GradTensors = null,
    retain_graph: boolean | null = null,
    create_graph = false,
    _only_inputs = true,
    allow_unused: boolean | null = null,
    is_grads_batched = false,
    materialize_grads = false,
  ): Tuple<Tensor> =>
    inTorchWords("grad", () => {
      const ys = valuesOf(outputs);
      const xs = valuesOf(inputs);
      const options = {
        createGraph: create_graph,
        retainGraph: (retain_graph ?? create_graph) || is_grads_batched,
      };
      ys.forEach((y, output) => {
        if (!y.requiresGrad) throw new AutogradError({ kind: "no-graph", output });
      });
      xs.forEach((x) => {
        if (!x.requiresGrad)
          throw new RuntimeError("One of the differentiated Tensors does not require grad");
      });
      const run = (gys: readonly (Value | null)[]): (Value | null)[] => {
        const gxs = runBackward(ys, gys, xs, options);
        return gxs.map((g, i) => {
          if (g) return g;
          if (materialize_grads) return xs[i]!.full(xs[i]!.shape, 0);
          if (!allow_unused) throw new AutogradError({ kind: "unused", input: i });
          return null;
        });
      };
      if (!is_grads_batched)
        return Tuple.of_(run(gradsOf(grad_outputs)).map((g) => (g && wrap(g)) as Tensor));
      const batched = gradsOf(grad_outputs) as Value[];
      const n = batched[0]!.shape[0]!;
      const rows = Array.from({ length: n }, (_, k) =>
        run(batched.map((g) => g.indexView({ items: [{ kind: "select", index: k }] }) as Value)),
      );
      return Tuple.of_(
        xs.map((_, i) => {
          const parts = rows.map((r) => r[i]!.indexView({ items: [{ kind: "new" }] }) as Value);
          return wrap(parts[0]!.cat(parts.slice(1), { dim: 0 }) as Value);
        }),
      );
    }),
);
