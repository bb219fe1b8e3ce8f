import { valueOf } from "@cognate/keras/tensorflow";
import { arrayOf, bool as kernelBool, int32 as kernelInt32, kindOf } from "@cognate/kernel";
import { parseEntry, Slice, Tuple, TypeError } from "@cognate/py";
import { isGraphTensor } from "../core/context.js";
import { isTensor, typeOf } from "../core/convert.js";
import { bool, int32, int64 } from "../core/dtypes.js";
import type { DType } from "../shared.js";
import { toGraphTensor } from "./convert.js";
import type { Graph } from "./graph.js";
import { Dimension } from "./shape.js";
import type { GraphTensor } from "./tensor.js";

const wrong = (entry: unknown): TypeError =>
  new TypeError(
    `Only integers, slices (\`:\`), ellipsis (\`...\`), tf.newaxis (\`None\`) and scalar tf.int32/tf.int64 tensors are valid indices, got ${entry}`,
  );

const isMask = (e: unknown): boolean => {
  if (isTensor(e)) return typeOf(e) === bool;
  return arrayOf(e)?.dtype === kernelBool;
};

/** `x[…]` as a `StridedSlice`; a mask picks rows. */
export function sliced(graph: Graph, x: GraphTensor, raw: readonly unknown[]): GraphTensor {
  const given = raw.length === 1 && raw[0] instanceof Tuple ? [...(raw[0] as Iterable<unknown>)] : raw;
  if (given.length === 1 && isMask(given[0])) return masked(graph, x, given[0]);
  return graph.scoped("strided_slice", (scope) => {
    const [begin, end, step]: unknown[][] = [[], [], []];
    const masks = { begin_mask: 0, end_mask: 0, ellipsis_mask: 0, new_axis_mask: 0, shrink_axis_mask: 0 };
    given.forEach((entry, i) => {
      const e = isTensor(entry) || entry instanceof Dimension ? entry : parseEntry(entry);
      const bit = 1 << i;
      if (e === null) {
        masks.new_axis_mask |= bit;
        push(0, 0, 1);
      } else if (e === "...") {
        masks.ellipsis_mask |= bit;
        push(0, 0, 1);
      } else if (e instanceof Slice) {
        const part = (v: unknown, mask: "begin_mask" | "end_mask"): unknown => {
          if (v !== null && v !== undefined) return checked(v);
          masks[mask] |= bit;
          return 0;
        };
        const from = part(e.start, "begin_mask");
        const to = part(e.stop, "end_mask");
        push(from, to, e.step ?? 1);
      } else {
        masks.shrink_axis_mask |= bit;
        const at = checked(e);
        push(at, isTensor(at) ? plusOne(graph, at) : Number(at) + 1, 1);
      }
    });
    function push(b: unknown, e: unknown, s: unknown): void {
      begin!.push(b);
      end!.push(e);
      step!.push(s);
    }
    const wide = [begin, end, step].flat().some((v) => isTensor(v) && typeOf(v) === int64);
    const type: DType = wide ? int64 : int32;
    const pack = (list: readonly unknown[], name: string): GraphTensor => {
      if (list.length === 0) return graph.constant(valueOf([], kernelInt32), int32, name);
      const typed = list.map((v) =>
        isGraphTensor(v) && typeOf(v) !== type ? graph.createOp("Cast", [v], { DstT: type }, "Cast")[0]! : v,
      );
      return toGraphTensor(graph, typed, type, name);
    };
    const inputs = [x, pack(begin!, "stack"), pack(end!, "stack_1"), pack(step!, "stack_2")];
    return graph.createOp("StridedSlice", inputs, masks, scope)[0] as GraphTensor;
  });
}

const plusOne = (graph: Graph, at: unknown): unknown => graph.createOp("AddV2", [at, 1], {}, "add")[0];

function checked(v: unknown): unknown {
  if (v instanceof Dimension) return v.value;
  if (isTensor(v)) {
    const type = typeOf(v);
    if (type !== int32 && type !== int64) throw wrong(v);
    return v;
  }
  const kind = kindOf(v);
  if (kind === "int") return Number(v);
  const array = arrayOf(v);
  if (array && array.size === 1 && array.rank === 0) return Number(array.data[array.offset]);
  throw wrong(v);
}

function masked(graph: Graph, x: GraphTensor, mask: unknown): GraphTensor {
  return graph.scoped("boolean_mask", () => {
    const m = toGraphTensor(graph, mask, bool, "mask");
    const rank = m._dims!.length;
    const op = (type: string, inputs: readonly unknown[], attrs = {}, name = type): GraphTensor =>
      graph.createOp(type, inputs, attrs, name)[0] as GraphTensor;
    const flatMask = op("Reshape", [m, [-1]]);
    const lead = x._dims!.slice(0, rank);
    const tail = x._dims!.slice(rank);
    const flat =
      rank === 1
        ? x
        : op("Reshape", [
            x,
            [
              lead.every((d) => d !== null) ? (lead as number[]).reduce((a, b) => a * b, 1) : -1,
              ...tail.map((d) => d ?? -1),
            ],
          ]);
    const where = op("Squeeze", [op("Where", [flatMask])], { squeeze_dims: [1] });
    return op("GatherV2", [flat, where, 0], {}, "GatherV2");
  });
}
