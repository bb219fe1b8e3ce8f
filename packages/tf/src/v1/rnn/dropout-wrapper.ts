import { md5 } from "@cognate/formats";
import { pyClass, ValueError } from "@cognate/py";
import { as_dtype, type TypeLike } from "../../core/dtypes.js";
import { get_default_graph, inDefault } from "../../graph/current.js";
import * as nest from "../../graph/nest.js";
import { dimsOf } from "../../graph/shape.js";
import type { GraphTensor } from "../../graph/tensor.js";
import { dropout } from "../nn/dropout.js";
import { node, random_uniform } from "../random-ops.js";
import { LSTMStateTuple, module, type RNNCellImpl, type State } from "./cell.js";
import { Wrapper } from "./wrapper.js";

type Keep = unknown;
type Place = "input" | "state" | "output";
const keeps = (p: Keep): boolean => (typeof p === "number" || p instanceof Number ? Number(p) < 1 : true);
const isLstm = (s: unknown): boolean => Array.isArray(s) && "_fields" in s && "c" in s;
/** What of a state is dropped: all parts but an LSTM's memory. */
const droppable = (s: unknown): unknown => (isLstm(s) ? LSTMStateTuple(false as never, true as never) : true);
/** Which leaves a visitor picks, that is asked at each level: for all parts, for none, or for each. */
function picked(visit: (s: unknown) => unknown, s: unknown): unknown {
  const here = visit(s);
  if (!Array.isArray(s)) return here;
  const each = (i: number): unknown => (Array.isArray(here) ? here[i] : here);
  return s.map((part, i) => (each(i) === false ? nest.map(() => false, part) : picked(visit, part)));
}

class Dropout extends Wrapper {
  /** Noise that all steps share, by place and leaf. */
  private readonly _noise = new Map<string, GraphTensor>();
  constructor(
    cell: RNNCellImpl,
    readonly _input_keep_prob: Keep = 1,
    readonly _output_keep_prob: Keep = 1,
    readonly _state_keep_prob: Keep = 1,
    private readonly _variational_recurrent = false,
    _input_size: unknown = null,
    _dtype: TypeLike | null = null,
    readonly _seed: number | null = null,
    readonly _filter: ((state: unknown) => unknown) | null = null,
  ) {
    super("DropoutWrapper", cell);
    for (const [name, p] of [
      ["input", _input_keep_prob],
      ["state", _state_keep_prob],
      ["output", _output_keep_prob],
    ] as const)
      if (typeof p === "number" && !(p >= 0 && p <= 1))
        throw new ValueError(`Parameter ${name}_keep_prob must be between 0 and 1. Received ${p}`);
    if (!_variational_recurrent) return;
    if (_dtype === null) throw new ValueError("When variational_recurrent=True, dtype must be provided");
    if (keeps(_input_keep_prob) && _input_size === null)
      throw new ValueError(
        "When variational_recurrent=True and input_keep_prob < 1.0 or is unknown, input_size must be provided",
      );
    const type = as_dtype(_dtype);
    const shared = (place: Place, sizes: unknown): void => {
      leavesOf(sizes).forEach((size, i) => {
        const shape = [1, ...(typeof size === "number" ? [size] : (dimsOf(size) ?? []).map(Number))];
        this._noise.set(
          `${place}_${i}`,
          random_uniform(shape, 0, null, type, this._seedOf(place, i)) as GraphTensor,
        );
      });
    };
    inDefault(() => {
      if (keeps(_input_keep_prob)) shared("input", _input_size);
      shared("state", cell.state_size);
      shared("output", cell.output_size);
    });
  }
  _kind(): string {
    return "DropoutWrapper";
  }
  /** A seed of its own for each place and leaf, from the MD5 sum of their names. */
  private _seedOf(place: Place, leaf: number): number | null {
    if (this._seed === null) return null;
    const sum = md5(new TextEncoder().encode(`${this._seed}${place}_${leaf}`));
    return new DataView(sum.buffer).getUint32(0) & 0x7fffffff;
  }
  private _drop(x: GraphTensor, keep: Keep, place: Place, leaf: number): GraphTensor {
    const noise = this._noise.get(`${place}_${leaf}`);
    if (!this._variational_recurrent || !noise)
      return dropout(x, keep, null, this._seedOf(place, leaf)) as GraphTensor;
    const g = get_default_graph();
    const kept = node(g, "Floor", [node(g, "AddV2", [noise, keep])]);
    return node(g, "Mul", [node(g, "RealDiv", [x, keep]), kept]);
  }
  call(x: GraphTensor, state: State): readonly [GraphTensor, State] {
    const all = (values: unknown, keep: Keep, place: Place, which: unknown = null): unknown => {
      let leaf = 0;
      const drop = (v: unknown, own: unknown): unknown => {
        const at = leaf++;
        return own === false ? v : this._drop(v as GraphTensor, keep, place, at);
      };
      return which === null ? nest.map((v) => drop(v, true), values) : nest.map(drop, values, which);
    };
    const fed = keeps(this._input_keep_prob) ? all(x, this._input_keep_prob, "input") : x;
    let [out, next] = this._cell(fed, state) as readonly unknown[];
    if (keeps(this._state_keep_prob))
      next = all(next, this._state_keep_prob, "state", picked(this._filter ?? droppable, next));
    if (keeps(this._output_keep_prob)) out = all(out, this._output_keep_prob, "output");
    return [out as GraphTensor, next];
  }
}
/** Sizes one after the other; a shape is one. */
const leavesOf = (sizes: unknown): unknown[] =>
  Array.isArray(sizes) && !("_dims" in sizes) ? sizes.flatMap(leavesOf) : [sizes];

export const DropoutWrapper = pyClass(
  `${module}.DropoutWrapper`,
  "cell input_keep_prob output_keep_prob state_keep_prob variational_recurrent input_size dtype seed dropout_state_filter_visitor",
  Dropout,
);
