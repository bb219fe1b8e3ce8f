import { Callable } from "@cognate/py";
import { float32, type TypeLike, typeOr } from "../../core/dtypes.js";
import { toGraphTensor } from "../../graph/convert.js";
import { get_default_graph, inDefault } from "../../graph/current.js";
import type { GraphTensor } from "../../graph/tensor.js";
import type { GraphVariable } from "../../graph/variable.js";
import type { DType } from "../../shared.js";
import { get_variable } from "../get-variable.js";
import { layerName, snake } from "../rnn/cell.js";
import { inScope, type VariableScope } from "../variable-scope.js";

/** Keywords that every layer takes. */
export interface LayerOptions {
  readonly trainable?: boolean;
  readonly name?: string | null;
  readonly dtype?: TypeLike | null;
  readonly _reuse?: unknown;
  readonly _scope?: unknown;
}

/** `tf.layers.Layer`: variables in a scope of the layer's name, made at the first call. */
export abstract class LayerImpl extends Callable {
  readonly name!: string;
  readonly trainable: boolean;
  protected readonly _given: TypeLike | null;
  protected readonly _weights: GraphVariable[] = [];
  private readonly _losses: unknown[] = [];
  private readonly _updates: unknown[] = [];
  private _scope: VariableScope | null = null;
  private readonly _reuse: unknown;
  private readonly _base: string;
  private readonly _given_scope: unknown;
  built = false;

  constructor(
    kind: string,
    { trainable = true, name = null, dtype = null, _reuse = null, _scope = null }: LayerOptions,
  ) {
    super();
    this._given_scope = _scope;
    this._base = name ?? snake(kind);
    const own = inDefault(() => name ?? (typeof _scope === "string" ? _scope : layerName(this._base)));
    Object.defineProperty(this, "name", { value: own, configurable: true });
    this.trainable = trainable;
    this._given = dtype;
    this._reuse = _reuse;
  }
  abstract build(dims: readonly (number | null)[], dtype: DType): void;
  abstract call(x: GraphTensor, options: Readonly<Record<string, unknown>>): GraphTensor;

  override __call__(inputs: unknown, options: unknown = null): GraphTensor {
    return inDefault(() => {
      const g = get_default_graph();
      const x = toGraphTensor(g, inputs, this._given === null ? undefined : typeOr(this._given, float32));
      const known = this._scope !== null;
      const scope =
        this._scope ??
        (this._given_scope as string | VariableScope | null) ??
        (this._reuse ? this._base : null);
      const reuse = this._reuse ? { reuse: this._reuse as boolean } : {};
      return inScope(
        scope,
        {
          default_name: this._base,
          ...(known && this._weights.length > 0 ? { reuse: true } : {}),
          ...(known ? { auxiliary_name_scope: false } : {}),
          ...reuse,
        },
        (s) => {
          this._scope ??= s;
          const run = (): GraphTensor => {
            if (!this.built) {
              this.build(x._dims ?? [], x.dtype.is_floating ? x.dtype : float32);
              this.built = true;
            }
            return this.call(x, (options ?? {}) as Readonly<Record<string, unknown>>);
          };
          // Later calls go on in the scope of names of the first.
          return known ? g.scoped(s.original_name_scope, run) : run();
        },
      );
    });
  }
  apply(inputs: unknown, options: unknown = null): GraphTensor {
    return this.__call__(inputs, options);
  }
  protected add(
    name: string,
    shape: readonly number[],
    dtype: DType,
    {
      initializer = null,
      regularizer = null,
      constraint = null,
      trainable = true,
    }: { initializer?: unknown; regularizer?: unknown; constraint?: unknown; trainable?: boolean } = {},
  ): GraphVariable {
    const g = get_default_graph();
    const before = g.get_collection("regularization_losses").length;
    const v = get_variable(name, {
      shape: [...shape],
      dtype,
      initializer,
      regularizer,
      constraint,
      trainable: trainable && this.trainable,
    }) as GraphVariable;
    this._losses.push(...g.get_collection("regularization_losses").slice(before));
    this._weights.push(v);
    return v;
  }
  protected addUpdate(op: unknown): void {
    this._updates.push(op);
    get_default_graph().add_to_collection("update_ops", op);
  }
  protected addLoss(loss: unknown): void {
    this._losses.push(loss);
    get_default_graph().add_to_collection("regularization_losses", loss);
  }
  get variables(): GraphVariable[] {
    return [...this._weights];
  }
  get weights(): GraphVariable[] {
    return this.variables;
  }
  get trainable_variables(): GraphVariable[] {
    return this._weights.filter((v) => v.trainable);
  }
  get trainable_weights(): GraphVariable[] {
    return this.trainable_variables;
  }
  get non_trainable_variables(): GraphVariable[] {
    return this._weights.filter((v) => !v.trainable);
  }
  get losses(): unknown[] {
    return [...this._losses];
  }
  get updates(): unknown[] {
    return [...this._updates];
  }
  get scope_name(): string {
    return this._scope?.name ?? "";
  }
}
export interface LayerImpl {
  (inputs: unknown, options?: unknown): GraphTensor;
}
