import { def, isPlainObject, method, pyClass, ValueError } from "@cognate/py";
import { as_dtype, bool, int32, int64, resource, type TypeLike } from "../../core/dtypes.js";
import type { Dims } from "../../core/row.js";
import { toGraphTensor } from "../../graph/convert.js";
import { get_default_graph, inDefault } from "../../graph/current.js";
import { knownDatum } from "../../graph/known.js";
import type { Operation } from "../../graph/operation.js";
import { dimsOf, GraphShape } from "../../graph/shape.js";
import type { GraphTensor } from "../../graph/tensor.js";
import type { DType, Value } from "../../shared.js";
import { get_seed } from "../graph.js";
import "./executors.js";

/* `tf.FIFOQueue` and its kin: elements that one operation puts in and another takes out. */

const typeList = (x: unknown): DType[] => (Array.isArray(x) ? x : [x]).map((t) => as_dtype(t as TypeLike));
/** Shapes of the components: one shape stands for that of the only component. */
function shapeList(shapes: unknown, dtypes: readonly DType[]): Dims[] | null {
  if (shapes === null || shapes === undefined) return null;
  if (shapes instanceof GraphShape) return [dimsOf(shapes)];
  const list = shapes as readonly unknown[];
  const single =
    list.length === 0 || list.every((d) => typeof d === "number" || d === null || d instanceof Number);
  const own = single && dtypes.length === 1 && !(list.length === 1 && Array.isArray(list[0])) ? [list] : list;
  return own.map((s) => dimsOf(s));
}

