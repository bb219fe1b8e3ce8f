import { ValueError } from "@cognate/py";
import { float32 } from "../../core/dtypes.js";
import { toGraphTensor } from "../../graph/convert.js";
import { get_default_graph } from "../../graph/current.js";
import type { Graph } from "../../graph/graph.js";
import type { GraphTensor } from "../../graph/tensor.js";
import { v1 } from "../make.js";
import { node } from "../random-ops.js";
import { Reduction, weighted } from "./weighted.js";

/* What losses have in common: a scope, weights, and a collection for what becomes one number. */

/** How a loss goes on with its elements: weighted, made one, and collected. */
export type Finish = (losses: GraphTensor, weights?: unknown) => GraphTensor;
type Make = (g: Graph, given: Given, finish: Finish) => GraphTensor;
/** A parameter that was given, or what stands for it. */
export type Given = (name: string, otherwise?: unknown) => unknown;

/** The parameters that end each loss's. */
export const TAIL = "scope loss_collection reduction" as const;

/**
 * A loss by its own parameters; those that all have stand where `weights` and `TAIL` do.
 *
 * @param required - how many parameters have no default
 * @param title - its scope, where none is given
 */
export function loss<const S extends string>(
  name: string,
  signature: S,
  required: number,
  make: Make,
  title: string = name,
) {
  const names = signature.split(" ");
  const impl = (...args: unknown[]): GraphTensor => {
    const given: Given = (key, otherwise = null) => {
      const own = args[names.indexOf(key)];
      return own === undefined ? otherwise : own;
    };
    const g = get_default_graph();
    const finish: Finish = (losses, weights = given("weights", 1)) =>
      weighted(
        g,
        losses,
        weights,
        given("loss_collection", "losses") as string | null,
        given("reduction", Reduction.SUM_BY_NONZERO_WEIGHTS) as string,
      );
    for (const key of REQUIRED)
      if (names.indexOf(key) >= 0 && names.indexOf(key) < required && given(key) === null)
        throw new ValueError(`Argument \`${key}\` must not be None.`);
    return g.scoped((given("scope") as string | null) ?? title, () => make(g, given, finish));
  };
  Object.defineProperty(impl, "length", { value: required });
  return v1(name, signature, impl);
}
const REQUIRED = ["labels", "predictions", "logits"] as const;

/** @throws ValueError */
export function compatibleShapes(p: GraphTensor, l: GraphTensor): void {
  if (p._dims === null || l._dims === null) return;
  const fits =
    p._dims.length === l._dims.length &&
    p._dims.every((d, i) => d === null || l._dims![i] === null || d === l._dims![i]);
  if (!fits) throw new ValueError(`Shapes ${p.shape} and ${l.shape} are incompatible`);
}
export const asFloat = (g: Graph, x: unknown): GraphTensor => {
  const t = toGraphTensor(g, x);
  return t.dtype === float32 ? t : node(g, "Cast", [t], { DstT: float32 });
};

type Elementwise = (g: Graph, predictions: GraphTensor, labels: GraphTensor, given: Given) => GraphTensor;

/** A loss of differences: labels and predictions as floats of one shape. */
export const elementwise = <const S extends string>(
  name: string,
  signature: S,
  f: Elementwise,
  title: string = name,
) => {
  const second = signature.split(" ")[1]!;
  return loss(
    name,
    signature,
    2,
    (g, given, finish) => {
      const [p, l] = [asFloat(g, given(second)), asFloat(g, given("labels"))];
      compatibleShapes(p, l);
      return finish(f(g, p, l, given));
    },
    title,
  );
};
