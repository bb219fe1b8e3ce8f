import { ops } from "@cognate/kernel";
import { anyRow } from "../any-row.js";
import { defaultGenerator, drawn } from "../math/random.js";
import { type TensorImpl, tensorOf } from "../tensor/tensor.js";
import { defineModule, type Module } from "./module.js";
import * as r from "./rows.js";

/* Transfer functions and other modules that work place by place. */

type P = Readonly<Record<string, r.V>>;
const plain = (name: string, f: (x: r.V) => r.V): void =>
  defineModule(name, { init() {}, forward: (x: r.V) => f(x) });
const none = undefined as never;

plain("nn.Identity", (x) => x);
plain("nn.Copy", (x) => x);
plain("nn.Contiguous", (x) => x);
plain("nn.Tanh", (x) => r.tanh(x));
plain("nn.Sigmoid", (x) => r.sigmoid(x));
plain("nn.Exp", (x) => r.exp(x));
plain("nn.Log", (x) => r.log(x));
plain("nn.Abs", (x) => r.abs(x));
plain("nn.Square", (x) => r.square(x));
plain("nn.Sqrt", (x) => r.sqrt(x));
plain("nn.SoftSign", (x) => r.unary(anyRow(ops.softsign), x, none));
plain("nn.TanhShrink", (x) => r.unary(anyRow(ops.tanhshrink), x, none));
plain("nn.LogSigmoid", (x) => r.unary(anyRow(ops.logSigmoid), x, none));
plain("nn.ReLU6", (x) => r.unary(ops.hardtanh, x, { min: 0, max: 6 }));

/** x where it is above the threshold, else `val`. */
const threshold = (th: number, val: number) => (x: r.V) =>
  r.unary(ops.threshold, x, { threshold: th, value: val });
defineModule("nn.Threshold", {
  init(this: Module, th = 1e-6, v = 0) {
    this.threshold = th;
    this.val = v;
  },
  forward(this, x: r.V) {
    return threshold(this.threshold as number, this.val as number)(x);
  },
});
plain("nn.ReLU", threshold(0, 0));
defineModule("nn.LeakyReLU", {
  init(this: Module, negval = 0.01) {
    this.negval = negval;
  },
  forward(this, x: r.V) {
    return r.unary(ops.leakyRelu, x, { slope: this.negval as number });
  },
  text() {
    return `${this.__typename}(${this.negval as number})`;
  },
});
defineModule("nn.ELU", {
  init(this: Module, alpha = 1) {
    this.alpha = alpha;
  },
  forward(this, x: r.V) {
    return r.unary(ops.elu, x, { alpha: this.alpha as number });
  },
  text() {
    return `${this.__typename} (alpha:${(this.alpha as number).toFixed(6)})`;
  },
});
defineModule("nn.PReLU", {
  parameters: ["weight"],
  init(this: Module, nOutputPlane = 0) {
    this.nOutputPlane = nOutputPlane;
    this.weight = tensorOf(nOutputPlane || 1).fill(0.25);
  },
  forward(this, x: r.V, { weight }: P) {
    const planes = this.nOutputPlane as number;
    const channel = x.shape.length - (x.shape.length > 2 ? 3 : 1);
    const w =
      planes === 0
        ? weight!
        : r.reshape(
            weight!,
            x.shape.map((_, i) => (i === Math.max(channel, x.shape.length === 3 ? 0 : channel) ? planes : 1)),
          );
    return r.unaryPair(anyRow(ops.prelu), x, r.expand(w, x.shape), {});
  },
});
defineModule("nn.HardTanh", {
  init(this: Module, min_value = -1, max_value = 1) {
    this.min_val = min_value;
    this.max_val = max_value;
  },
  forward(this, x: r.V) {
    return r.unary(ops.hardtanh, x, { min: this.min_val as number, max: this.max_val as number });
  },
});
defineModule("nn.Clamp", {
  init(this: Module, min_value: number, max_value: number) {
    this.min_val = min_value;
    this.max_val = max_value;
  },
  forward(this, x: r.V) {
    return r.unary(ops.hardtanh, x, { min: this.min_val as number, max: this.max_val as number });
  },
});
for (const [name, row] of [
  ["nn.HardShrink", ops.hardshrink],
  ["nn.SoftShrink", ops.softshrink],
] as const)
  defineModule(name, {
    init(this: Module, lambda = 0.5) {
      this.lambda = lambda;
    },
    forward(this, x: r.V) {
      return r.unary(row, x, { lambda: this.lambda as number });
    },
  });
