import { type DType, isScalar, type OpRow, type Scalar, type Shape, type VjpContext } from "@cognate/kernel";
import { AutogradError } from "../errors.js";
import { Value } from "../value.js";
import { GraphNode } from "./node.js";
import { Saved } from "./saved.js";

/** The call of a row, recorded. */
export class OpNode extends GraphNode {
  readonly #row: OpRow;
  readonly #params: unknown;
  readonly #inputs: readonly (InputFacts | Scalar | null)[];
  readonly #outs: readonly { shape: Shape; dtype: DType }[];
  #saved: Map<string, Saved> | null = null;
  #freed = false;

  constructor(
    row: OpRow,
    params: unknown,
    inputs: readonly (Value | Scalar | null)[],
    outs: readonly { shape: Shape; dtype: DType }[],
  ) {
    super();
    this.#row = row;
    this.#params = params;
    this.#inputs = inputs.map((x) => (x instanceof Value ? factsOf(x) : x));
    this.#outs = outs;
    this.edges = inputs.map((x) => (x instanceof Value ? x.edge() : null));
  }

  get name(): string {
    return this.label ?? this.#row.name;
  }
  get outputs(): number {
    return this.#outs.length;
  }
  meta(output: number): { shape: Shape; dtype: DType } {
    return this.#outs[output]!;
  }
  get row(): OpRow {
    return this.#row;
  }

  /** Keeps what the row's derivative reads. `original` replaces input 0 where an in-place call overwrote it. */
  save(inputs: readonly (Value | Scalar | null)[], outs: readonly Value[], original?: Value): void {
    const { saves, saveIf, inputs: names, outputs, variadic } = this.#row;
    if (saves.length === 0) return;
    this.#saved = new Map();
    if (variadic) {
      inputs.forEach((x, i) => {
        if (x instanceof Value) this.#saved!.set(String(i), new Saved(x));
      });
      return;
    }
    for (const name of saves) {
      const i = names.indexOf(name);
      if (i >= 0) {
        const condition = saveIf[name];
        if (condition !== undefined && !this.edges[names.indexOf(condition)]) continue;
        const x = i === 0 && original ? original : inputs[i];
        if (x instanceof Value) this.#saved.set(name, new Saved(x));
      } else {
        const k = outputs.indexOf(name);
        this.#saved.set(name, new Saved(outs[k]!, this, k));
      }
    }
  }

  run(gys: readonly (Value | null)[], createGraph: boolean): readonly (Value | null | undefined)[] {
    const row = this.#row;
    if (!row.backward)
      throw new AutogradError({
        kind: "no-derivative",
        op: row.name,
        reason: row.noGradient ?? "none is defined",
      });
    if (this.#freed && row.saves.length > 0) throw new AutogradError({ kind: "freed", node: this.name });
    const call = Call.begin(this, gys.find((g) => g !== null)!, createGraph);
    try {
      return row.backward(gys, call.saved, call) as readonly (Value | null | undefined)[];
    } finally {
      call.end();
    }
  }

  /** What a derivative reads of input or output `name`. */
  savedValue(name: string, template: Value): Value {
    const saved = this.#saved?.get(name);
    if (saved) return saved.unpack(this);
    const row = this.#row;
    const scalar = this.#inputs[row.variadic ? Number(name) : row.inputs.indexOf(name)];
    // A scalar operand, or a value that saveIf left out and that the derivative then must not need.
    return template.full([], isScalar(scalar) ? scalar : 0);
  }
  /** An input or output that was kept, by its name in the row; `null` for what was not. */
  keptValue(name: string): Value | null {
    return this.#saved?.get(name)?.unpack(this) ?? null;
  }
  get params(): unknown {
    return this.#params;
  }
  get inputs(): readonly (InputFacts | Scalar | null)[] {
    return this.#inputs;
  }
  get outs(): readonly { shape: Shape; dtype: DType }[] {
    return this.#outs;
  }

  release(): void {
    this.#saved = null;
    this.#freed = true;
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
  readonly layout = (i: number): InputFacts["layout"] => (this._node.inputs[i] as InputFacts).layout;
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

interface InputFacts {
  readonly shape: Shape;
  readonly dtype: DType;
  readonly layout: { readonly strides: readonly number[]; readonly offset: number };
}

const isFacts = (x: unknown): x is InputFacts => typeof x === "object" && x !== null && "layout" in x;
const factsOf = ({ array }: Value): InputFacts => ({ shape: array.shape, dtype: array.dtype, layout: array });

let throughTape: (
  f: (inputs: readonly Value[]) => readonly Value[],
  inputs: readonly Value[],
  gys: readonly (Value | null)[],
) => readonly (Value | null)[];

/** Set by the engine, which this module must not import. */
export function setThrough(f: typeof throughTape): void {
  throughTape = f;
}
