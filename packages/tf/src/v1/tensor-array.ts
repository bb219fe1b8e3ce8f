import { pyClass, ValueError } from "@cognate/py";
import { as_dtype, int32, type TypeLike } from "../core/dtypes.js";
import { toGraphTensor } from "../graph/convert.js";
import { get_default_graph, inDefault } from "../graph/current.js";
import { emptyInts } from "../graph/empty.js";
import type { Graph } from "../graph/graph.js";
import { dimsOf } from "../graph/shape.js";
import type { GraphTensor } from "../graph/tensor.js";
import type { DType } from "../shared.js";
import { node } from "./random-ops.js";

type Dims = readonly (number | null)[] | null;

/**
 * `tf.TensorArray` in graphs: tensors by number. What changes it gives a new one, which loops hand on from step to step.
 */
class TensorArrayImpl {
  readonly dtype: DType;
  /** The list that flows along the graph's edges. */
  readonly flow: GraphTensor;
  /** The elements' shape, which all arrays that follow from this one share. */
  private _about: { dims: Dims };
  constructor(
    dtype: TypeLike,
    size: unknown = null,
    readonly dynamic_size: boolean | null = null,
    _clear_after_read: boolean | null = null,
    _tensor_array_name: string | null = null,
    _handle: unknown = null,
    flow: unknown = null,
    _infer_shape = true,
    element_shape: unknown = null,
    _colocate = true,
    _name: string | null = null,
  ) {
    this.dtype = as_dtype(dtype);
    this._about = { dims: element_shape === null ? null : dimsOf(element_shape) };
    if (flow !== null) {
      this.flow = flow as GraphTensor;
      return;
    }
    if (size === null) throw new ValueError("Size must be declared if flow is not provided.");
    this.flow = inDefault(() => {
      const g = get_default_graph();
      return node(
        g,
        "TensorListReserve",
        [shapeTensor(g, this._element), toGraphTensor(g, size, int32)],
        { element_dtype: this.dtype },
        _name ?? "TensorArrayV2",
      );
    });
  }
  private get _element(): Dims {
    return this._about.dims;
  }
  get handle(): null {
    return null;
  }
  get element_shape(): unknown {
    return this._element;
  }
  /** The same with another list, for loops. */
  _withFlow(flow: GraphTensor): TensorArrayImpl {
    const other = new TensorArrayImpl(this.dtype, null, this.dynamic_size, null, null, null, flow);
    other._about = this._about;
    return other;
  }
  identity(): TensorArrayImpl {
    return this._withFlow(node(get_default_graph(), "Identity", [this.flow]));
  }
  private _learn(dims: Dims): void {
    this._about.dims ??= dims;
  }
  private _make<R>(f: (g: Graph) => R): R {
    return inDefault(() => f(get_default_graph()));
  }
  write(index: unknown, value: unknown, name: string | null = null): TensorArrayImpl {
    return this._make((g) => {
      const v = toGraphTensor(g, value, this.dtype);
      const out = this._withFlow(
        node(
          g,
          "TensorListSetItem",
          [this.flow, toGraphTensor(g, index, int32), v],
          { element_dtype: this.dtype, resize_if_index_out_of_bounds: this.dynamic_size ?? false },
          name ?? "TensorArrayV2Write/TensorListSetItem",
        ),
      );
      this._learn(v._dims);
      return out;
    });
  }
  read(index: unknown, name: string | null = null): GraphTensor {
    return this._make((g) =>
      this._shaped(
        node(
          g,
          "TensorListGetItem",
          [this.flow, toGraphTensor(g, index, int32), shapeTensor(g, this._element)],
          { element_dtype: this.dtype },
          name ?? "TensorArrayV2Read/TensorListGetItem",
        ),
        this._element,
      ),
    );
  }
  private _shaped(t: GraphTensor, dims: Dims): GraphTensor {
    if (dims !== null && t._dims === null) (t as unknown as { set_shape(d: Dims): void }).set_shape(dims);
    return t;
  }
  stack(name: string | null = null): GraphTensor {
    return this._make((g) =>
      this._shaped(
        node(
          g,
          "TensorListStack",
          [this.flow, shapeTensor(g, this._element)],
          { element_dtype: this.dtype },
          name ?? "TensorArrayV2Stack/TensorListStack",
        ),
        this._element && [null, ...this._element],
      ),
    );
  }
  gather(indices: unknown, name: string | null = null): GraphTensor {
    return this._make((g) =>
      this._shaped(
        node(
          g,
          "TensorListGather",
          [this.flow, toGraphTensor(g, indices, int32), shapeTensor(g, this._element)],
          { element_dtype: this.dtype },
          name ?? "TensorArrayV2Gather/TensorListGather",
        ),
        this._element && [null, ...this._element],
      ),
    );
  }
  concat(_name: string | null = null): GraphTensor {
    return this._make((g) => {
      const rows = this.stack();
      const rest = this._element?.slice(1) ?? [];
      return node(g, "Reshape", [rows, [-1, ...rest.map((d) => d ?? -1)]]);
    });
  }
  unstack(value: unknown, name: string | null = null): TensorArrayImpl {
    return this._make((g) => {
      const v = toGraphTensor(g, value, this.dtype);
      const out = this._withFlow(
        node(
          g,
          "TensorListFromTensor",
          [v, shapeTensor(g, this._element)],
          { element_dtype: this.dtype },
          name ?? "TensorArrayUnstack/TensorListFromTensor",
        ),
      );
      out._learn(v._dims?.slice(1) ?? null);
      return out;
    });
  }
  scatter(indices: unknown, value: unknown, _name: string | null = null): TensorArrayImpl {
    return this._make((g) => {
      const v = toGraphTensor(g, value, this.dtype);
      const out = this._withFlow(
        node(
          g,
          "TensorListScatterIntoExistingList",
          [this.flow, v, toGraphTensor(g, indices, int32)],
          { element_dtype: this.dtype },
          "TensorArrayV2Scatter/TensorListScatterIntoExistingList",
        ),
      );
      out._learn(v._dims?.slice(1) ?? null);
      return out;
    });
  }
  size(name: string | null = null): GraphTensor {
    return this._make((g) =>
      node(g, "TensorListLength", [this.flow], {}, name ?? "TensorArrayV2Size/TensorListLength"),
    );
  }
  close(): void {}
}
function shapeTensor(g: Graph, dims: Dims): GraphTensor {
  if (dims === null) return toGraphTensor(g, -1, int32, "element_shape");
  return dims.length === 0
    ? toGraphTensor(g, emptyInts(), int32, "element_shape")
    : toGraphTensor(
        g,
        dims.map((d) => d ?? -1),
        int32,
        "element_shape",
      );
}
export const TensorArray = pyClass(
  "tensorflow.python.ops.tensor_array_ops.TensorArray",
  "dtype size dynamic_size clear_after_read tensor_array_name handle flow infer_shape element_shape colocate_with_first_write_call name",
  TensorArrayImpl,
);
