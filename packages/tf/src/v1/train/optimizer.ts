import {
  LookupError,
  NotImplementedError,
  RuntimeError,
  str,
  Tuple,
  TypeError,
  ValueError,
} from "@cognate/py";
import { float32 as floatType } from "../../core/dtypes.js";
import { toGraphTensor } from "../../graph/convert.js";
import { get_default_graph, inDefault } from "../../graph/current.js";
import type { Operation } from "../../graph/operation.js";
import { GraphTensor } from "../../graph/tensor.js";
import { assignTo, GraphVariable } from "../../graph/variable.js";
import { type Gradient, gradientsOf } from "../gradient.js";
import { group } from "../graph.js";
import { IndexedSlices } from "../indexed-slices.js";
import { constant_initializer, zeros_initializer } from "../initializers.js";
import { node } from "../random-ops.js";
import { uniqueSlotName } from "./slots.js";

export type GradientAndVariable = readonly [Gradient, GraphVariable];

/** How a slot starts: a number everywhere, or a tensor. */
type Start = number | GraphTensor;

/** `tf.train.Optimizer`: gradients of a loss, and operations that apply them. */
export abstract class OptimizerImpl {
  static readonly GATE_NONE = 0;
  static readonly GATE_OP = 1;
  static readonly GATE_GRAPH = 2;
  readonly GATE_NONE = 0;
  readonly GATE_OP = 1;
  readonly GATE_GRAPH = 2;
  private readonly _slots = new Map<string, Map<GraphVariable, GraphVariable>>();
  private readonly _extra = new Map<string, GraphVariable>();

  constructor(
    readonly _use_locking: boolean,
    readonly _name: string,
  ) {
    if (!_name) throw new ValueError("Must specify the optimizer name");
  }
  get_name(): string {
    return this._name;
  }

  /** Gradients of a loss in variables: pairs, `null` for a variable that the loss does not depend on. */
  compute_gradients(
    loss: unknown,
    var_list: unknown = null,
    gate_gradients = 1,
    _aggregation_method: unknown = null,
    _colocate: unknown = false,
    grad_loss: unknown = null,
  ): Tuple<Gradient | GraphVariable>[] {
    return inDefault(() => {
      if (typeof loss === "function" && !(loss instanceof GraphTensor))
        throw new RuntimeError(
          "`loss` passed to Optimizer.compute_gradients should not be a function when eager execution is not enabled.",
        );
      const g = get_default_graph();
      const list =
        var_list === null
          ? ([...g.get_collection("trainable_variables")] as GraphVariable[])
          : ((Array.isArray(var_list) ? var_list.flat(9) : [var_list]) as GraphVariable[]);
      if (list.length === 0) throw new ValueError("No variables to optimize.");
      for (const v of list)
        if (!(v instanceof GraphVariable))
          throw new NotImplementedError(`Trying to optimize unsupported type ${str(v)}`);
      const grads = gradientsOf([loss], list, {
        grad_ys: grad_loss === null ? [] : [grad_loss],
        gated: gate_gradients === 1,
      });
      return list.map((v, i) => Tuple.of_<Gradient | GraphVariable>([grads[i]!, v]));
    });
  }

  /** Computes the gradients of a loss and applies them. @throws ValueError where no variable has one */
  minimize(
    loss: unknown,
    global_step: unknown = null,
    var_list: unknown = null,
    gate_gradients = 1,
    aggregation_method: unknown = null,
    colocate: unknown = false,
    name: string | null = null,
    grad_loss: unknown = null,
  ): Operation | GraphTensor {
    return inDefault(() => {
      const pairs = this.compute_gradients(
        loss,
        var_list,
        gate_gradients,
        aggregation_method,
        colocate,
        grad_loss,
      );
      if (pairs.every(([grad]) => grad === null))
        throw new ValueError(
          `No gradients provided for any variable, check your graph for ops that do not support gradients, between variables ${listText(pairs.map((p) => str(p[1])))} and loss ${str(loss)}.`,
        );
      return this.apply_gradients(pairs, global_step, name);
    });
  }

