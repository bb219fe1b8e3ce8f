import type { DType, Shape } from "@cognate/kernel";
import { AutogradError } from "../errors.js";
import type { Value } from "../value.js";
import { type Edge, GraphNode } from "./node.js";

/** A node whose derivative a user wrote. */
export class CustomNode extends GraphNode {
  readonly #outs: readonly { shape: Shape; dtype: DType }[];
  #run:
    | ((gys: readonly (Value | null)[], createGraph: boolean) => readonly (Value | null | undefined)[])
    | null;

  constructor(
    readonly name: string,
    inputs: readonly (Value | null)[],
    outs: readonly { shape: Shape; dtype: DType }[],
    run: (gys: readonly (Value | null)[], createGraph: boolean) => readonly (Value | null | undefined)[],
  ) {
    super();
    this.#outs = outs;
    this.#run = run;
    this.edges = inputs.map((x): Edge | null => x?.edge() ?? null);
  }

  get outputs(): number {
    return this.#outs.length;
  }
  meta(output: number): { shape: Shape; dtype: DType } {
    return this.#outs[output]!;
  }
  run(gys: readonly (Value | null)[], createGraph: boolean): readonly (Value | null | undefined)[] {
    if (!this.#run) throw new AutogradError({ kind: "freed", node: this.name });
    return this.#run(gys, createGraph);
  }
  release(): void {
    this.#run = null;
  }
}
