import { LuaError } from "../errors.js";
import { defineModule, type Module } from "./module.js";
import * as r from "./rows.js";
import type { Values } from "./values.js";

/* Modules that take or give tables of tensors. */

type List = readonly r.V[];
const fold = (name: string, f: (a: r.V, b: r.V) => r.V): void =>
  defineModule(name, { init() {}, forward: (xs: List) => xs.slice(1).reduce(f, xs[0]!) });
fold("nn.CAddTable", (a, b) => r.add(a, b));
fold("nn.CSubTable", (a, b) => r.sub(a, b));
fold("nn.CMulTable", (a, b) => r.mul(a, b));
fold("nn.CDivTable", (a, b) => r.div(a, b));
fold("nn.CMaxTable", r.maximum);
fold("nn.CMinTable", r.minimum);

const axisWithBatch = (m: Module, rank: number): number =>
  r.axisOf(m.dimension as number, rank, m.nInputDims as number | undefined);
/** Tensors laid end to end along an axis. */
defineModule("nn.JoinTable", {
  init(this: Module, dimension: number, nInputDims?: number) {
    Object.assign(this, { dimension, nInputDims });
  },
  forward(this, xs: List) {
    return r.concat(xs, axisWithBatch(this, xs[0]!.shape.length));
  },
});
/** The slices along an axis as a table. */
defineModule("nn.SplitTable", {
  init(this: Module, dimension: number, nInputDims?: number) {
    Object.assign(this, { dimension, nInputDims });
  },
  forward(this, x: r.V) {
    const dim = axisWithBatch(this, x.shape.length);
    return Array.from({ length: x.shape[dim]! }, (_, i) => r.select(x, dim, i));
  },
});
defineModule("nn.SelectTable", {
  init(this: Module, index: number) {
    this.index = index;
  },
  forward(this, xs: readonly Values[]) {
    const i = this.index as number;
    const chosen = xs[i < 0 ? xs.length + i : i - 1];
    if (chosen === undefined) throw new LuaError("index does not exist in the input table");
    return chosen;
  },
});
defineModule("nn.NarrowTable", {
  init(this: Module, offset: number, length = 1) {
    Object.assign(this, { offset, len: length });
  },
  forward(this, xs: readonly Values[]) {
    const from = (this.offset as number) - 1;
    return xs.slice(from, from + (this.len as number));
  },
});
const flat = (xs: Values): r.V[] => (Array.isArray(xs) ? xs.flatMap(flat) : [xs as r.V]);
defineModule("nn.FlattenTable", { init() {}, forward: (xs: readonly Values[]) => flat(xs) });
/** Experts weighted by a gater: `{weights [batch, n], experts}`. */
defineModule("nn.MixtureTable", {
  init(this: Module, dim?: number) {
    this.dim = dim;
  },
  forward(this, [gate, experts]: readonly [r.V, r.V | List]) {
    const stacked = Array.isArray(experts)
      ? r.stack(experts as List, gate.shape.length - 1)
      : (experts as r.V);
    const at = gate.shape.length - 1;
    const shape = stacked.shape.map((n, i) => (i < gate.shape.length ? gate.shape[i]! : n * 0 + 1));
    return r.sum(r.mul(stacked, r.reshape(gate, shape)), [at]);
  },
});

const lastSum = (x: r.V): r.V => (x.shape.length === 1 ? r.reshape(r.sum(x), [1]) : r.sum(x, [1]));
defineModule("nn.DotProduct", { init() {}, forward: ([a, b]: List) => lastSum(r.mul(a!, b!)) });
defineModule("nn.PairwiseDistance", {
  init(this: Module, p: number) {
    this.norm = p;
  },
  forward(this, [a, b]: List) {
    const y = r.norm(r.sub(a!, b!), this.norm as number, [a!.shape.length - 1]);
    return y.shape.length === 0 ? r.reshape(y, [1]) : y;
  },
});
defineModule("nn.CosineDistance", {
  init() {},
  forward([a, b]: List) {
    const inner = lastSum(r.mul(a!, b!));
    const lengths = r.sqrt(r.mul(r.add(lastSum(r.square(a!)), 1e-12), r.add(lastSum(r.square(b!)), 1e-12)));
    return r.div(inner, lengths);
  },
});
/** The product of two matrices, or of two stacks of them, either transposed. */
defineModule("nn.MM", {
  init(this: Module, transA = false, transB = false) {
    Object.assign(this, { transA, transB });
  },
  forward(this, [a, b]: List) {
    const turn = (x: r.V, yes: unknown): r.V =>
      yes === true ? r.transpose(x, x.shape.length - 2, x.shape.length - 1) : x;
    return r.matmul(turn(a!, this.transA), turn(b!, this.transB));
  },
});
defineModule("nn.MV", {
  init(this: Module, trans = false) {
    this.trans = trans;
  },
  forward(this, [m, v]: List) {
    const a = this.trans === true ? r.transpose(m!, m!.shape.length - 2, m!.shape.length - 1) : m!;
    const y = r.matmul(a, r.reshape(v!, [...v!.shape, 1]));
    return r.reshape(y, y.shape.slice(0, -1));
  },
});