  /** An operation that applies gradients to variables, and counts the step. @throws ValueError, TypeError */
  apply_gradients(
    grads_and_vars: Iterable<unknown>,
    global_step: unknown = null,
    name: string | null = null,
  ): Operation | GraphTensor {
    return inDefault(() => {
      const pairs = [...grads_and_vars].map(
        (p) => [...(p as Iterable<unknown>)] as unknown as [unknown, GraphVariable],
      );
      if (pairs.length === 0) throw new ValueError("No variables provided.");
      const g = get_default_graph();
      const converted = pairs.map(([grad, v]): GradientAndVariable => {
        if (grad === null || grad === undefined) return [null, v];
        if (!(v instanceof GraphVariable))
          throw new NotImplementedError(`Trying to update a Tensor ${str(v)}`);
        if (grad instanceof IndexedSlices) return [grad, v];
        try {
          return [toGraphTensor(g, grad, v.dtype), v];
        } catch {
          throw new TypeError(
            `Gradient must be convertible to a Tensor or IndexedSlices, or None: ${str(grad)}`,
          );
        }
      });
      const vars = converted.filter(([grad]) => grad !== null).map(([, v]) => v);
      if (vars.length === 0)
        throw new ValueError(
          `No gradients provided for any variable: ${listText(converted.map(([, v]) => str(v)))}.`,
        );
      g.root.controlled(null, () => this._create_slots(vars));
      return g.scoped(name ?? this._name, (scope) => {
        this._prepare();
        const updates = converted.flatMap(([grad, v]) => {
          if (grad === null) return [];
          return [g.scoped(`update_${v.op.name}`, () => this._update(grad, v))];
        });
        let train: Operation | GraphTensor;
        if (global_step === null || global_step === undefined)
          train = this._finish(updates, scope.slice(0, -1), scope);
        else {
          const done = this._finish(updates, "update", null);
          train = g.controlled([done], () => assignTo("AssignAdd", global_step, 1, scope) as GraphTensor);
        }
        const op = train instanceof GraphTensor ? train.op : train;
        if (!g.get_collection("train_op").includes(op)) g.add_to_collection("train_op", op);
        return train instanceof GraphTensor ? op : train;
      });
    });
  }

  private _update(grad: GraphTensor | IndexedSlices, v: GraphVariable): Operation {
    const apply = (): Operation => {
      if (grad instanceof IndexedSlices) return this._apply_sparse(grad, v);
      return this._apply_dense(grad, v);
    };
    const { constraint } = v;
    if (typeof constraint !== "function") return apply();
    const done = apply();
    return get_default_graph().controlled(
      [done],
      () =>
        (assignTo("Assign", v, (constraint as (x: unknown) => unknown)(v.read_value()), null) as GraphTensor)
          .op,
    );
  }

  /** Variables that go along with the trained ones. */
  _create_slots(_vars: readonly GraphVariable[]): void {}
  /** Makes tensors of the optimizer's numbers. */
  _prepare(): void {}
  abstract _apply_dense(grad: GraphTensor, v: GraphVariable): Operation;
  _apply_sparse(grad: IndexedSlices, v: GraphVariable): Operation {
    return this._apply_dense(grad._as_tensor(), v);
  }
  _finish(updates: readonly Operation[], name: string, scope: string | null): Operation {
    return scope
      ? get_default_graph().addOp({ type: "NoOp", name: scope, controls: updates })
      : (group(...(updates as never[]), { name } as never) as Operation);
  }