interface QueueOptions {
  readonly type: string;
  readonly dtypes: unknown;
  readonly shapes: unknown;
  readonly names: unknown;
  readonly attrs: Readonly<Record<string, unknown>>;
  readonly name: string;
  /** Types of components that stand before those given. */
  readonly before?: readonly DType[];
}
export class QueueBaseImpl {
  readonly queue_ref: GraphTensor;
  readonly dtypes: readonly DType[];
  private readonly _dims: readonly Dims[];
  readonly names: readonly string[] | null;
  constructor(o: QueueOptions) {
    const own = typeList(o.dtypes);
    const before = o.before ?? [];
    this.dtypes = [...before, ...own];
    const given = shapeList(o.shapes, own);
    const shapes = given && [...before.map((): Dims => []), ...given];
    if (shapes && shapes.length !== this.dtypes.length)
      throw new ValueError(
        `Queue shapes must have the same length as dtypes, received len(shapes)=${shapes.length}, len(dtypes)=${this.dtypes.length}`,
      );
    this._dims = shapes ?? this.dtypes.map(() => null);
    const names =
      o.names === null || o.names === undefined
        ? null
        : typeof o.names === "string"
          ? [o.names]
          : [...(o.names as string[])];
    if (names && names.length !== this.dtypes.length)
      throw new ValueError(
        `Queue names must have the same length as dtypes,received len(names)=${names.length},len ${this.dtypes.length}`,
      );
    this.names = names;
    this.queue_ref = inDefault(() =>
      get_default_graph().addOp({
        type: o.type,
        name: o.name,
        attrs: { component_types: this.dtypes, shapes: this._dims, container: "", ...o.attrs },
        outputs: [[resource, []]],
        controls: [],
      }),
    ).outputs[0]!;
  }
  get name(): string {
    return this.queue_ref.op.name;
  }
  get shapes(): GraphShape[] {
    return this._dims.map((d) => new GraphShape(d));
  }
  private get _short(): string {
    return this.name.split("/").at(-1)!;
  }
  private _components(vals: unknown): GraphTensor[] {
    let list: readonly unknown[];
    if (isPlainObject(vals)) {
      if (!this.names) throw new ValueError("Queue must have names to enqueue a dictionary");
      const keys = Object.keys(vals as object).sort();
      if ([...this.names].sort().join() !== keys.join())
        throw new ValueError(
          `Keys in dictionary to enqueue do not match names of Queue.  Dictionary: [${keys.map((k) => `'${k}'`).join(", ")}],Queue: [${[
            ...this.names,
          ]
            .sort()
            .map((k) => `'${k}'`)
            .join(", ")}]`,
        );
      list = this.names.map((n) => (vals as Record<string, unknown>)[n]);
    } else {
      if (this.names) throw new ValueError("You must enqueue a dictionary in a Queue with names");
      list = Array.isArray(vals) ? vals : [vals];
    }
    const g = get_default_graph();
    return this.dtypes.slice(0, list.length).map((t, i) => toGraphTensor(g, list[i], t, `component_${i}`));
  }
  private _fits(t: GraphTensor, want: Dims): void {
    t.shape.assert_is_compatible_with(want === null ? null : new GraphShape(want));
  }
  _enqueue(vals: unknown, many: boolean, name: string | null): Operation {
    const g = get_default_graph();
    return g.scoped(name ?? `${this._short}_${many ? "EnqueueMany" : "enqueue"}`, (scope) => {
      const inputs = this._components(vals);
      inputs.forEach((t, i) => {
        if (!many) return this._fits(t, this._dims[i]!);
        t.shape.with_rank_at_least(1);
        const want = this._dims[i]!;
        return this._fits(t, want === null ? null : [null, ...want]);
      });
      return g.addOp({
        type: many ? "QueueEnqueueManyV2" : "QueueEnqueueV2",
        name: scope,
        inputs: [this.queue_ref, ...inputs],
        attrs: { Tcomponents: this.dtypes },
      });
    });
  }
  _dequeue(type: string, title: string, n: unknown, name: string | null): unknown {
    const g = get_default_graph();
    return g.scoped(name ?? `${this._short}_${title}`, (scope) => {
      const more = n === undefined ? [] : [toGraphTensor(g, n, int32, "n")];
      const known = more[0] && knownDatum(more[0]);
      const rows = known ? Number((known as Value).array.flat()[Symbol.iterator]().next().value) : null;
      const first = type === "QueueDequeueManyV2" ? rows : null;
      const op = g.addOp({
        type,
        name: scope,
        inputs: [this.queue_ref, ...more],
        attrs: { component_types: this.dtypes },
        outputs: this.dtypes.map((t, i): readonly [DType, Dims] => {
          const d = this._dims[i]!;
          return [t, n === undefined ? d : d === null ? null : [first, ...d]];
        }),
      });
      if (this.names) return Object.fromEntries(this.names.map((key, i) => [key, op.outputs[i]!]));
      return op.outputs.length === 1 ? op.outputs[0]! : [...op.outputs];
    });
  }
  _plain(type: string, title: string, output: DType | null, name: string | null): Operation {
    return get_default_graph().addOp({
      type,
      name: name ?? `${this._short}_${title}`,
      inputs: [this.queue_ref],
      outputs: output ? [[output, []]] : [],
    });
  }
  declare enqueue: Methods["enqueue"];
  declare enqueue_many: Methods["enqueue_many"];
  declare dequeue: Methods["dequeue"];
  declare dequeue_many: Methods["dequeue_many"];
  declare dequeue_up_to: Methods["dequeue_up_to"];
  declare close: Methods["close"];
  declare size: Methods["size"];
  declare is_closed: Methods["is_closed"];
}
type Q = QueueBaseImpl;
type Name = string | null;
const methods = {
  enqueue: method(
    def("enqueue", "self vals:dict name", (self: Q, vals: unknown, name: Name = null) =>
      inDefault(() => self._enqueue(vals, false, name)),
    ),
  ),
  enqueue_many: method(
    def("enqueue_many", "self vals:dict name", (self: Q, vals: unknown, name: Name = null) =>
      inDefault(() => self._enqueue(vals, true, name)),
    ),
  ),
  dequeue: method(
    def("dequeue", "self name", (self: Q, name: Name = null) =>
      inDefault(() => self._dequeue("QueueDequeueV2", "Dequeue", undefined, name)),
    ),
  ),
  dequeue_many: method(
    def("dequeue_many", "self n name", (self: Q, n: unknown, name: Name = null) =>
      inDefault(() => self._dequeue("QueueDequeueManyV2", "DequeueMany", n, name)),
    ),
  ),
  dequeue_up_to: method(
    def("dequeue_up_to", "self n name", (self: Q, n: unknown, name: Name = null) =>
      inDefault(() => self._dequeue("QueueDequeueUpToV2", "DequeueUpTo", n, name)),
    ),
  ),
  close: method(
    def("close", "self cancel_pending_enqueues name", (self: Q, _cancel = false, name: Name = null) =>
      inDefault(() => self._plain("QueueCloseV2", "Close", null, name)),
    ),
  ),
  size: method(
    def("size", "self name", (self: Q, name: Name = null) =>
      inDefault(() => self._plain("QueueSizeV2", "Size", int32, name).outputs[0]!),
    ),
  ),
  is_closed: method(
    def("is_closed", "self name", (self: Q, name: Name = null) =>
      inDefault(() => self._plain("QueueIsClosedV2", "Is_Closed", bool, name).outputs[0]!),
    ),
  ),
};
type Methods = typeof methods;
for (const [key, value] of Object.entries(methods))
  Object.defineProperty(QueueBaseImpl.prototype, key, { value, writable: true, configurable: true });

