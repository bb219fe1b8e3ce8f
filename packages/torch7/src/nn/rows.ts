import { castTo, type DType, fill, int64, type OpRow, ops, Strided, scalarArray } from "@cognate/kernel";
import { call, callMany, Value } from "@cognate/tensor";
import { anyRow } from "../any-row.js";
import { LuaError } from "../errors.js";

/* The table's rows as modules call them: on values with a history. */

export type V = Value;
type Operand = Value | number;
const row =
  <P>(r: OpRow<P>) =>
  (...xs: readonly Operand[]): V =>
    call(r, xs, undefined as P);

export const add = row(ops.add);
export const sub = row(ops.sub);
export const mul = row(ops.mul);
export const div = row(ops.div);
export const exp = row(ops.exp);
export const log = row(ops.log);
export const abs = row(ops.abs);
export const sqrt = row(ops.sqrt);
export const square = row(ops.square);
export const tanh = row(ops.tanh);
export const sigmoid = row(ops.sigmoid);
export const matmul = row(anyRow(ops.matmul));
export const powers = row(ops.pow);
export const where = (mask: V, a: Operand, b: Operand): V => call(anyRow(ops.where), [a, mask, b], undefined);
export const greater = (a: Operand, b: Operand): V => call(anyRow(ops.gt), [a, b], undefined as never);
/** A unary row with parameters. */
export const unary = <P>(r: OpRow<P>, x: V, params: P): V => call(r, [x], params);
export const maximum = (a: Operand, b: Operand): V => call(anyRow(ops.maximum), [a, b], { ties: "first" });
export const minimum = (a: Operand, b: Operand): V => call(anyRow(ops.minimum), [a, b], { ties: "first" });

export const reshape = (x: V, shape: readonly number[]): V => call(ops.reshape, [x], { shape });
export const permute = (x: V, axes: readonly number[]): V => call(ops.permute, [x], { axes });
export const transpose = (x: V, a: number, b: number): V =>
  permute(
    x,
    x.shape.map((_, i) => (i === a ? b : i === b ? a : i)),
  );
export const expand = (x: V, shape: readonly number[]): V => call(ops.expand, [x], { shape });
export const narrow = (x: V, dim: number, start: number, length: number): V =>
  call(ops.slice, [x], { dim, start, step: 1, length });
/** x at one position of an axis, which goes away. */
export const select = (x: V, dim: number, index: number): V =>
  reshape(
    narrow(x, dim, index, 1),
    x.shape.filter((_, i) => i !== dim),
  );
export const sum = (x: V, dims?: readonly number[], keepdim = false): V =>
  call(anyRow(ops.sum), [x], { dims, keepdim, dtype: x.dtype });
export const mean = (x: V, dims?: readonly number[], keepdim = false): V =>
  call(anyRow(ops.mean), [x], { dims, keepdim });
export const norm = (x: V, p: number, dims: readonly number[], keepdim = false): V =>
  call(anyRow(ops.norm), [x], { p, dims, keepdim });
export const concat = (xs: readonly V[], dim: number): V => call(anyRow(ops.cat), xs, { dim });
export const stack = (xs: readonly V[], dim: number): V => call(anyRow(ops.stack), xs, { dim });
export const pad = (x: V, pads: readonly (readonly [number, number])[], mode?: string, value?: number): V =>
  call(anyRow(ops.pad), [x], { pads, mode, value });
export const index = (x: V, indices: readonly (Strided | null)[]): V => call(ops.index, [x], { indices });
export const gather = (x: V, positions: Strided, dim: number): V =>
  call(anyRow(ops.gather), [x, new Value(positions)], { dim });
export const linear = (x: V, w: V, b: V | null): V => call(anyRow(ops.linear), [x, w, b], undefined);
export const extreme = (r: OpRow<unknown>, x: V, dim: number): V => callMany(r, [x], { dim } as never)[0]!;

/** A constant like x. */
export const constant = (x: V, shape: readonly number[], value: number): V => x.full(shape, value) as V;
export const constantArray = (a: Strided): V => new Value(a);
export const filled = (dtype: DType, shape: readonly number[], value: number): Strided =>
  fill(Strided.zeros(dtype, shape), value);

/** Positions counted from 1, as the kernel counts them. */
export const fromOne = (x: Strided): Strided =>
  ops.sub.run([castTo(x, int64), scalarArray(1, int64)], undefined as never) as Strided;

/** Adds an axis of length 1 in front where x has `rank − 1` axes, runs f, and takes it away. */
export function batched(x: V, rank: number, name: string, f: (x: V) => V): V {
  if (x.shape.length === rank) return f(x);
  if (x.shape.length !== rank - 1)
    throw new LuaError(
      `${name}: ${rank - 1}D or ${rank}D (batch mode) tensor expected for input, but got ${x.shape.length}D`,
    );
  const y = f(reshape(x, [1, ...x.shape]));
  return reshape(y, y.shape.slice(1));
}
/** 0-based axis of a 1-based one; with `inputs` axes per sample, a batch axis in front shifts it. */
export function axisOf(dim: number, rank: number, inputs?: number): number {
  if (dim < 0) return rank + dim;
  return inputs !== undefined && inputs > 0 && rank === inputs + 1 ? dim : dim - 1;
}
/** A row of two inputs with parameters. */
export const unaryPair = <P>(row: OpRow<P>, a: V, b: V, params: object): V => call(row, [a, b], params as P);