  /** Adds a step of the kind that the executors know: variable, slots, numbers, gradient. */
  _step(
    rule: string,
    v: GraphVariable,
    slots: readonly GraphVariable[],
    numbers: readonly GraphTensor[],
    grad: GraphTensor | IndexedSlices,
    attrs: Readonly<Record<string, unknown>> = {},
  ): Operation {
    const g = get_default_graph();
    const cells = [v, ...slots].map((x) => g.capture(x._variable));
    const sparse = grad instanceof IndexedSlices;
    return g.addOp({
      type: `${sparse ? "_SparseApply" : "_Apply"}${rule}`,
      name: `${sparse ? "SparseApply" : "Apply"}${rule}`,
      inputs: [
        ...cells,
        ...numbers.map((x) => cast(x, v)),
        ...(sparse ? [grad.values, grad.indices] : [grad]),
      ],
      attrs: { T: v.dtype, use_locking: this._use_locking, ...attrs },
      outputs: [[v.dtype, v._variable._dims]],
    });
  }
  /** A number of the optimizer as a tensor; numbers may be given by functions. */
  _number(x: unknown, name: string): GraphTensor {
    const value =
      typeof x === "function" && !(x instanceof GraphTensor) && !(x instanceof GraphVariable)
        ? (x as () => unknown)()
        : x;
    const g = get_default_graph();
    if (value instanceof GraphTensor || value instanceof GraphVariable) return toGraphTensor(g, value);
    return toGraphTensor(g, Number(value), floatType, name);
  }

  _slot(v: GraphVariable, slot: string, start: Start): GraphVariable {
    let of = this._slots.get(slot);
    if (!of) this._slots.set(slot, (of = new Map()));
    const known = of.get(v);
    if (known) return known;
    const made = newSlot(v, this._name, start);
    of.set(v, made);
    return made;
  }
  _zeros_slot(v: GraphVariable, slot: string): GraphVariable {
    return this._slot(v, slot, 0);
  }
  /** A slot variable, `null` where there is none. */
  get_slot(v: GraphVariable, name: string): GraphVariable | null {
    return this._slots.get(name)?.get(v) ?? null;
  }
  get_slot_names(): string[] {
    return [...this._slots.keys()].sort();
  }
  _own_slot(v: GraphVariable, name: string): GraphVariable {
    const s = this.get_slot(v, name);
    if (!s) throw new LookupError(`No slot ${name} for ${v.name}`);
    return s;
  }
  /** A variable of the optimizer that belongs to none of the trained ones. */
  _non_slot(name: string, value: number, like: GraphVariable): GraphVariable {
    const known = this._extra.get(name);
    if (known && known.graph === like.graph) return known;
    const v = newNonSlot(name, value, like);
    this._extra.set(name, v);
    return v;
  }
  /** All variables that the optimizer made. */
  variables(): GraphVariable[] {
    const all = [...this._extra.values(), ...[...this._slots.values()].flatMap((of) => [...of.values()])];
    return all.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  }
}

const cast = (x: GraphTensor, v: GraphVariable): GraphTensor =>
  x.dtype === v.dtype ? x : node(get_default_graph(), "Cast", [x], { DstT: v.dtype });

/** Python's text of a list of texts. */
const listText = (items: readonly string[]): string =>
  `[${items.map((t) => (t.includes("'") && !t.includes('"') ? `"${t}"` : `'${t.replaceAll("'", "\\'")}'`)).join(", ")}]`;

function newSlot(v: GraphVariable, name: string, start: Start): GraphVariable {
  const g = v.graph;
  return g.scoped(null, () => {
    const full = uniqueSlotName(`${v.op.name}/${name}`);
    const shape = v._variable._dims as readonly number[];
    return new GraphVariable({
      initial: start instanceof GraphTensor ? start : () => constantInitializer(start)(shape, v),
      name: full,
      dtype: v.dtype,
      trainable: false,
      collections: ["variables"],
      resource: v._resource,
    });
  });
}
function newNonSlot(name: string, value: number, like: GraphVariable): GraphVariable {
  return like.graph.scoped(
    null,
    () =>
      new GraphVariable({
        initial: value,
        name,
        dtype: like.dtype,
        trainable: false,
        collections: ["variables"],
        resource: like._resource,
      }),
  );
}

const constantInitializer =
  (value: number) =>
  (shape: readonly number[], v: GraphVariable): GraphTensor =>
    value === 0
      ? zeros_initializer()([...shape], { dtype: v.dtype })
      : constant_initializer(value)([...shape], { dtype: v.dtype });