class FIFOQueueImpl extends QueueBaseImpl {
  constructor(
    capacity: number,
    dtypes: unknown,
    shapes: unknown = null,
    names: unknown = null,
    shared_name: string | null = null,
    name = "fifo_queue",
  ) {
    super({
      type: "FIFOQueueV2",
      dtypes,
      shapes,
      names,
      attrs: { capacity, shared_name: shared_name ?? "" },
      name,
    });
  }
}
class PaddingFIFOQueueImpl extends QueueBaseImpl {
  constructor(
    capacity: number,
    dtypes: unknown,
    shapes: unknown,
    names: unknown = null,
    shared_name: string | null = null,
    name = "padding_fifo_queue",
  ) {
    const own = typeList(dtypes);
    const given = shapeList(shapes, own) ?? [];
    if (own.length !== given.length)
      throw new ValueError(
        `Shapes must be provided for all components, but received ${own.length} dtypes and ${given.length} shapes.`,
      );
    super({
      type: "PaddingFIFOQueueV2",
      dtypes,
      shapes,
      names,
      attrs: { capacity, shared_name: shared_name ?? "" },
      name,
    });
  }
}
class RandomShuffleQueueImpl extends QueueBaseImpl {
  constructor(
    capacity: number,
    min_after_dequeue: number,
    dtypes: unknown,
    shapes: unknown = null,
    names: unknown = null,
    seed: number | null = null,
    shared_name: string | null = null,
    name = "random_shuffle_queue",
  ) {
    const [a, b] = inDefault(() => get_seed(seed)) as unknown as readonly (number | null)[];
    super({
      type: "RandomShuffleQueueV2",
      dtypes,
      shapes,
      names,
      attrs: { capacity, min_after_dequeue, seed: a ?? 0, seed2: b ?? 0, shared_name: shared_name ?? "" },
      name,
    });
  }
}
class PriorityQueueImpl extends QueueBaseImpl {
  constructor(
    capacity: number,
    types: unknown,
    shapes: unknown = null,
    names: unknown = null,
    shared_name: string | null = null,
    name = "priority_queue",
  ) {
    super({
      type: "PriorityQueueV2",
      dtypes: types,
      shapes,
      names,
      attrs: { capacity, shared_name: shared_name ?? "" },
      name,
      before: [int64],
    });
  }
}
const MODULE = "tensorflow.python.ops.data_flow_ops";
export const QueueBase = pyClass(`${MODULE}.QueueBase`, "options:dict", QueueBaseImpl);
export const FIFOQueue = pyClass(
  `${MODULE}.FIFOQueue`,
  "capacity dtypes shapes names shared_name name",
  FIFOQueueImpl,
);
export const PaddingFIFOQueue = pyClass(
  `${MODULE}.PaddingFIFOQueue`,
  "capacity dtypes shapes names shared_name name",
  PaddingFIFOQueueImpl,
);
export const RandomShuffleQueue = pyClass(
  `${MODULE}.RandomShuffleQueue`,
  "capacity min_after_dequeue dtypes shapes names seed shared_name name",
  RandomShuffleQueueImpl,
);
export const PriorityQueue = pyClass(
  `${MODULE}.PriorityQueue`,
  "capacity types shapes names shared_name name",
  PriorityQueueImpl,
);
