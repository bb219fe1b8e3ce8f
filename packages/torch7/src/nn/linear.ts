import { ops } from "@cognate/kernel";
import { anyRow } from "../any-row.js";
import { LuaError } from "../errors.js";
import { TensorImpl, tensorOf } from "../tensor/tensor.js";
import { defineModule, type Module } from "./module.js";
import * as r from "./rows.js";

/** Fills parameters with uniform numbers in ±bound, weight first. */
export function uniformParameters(
  m: Module,
  bound: number,
  names: readonly string[] = ["weight", "bias"],
): Module {
  for (const name of names)
    if (m[name] instanceof TensorImpl)
      (m[name] as unknown as { uniform(a: number, b: number): unknown }).uniform(-bound, bound);
  return m;
}
/** The bound from `reset(stdv)` or from the number of inputs. */
export const boundOf = (stdv: number | undefined, inputs: number): number =>
  stdv === undefined ? 1 / Math.sqrt(inputs) : stdv * Math.sqrt(3);

type P = Readonly<Record<string, r.V>>;

/** y = W·x + b; weight `[out, in]`, bias `[out]`. */
defineModule("nn.Linear", {
  parameters: ["weight", "bias"],
  init(this: Module, inputSize: number, outputSize: number, bias = true) {
    this.weight = tensorOf(outputSize, inputSize);
    if (bias) this.bias = tensorOf(outputSize);
    this.reset();
  },
  forward(this, x: r.V, { weight, bias }: P) {
    if (x.shape.length < 1 || x.shape.length > 2) throw new LuaError("input must be vector or matrix");
    if (x.shape[x.shape.length - 1] !== weight!.shape[1])
      throw new LuaError(
        `size mismatch, m1: [${[1, ...x.shape].slice(-2).join(" x ")}], m2: [${[...weight!.shape].reverse().join(" x ")}]`,
      );
    return r.linear(x, weight!, bias ?? null);
  },
  methods: {
    reset(this: Module, stdv?: number) {
      return uniformParameters(this, boundOf(stdv, (this.weight as TensorImpl).size(2)));
    },
    noBias(this: Module) {
      this.bias = undefined;
      this.gradBias = undefined;
      return this;
    },
  },
  text() {
    const w = this.weight as TensorImpl;
    return `${this.__typename}(${w.size(2)} -> ${w.size(1)})${this.bias ? "" : " without bias"}`;
  },
});

/** y_k = x₁ᵀ·W_k·x₂ + b_k */
defineModule("nn.Bilinear", {
  parameters: ["weight", "bias"],
  init(this: Module, in1: number, in2: number, out: number, bias = true) {
    this.weight = tensorOf(out, in1, in2);
    if (bias) this.bias = tensorOf(out);
    this.reset();
  },
  forward(this, [a, b]: readonly [r.V, r.V], { weight, bias }: P) {
    const [out, n1, n2] = weight!.shape as readonly [number, number, number];
    const left = r.matmul(r.reshape(a, [1, a.shape[0]!, n1]), weight!);
    const y = r.transpose(
      r.reshape(r.sum(r.mul(left, r.reshape(b, [1, b.shape[0]!, n2])), [2]), [out, b.shape[0]!]),
      0,
      1,
    );
    return bias ? r.add(y, bias) : y;
  },
  methods: {
    reset(this: Module, stdv?: number) {
      return uniformParameters(this, boundOf(stdv, (this.weight as TensorImpl).size(2)));
    },
  },
  text() {
    const w = this.weight as TensorImpl;
    return `${this.__typename}(${w.size(2)} ${w.size(3)} -> ${w.size(1)})${this.bias ? "" : " without bias"}`;
  },
});

/** y = x + b, b of the inputs' size or one number. */
defineModule("nn.Add", {
  parameters: ["bias"],
  init(this: Module, inputSize: number, scalar = false) {
    this.bias = tensorOf(scalar ? 1 : inputSize);
    this.reset();
  },
  forward: (x: r.V, { bias }: P) => r.add(x, bias!),
  methods: {
    reset(this: Module, stdv?: number) {
      return uniformParameters(this, boundOf(stdv, (this.bias as TensorImpl).nElement()), ["bias"]);
    },
  },
});
/** y = w·x with one learnt number. */
defineModule("nn.Mul", {
  parameters: ["weight"],
  init(this: Module) {
    this.weight = tensorOf(1);
    this.reset();
  },
  forward: (x: r.V, { weight }: P) => r.mul(x, weight!),
  methods: {
    reset(this: Module, stdv?: number) {
      return uniformParameters(this, boundOf(stdv, 1), ["weight"]);
    },
  },
});
const sizesOf = (args: readonly unknown[]): number[] =>
  Array.isArray(args[0]) ? [...(args[0] as number[])] : args.map(Number);
