import type { DType, Shape } from "@cognate/kernel";
import type { Value } from "../value.js";

let nextSequence = 0;

/** Where a gradient goes: an input of another node's call (by the output that it was), or a leaf. */
export interface Edge {
  readonly node: GraphNode;
  readonly output: number;
}

/** A gradient on its way, and whether nobody else holds its memory. */
export interface Flow {
  value: Value;
  owned: boolean;
}

/** What a backward pass knows of a node while it runs. */
export class Visit {
  /** How many gradients the node still waits for. */
  waiting = 0;
  /** What has arrived, by output. */
  flows: (Flow | null)[] | null = null;

  constructor(
    readonly pass: object,
    readonly node: GraphNode,
    /** That of the pass around this one. */
    readonly outer: Visit | null,
  ) {}
}

/** A point of the graph: a recorded call, or a leaf that gathers its gradient. */
export abstract class GraphNode {
  /** Order of creation; backward runs from large to small. */
  readonly sequence: number = nextSequence++;
  edges: readonly (Edge | null)[] = [];
  /** Called with the gradients that the node received, before it runs; may replace them. */
  preHooks: ((gys: (Value | null)[]) => (Value | null)[] | void)[] | undefined;
  /** Called with the gradients that the node made; may replace them. */
  postHooks: ((gxs: (Value | null)[], gys: (Value | null)[]) => (Value | null)[] | void)[] | undefined;
  /** By output: called with the gradient of that output, in order; may replace it. */
  tensorHooks: Map<number, ((g: Value) => Value | null | undefined | void)[]> | undefined;
  /** By output: values that keep their gradient although they are no leaves. */
  retained: Map<number, Value> | undefined;
  /** What façades show as the node's name, where it differs from the row's. */
  label: string | undefined;
  /** Set while a backward pass runs that gets to this node. */
  visit: Visit | null = null;
  /** Notes of façades: anomaly traces, wrappers. */
  notes: Map<symbol, unknown> | undefined;

  abstract readonly name: string;
  /** Number of gradients that the node takes. */
  abstract readonly outputs: number;
  /** Gradients for {@link edges} from those of the outputs. */
  abstract run(gys: readonly (Value | null)[], createGraph: boolean): readonly (Value | null | undefined)[];
  /** Drops what was saved. */
  abstract release(): void;
  /** Shape and type that the gradient of an output must have. */
  abstract meta(output: number): { readonly shape: Shape; readonly dtype: DType };
}

/** The end of the line: adds what arrives to the leaf's gradient. */
export class LeafNode extends GraphNode {
  /** Leaves take what has arrived before any other node runs. */
  override readonly sequence = Number.POSITIVE_INFINITY;
  /** Called after the gradient was added. */
  afterHooks: ((leaf: Value) => void)[] | undefined;

  constructor(readonly leaf: Value) {
    super();
  }
  get name(): string {
    return this.label ?? "accumulate";
  }
  get outputs(): number {
    return 1;
  }
  meta(): { shape: Shape; dtype: DType } {
    return this.leaf.array;
  }
  run(): readonly [] {
    return [];
  }
  release(): void {}
}