defineModule("nn.SoftPlus", {
  init(this: Module, beta = 1) {
    this.beta = beta;
    this.threshold = 20;
  },
  forward(this, x: r.V) {
    return r.unary(ops.softplus, x, { beta: this.beta as number, threshold: this.threshold as number });
  },
});
/** Vectors and batches go along the last axis, images along their planes. */
const classAxis = (rank: number): number => (rank === 1 || rank === 3 ? 0 : 1);
plain("nn.SoftMax", (x) => r.unary(anyRow(ops.softmax), x, { dim: classAxis(x.shape.length) }));
plain("nn.SoftMin", (x) => r.unary(anyRow(ops.softmax), r.mul(x, -1), { dim: classAxis(x.shape.length) }));
plain("nn.LogSoftMax", (x) => r.unary(anyRow(ops.logSoftmax), x, { dim: classAxis(x.shape.length) }));
plain("nn.SpatialSoftMax", (x) => r.unary(anyRow(ops.softmax), x, { dim: x.shape.length === 3 ? 0 : 1 }));
plain("nn.SpatialLogSoftMax", (x) =>
  r.unary(anyRow(ops.logSoftmax), x, { dim: x.shape.length === 3 ? 0 : 1 }),
);

defineModule("nn.Power", {
  init(this: Module, p: number) {
    this.pow = p;
  },
  forward(this, x: r.V) {
    return r.powers(x, this.pow as number);
  },
});
for (const [name, f] of [
  ["nn.AddConstant", r.add],
  ["nn.MulConstant", r.mul],
] as const)
  defineModule(name, {
    init(this: Module, constant_scalar: number) {
      this.constant_scalar = constant_scalar;
    },
    forward(this, x: r.V) {
      return f(x, this.constant_scalar as number);
    },
  });
defineModule("nn.GradientReversal", {
  init(this: Module, lambda = 1) {
    this.lambda = lambda;
  },
  // x·(1 + λ) without its history minus λ·x: the value of x, the gradient of −λ·x.
  forward(this, x: r.V) {
    const lambda = this.lambda as number;
    return r.sub(r.mul(x.detach() as r.V, 1 + lambda), r.mul(x, lambda));
  },
  methods: {
    setLambda(this: Module, lambda: number) {
      this.lambda = lambda;
    },
  },
});

/** A dropout: noise of 0 and 1 that covers `shape` of the input. */
function dropout(name: string, covers: (shape: readonly number[]) => number[], rescales: boolean): void {
  defineModule(name, {
    init(this: Module, p = 0.5, v1 = false) {
      this.p = p;
      this.v2 = rescales && !v1;
      this.train = true;
      this.noise = tensorOf();
    },
    prepare(this, input) {
      if (this.train !== true) return;
      const keep = 1 - (this.p as number);
      const x = (input as TensorImpl)._array;
      (this.noise as TensorImpl)._array = drawn(covers(x.shape), () => defaultGenerator().bernoulli(keep));
    },
    forward(this, x: r.V) {
      const keep = 1 - (this.p as number);
      if (this.train !== true) return this.v2 === true ? x : r.mul(x, keep);
      const noise = r.constantArray(
        ops.cast.run([(this.noise as TensorImpl)._array], { dtype: x.dtype }) as never,
      );
      return this.v2 === true ? r.mul(x, r.div(noise, keep)) : r.mul(x, noise);
    },
    text() {
      return `${this.__typename}(${(this.p as number).toFixed(6)})`;
    },
    methods: {
      setp(this: Module, p: number) {
        this.p = p;
      },
    },
  });
}
dropout("nn.Dropout", (shape) => [...shape], true);
dropout("nn.SpatialDropout", (shape) => shape.map((n, i) => (i < shape.length - 2 ? n : 1)), false);
