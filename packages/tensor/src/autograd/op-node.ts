import {
  type DType,
  isScalar,
  type OpRow,
  type Scalar,
  type Shape,
  Strided,
  type VjpContext,
} from "@cognate/kernel";
import { AutogradError } from "../errors.js";
import { Value } from "../value.js";
import { type Edge, GraphNode } from "./node.js";
import { Saved } from "./saved.js";

/** The call of a row, recorded. */
export class OpNode extends GraphNode {
  private readonly _row: OpRow;
  private readonly _params: unknown;
  private readonly _inputs: readonly (Strided | Scalar | null)[];
  private readonly _outs: readonly { shape: Shape; dtype: DType }[];
  /** In the order of the row's `saves`; of a variadic row in that of the inputs. */
  private _saved: (Saved | null)[] | null = null;
  private _freed = false;

  constructor(
    row: OpRow,
    params: unknown,
    inputs: readonly (Value | Scalar | null)[],
    outs: readonly { shape: Shape; dtype: DType }[],
  ) {
    super();
    this._row = row;
    this._params = params;
    const n = inputs.length;
    const facts = new Array<Strided | Scalar | null>(n);
    const edges = new Array<Edge | null>(n);
    for (let i = 0; i < n; i++) {
      const x = inputs[i]!;
      if (x instanceof Value) {
        facts[i] = x.array;
        edges[i] = x.edge();
      } else {
        facts[i] = x;
        edges[i] = null;
      }
    }
    this._inputs = facts;
    this._outs = outs;
    this.edges = edges;
  }

  get name(): string {
    return this.label ?? this._row.name;
  }
  get outputs(): number {
    return this._outs.length;
  }
  meta(output: number): { shape: Shape; dtype: DType } {
    return this._outs[output]!;
  }
  get row(): OpRow {
    return this._row;
  }

  /** Keeps what the row's derivative reads. `original` replaces input 0 where an in-place call overwrote it. */
  save(inputs: readonly (Value | Scalar | null)[], outs: readonly Value[], original?: Value): void {
    const { saves, saveIf, inputs: names, outputs, variadic } = this._row;
    if (saves.length === 0) return;
    if (variadic) {
      this._saved = inputs.map((x) => (x instanceof Value ? new Saved(x, x.node, x.output) : null));
      return;
    }
    const kept = new Array<Saved | null>(saves.length);
    for (let s = 0; s < saves.length; s++) {
      const name = saves[s]!;
      const i = names.indexOf(name);
      kept[s] = null;
      if (i >= 0) {
        const condition = saveIf[name];
        if (condition !== undefined && !this.edges[names.indexOf(condition)]) continue;
        const x = i === 0 && original ? original : inputs[i];
        if (x instanceof Value) kept[s] = new Saved(x, x.node, x.output);
      } else {
        const k = outputs.indexOf(name);
        kept[s] = new Saved(outs[k]!, this, k);
      }
    }
    this._saved = kept;
  }

  /** What was kept under a name. */
  private saved(name: string): Saved | null {
    const { saves, variadic } = this._row;
    return this._saved?.[variadic ? Number(name) : saves.indexOf(name)] ?? null;
  }

  run(gys: readonly (Value | null)[], createGraph: boolean): readonly (Value | null | undefined)[] {
    const row = this._row;
    if (!row.backward)
      throw new AutogradError({
        kind: "no-derivative",
        op: row.name,
        reason: row.noGradient ?? "none is defined",
      });
    if (this._freed && row.saves.length > 0) throw new AutogradError({ kind: "freed", node: this.name });
    const first = gys[0] ?? gys.find((g) => g !== null)!;
    const call = Call.begin(this, first, createGraph);
    try {
      return row.backward(gys, call.saved, call) as readonly (Value | null | undefined)[];
    } finally {
      call.end();
    }
  }

  /** What a derivative reads of input or output `name`. */
  savedValue(name: string, template: Value): Value {
    const saved = this.saved(name);
    if (saved) return saved.unpack(this);
    const row = this._row;
    const scalar = this._inputs[row.variadic ? Number(name) : row.inputs.indexOf(name)];
    // A scalar operand, or a value that saveIf left out and that the derivative then must not need.
    return template.full([], isScalar(scalar) ? scalar : 0);
  }
  /** An input or output that was kept, by its name in the row; `null` for what was not. */
  keptValue(name: string): Value | null {
    return this.saved(name)?.unpack(this) ?? null;
  }
  get params(): unknown {
    return this._params;
  }
  /** The inputs' arrays as they were, of which derivatives ask shapes and types; numbers as they are. */
  get inputs(): readonly (Strided | Scalar | null)[] {
    return this._inputs;
  }
  get outs(): readonly { shape: Shape; dtype: DType }[] {
    return this._outs;
  }

  release(): void {
    this._saved = null;
    this._freed = true;
  }
}

const throughValues: VjpContext<unknown>["through"] = (f, xs, gs) =>
  throughTape(f as never, xs as Value[], gs as (Value | null)[]);

/**
 * One run of a recorded call's derivative: what {@link VjpContext} tells of it. Derivatives take functions out of it, so they
 * are bound; runs follow each other, so the objects are used again.
 */
class Call implements VjpContext<unknown> {
  private _node: OpNode = undefined as never;
  private _template: Value = undefined as never;
  higherOrder = false;

  static readonly idle: Call[] = [];

  static begin(node: OpNode, template: Value, higherOrder: boolean): Call {
    const call = Call.idle.pop() ?? new Call();
    call._node = node;
    call._template = template;
    call.higherOrder = higherOrder;
    return call;
  }

  /** Forgets the run, so that nothing is kept alive by it. */
  end(): void {
    this._node = this._template = undefined as never;
    Call.idle.push(this);
  }

  readonly saved = (name: string): Value => this._node.savedValue(name, this._template);
  readonly needs = (i: number): boolean => (this._node.edges[i] ?? null) !== null;
  readonly given = (i: number): boolean => (this._node.inputs[i] ?? null) !== null;
  readonly shape = (i: number): Shape => {
    const x = this._node.inputs[i];
    return isFacts(x) ? x.shape : [];
  };
  readonly dtype = (i: number): DType => {
    const x = this._node.inputs[i];
    return isFacts(x) ? x.dtype : this._template.dtype;
  };
  readonly layout = (i: number): { strides: readonly number[]; offset: number } => {
    const { strides, offset } = this._node.inputs[i] as Strided;
    return { strides, offset };
  };
  readonly scalar = (i: number): Scalar | undefined => {
    const x = this._node.inputs[i];
    return isFacts(x) ? undefined : (x as Scalar);
  };
  readonly through = throughValues;

  get params(): unknown {
    return this._node.params;
  }
  get count(): number {
    return this._node.inputs.length;
  }
  get outShapes(): readonly Shape[] {
    return this._node.outs.map((o) => o.shape);
  }
}

const isFacts = (x: unknown): x is Strided => x instanceof Strided;

let throughTape: (
  f: (inputs: readonly Value[]) => readonly Value[],
  inputs: readonly Value[],
  gys: readonly (Value | null)[],
) => readonly (Value | null)[];

/** Set by the engine, which this module must not import. */
export function setThrough(f: typeof throughTape): void {
  throughTape = f;
}
