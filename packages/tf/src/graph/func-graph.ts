import { getGlobalSeed } from "@cognate/keras/tensorflow";
import { Graph } from "./graph.js";
import type { GraphTensor } from "./tensor.js";

/**
 * The graph of a function, a branch or a loop's body. Tensors of the graphs around become inputs of it when they are used.
 */
export class FuncGraph extends Graph {
  override readonly outer: Graph | null;
  /** What the function is called with, then what it captured. */
  readonly inputs: GraphTensor[] = [];
  /** Tensors of the graph around, in the order of their inputs. */
  readonly captured: GraphTensor[] = [];
  outputs: GraphTensor[] = [];
  private readonly _captures = new Map<GraphTensor, GraphTensor>();

  /** @param outer - the graph around; `null` for functions that stand for themselves */
  constructor(
    readonly title: string,
    outer: Graph | null,
    v2?: boolean,
  ) {
    super(v2 ?? outer?._v2);
    this.outer = outer;
    if (outer) {
      Object.defineProperty(this, "names", { value: outer.names });
      Object.defineProperty(this, "collections", { value: outer.collections });
      this.seed = outer.seed;
      return;
    }
    const seed = getGlobalSeed();
    this.seed = seed === undefined ? null : Number(seed % 2147483647n);
  }

  /** Branches of TensorFlow 1 count on in the graph around. */
  override nextSeed(): number {
    return this.outer && !this._v2 ? this.outer.nextSeed() : super.nextSeed();
  }

  /** An input of the function. */
  input(like: Pick<GraphTensor, "dtype" | "_dims">, name: string): GraphTensor {
    const t = this.addOp({
      type: "Placeholder",
      name,
      attrs: { dtype: like.dtype, shape: like._dims },
      outputs: [[like.dtype, like._dims]],
      controls: [],
    }).outputs[0]!;
    this.inputs.push(t);
    return t;
  }

  override capture(t: GraphTensor): GraphTensor {
    if (t.graph === this) return t;
    const known = this._captures.get(t);
    if (known) return known;
    if (!this.outer) return super.capture(t);
    const own = this.outer.capture(t);
    const name = `${t.op.name.split("/").at(-1)!}_captured`;
    const inside = this.addOp({
      type: "Placeholder",
      name,
      attrs: { dtype: own.dtype, shape: own._dims, captured: own },
      outputs: [[own.dtype, own._dims]],
      controls: [],
    }).outputs[0]!;
    this.captured.push(own);
    this._remember(t, inside);
    this.captureInputs.push(inside);
    return inside;
  }
  /** The inputs that stand for {@link captured}. */
  readonly captureInputs: GraphTensor[] = [];

  private _remember(t: GraphTensor, inside: GraphTensor): GraphTensor {
    this._captures.set(t, inside);
    return inside;
  }
}