/** y = w ∘ x, w stretched over the batch. */
defineModule("nn.CMul", {
  parameters: ["weight"],
  init(this: Module, ...size: readonly unknown[]) {
    this.weight = tensorOf(...sizesOf(size));
    this.reset();
  },
  forward: (x: r.V, { weight }: P) => r.mul(x, weight!),
  methods: {
    reset(this: Module, stdv?: number) {
      return uniformParameters(this, boundOf(stdv, (this.weight as TensorImpl).nElement()), ["weight"]);
    },
  },
});
/** y = x + b, b stretched over the batch. */
defineModule("nn.CAdd", {
  parameters: ["bias"],
  init(this: Module, ...size: readonly unknown[]) {
    this.bias = tensorOf(...sizesOf(size));
    this.reset();
  },
  forward: (x: r.V, { bias }: P) => r.add(x, bias!),
  methods: {
    reset(this: Module, stdv?: number) {
      return uniformParameters(this, boundOf(stdv, (this.bias as TensorImpl).nElement()), ["bias"]);
    },
  },
});

/** Distances to learnt points: y_j = ‖w_j − x‖, w `[in, out]`. */
defineModule("nn.Euclidean", {
  parameters: ["weight"],
  init(this: Module, inputSize: number, outputSize: number) {
    this.weight = tensorOf(inputSize, outputSize);
    this.reset();
  },
  forward(this, x: r.V, { weight }: P) {
    const apart = r.sub(r.reshape(x, [...x.shape, 1]), weight!);
    return r.norm(apart, 2, [x.shape.length - 1]);
  },
  methods: {
    reset(this: Module, stdv?: number) {
      return uniformParameters(this, boundOf(stdv, (this.weight as TensorImpl).size(1)), ["weight"]);
    },
  },
});
/** Cosines with learnt directions, w `[out, in]`. */
defineModule("nn.Cosine", {
  parameters: ["weight"],
  init(this: Module, inputSize: number, outputSize: number) {
    this.weight = tensorOf(outputSize, inputSize);
    this.reset();
  },
  forward(this, x: r.V, { weight }: P) {
    const y = r.linear(x, weight!, null);
    const lengths = r.mul(r.norm(x, 2, [x.shape.length - 1], true), r.norm(weight!, 2, [1]));
    return r.div(y, r.add(lengths, 1e-12));
  },
  methods: {
    reset(this: Module, stdv?: number) {
      return uniformParameters(
        this,
        stdv === undefined ? 1 / Math.sqrt((this.weight as TensorImpl).size(1)) : boundOf(stdv, 1),
        ["weight"],
      );
    },
  },
});

/** Rows of a table by their numbers (from 1); weight `[rows, size]`. */
defineModule("nn.LookupTable", {
  parameters: ["weight"],
  init(this: Module, nIndex: number, nOutput: number, paddingValue = 0, maxNorm?: number, normType = 2) {
    this.weight = tensorOf(nIndex, nOutput);
    this.paddingValue = paddingValue;
    this.maxNorm = maxNorm;
    this.normType = normType;
    this.reset();
  },
  prepare(this) {
    if (this.maxNorm === undefined) return;
    const w = this.weight as TensorImpl & { renorm(p: number, dim: number, max: number): TensorImpl };
    w.copy(w.renorm(this.normType as number, 1, this.maxNorm as number));
  },
  forward(this, x: r.V, { weight }: P) {
    const rows = r.fromOne(x.array);
    const padding = this.paddingValue as number;
    return r.unaryPair(
      anyRow(ops.embedding),
      weight!,
      r.constantArray(rows),
      padding > 0 ? { paddingIndex: padding - 1 } : {},
    );
  },
  methods: {
    reset(this: Module, stdv = 1) {
      (this.weight as unknown as { normal(m: number, s: number): unknown }).normal(0, stdv);
      return this;
    },
    updateGradInput(this: Module) {
      return this.gradInput;
    },
  },
});
