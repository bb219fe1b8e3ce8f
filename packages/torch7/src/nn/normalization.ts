import { castTo, ops, type Strided } from "@cognate/kernel";
import { call, callMany } from "@cognate/tensor";
import { anyRow } from "../any-row.js";
import { LuaError } from "../errors.js";
import { type TensorImpl, tensorOf } from "../tensor/tensor.js";
import { accumulate, defineModule, type Module } from "./module.js";
import * as r from "./rows.js";

type P = Readonly<Record<string, r.V>>;

/** Batch normalisation of inputs with `nDim` axes, features on the second. */
function batchNormalization(name: string, nDim: number): void {
  defineModule(name, {
    parameters: ["weight", "bias"],
    init(this: Module, nOutput: number, eps = 1e-5, momentum = 0.1, affine = true) {
      Object.assign(this, { nDim, eps, momentum, affine, train: true });
      this.running_mean = tensorOf(nOutput);
      this.running_var = tensorOf(nOutput).fill(1);
      if (affine) {
        this.weight = tensorOf(nOutput);
        this.bias = tensorOf(nOutput);
        this.reset();
      }
    },
    prepare(this, input) {
      if (this.train !== true) return;
      const x = input as TensorImpl;
      if (x.dim() !== nDim && x.dim() !== nDim - 1)
        throw new LuaError(`only mini-batch supported (${nDim}D tensor), got ${x.dim()}D tensor instead`);
      const a =
        x.dim() === nDim
          ? x._array
          : (ops.reshape.run([x._array], { shape: [1, ...x._array.shape] }) as Strided);
      const dims = a.shape.map((_, i) => i).filter((i) => i !== 1);
      const momentum = this.momentum as number;
      const update = (running: TensorImpl, now: Strided): void => {
        (running as unknown as { mul(k: number): unknown }).mul(1 - momentum);
        accumulate(running, castTo(now, running._array.dtype), momentum);
      };
      update(this.running_mean as TensorImpl, ops.mean.run([a], { dims }) as Strided);
      update(
        this.running_var as TensorImpl,
        anyRow(ops.variance).run([a], { dims, correction: 1 }) as Strided,
      );
    },
    forward(this, x: r.V, { weight, bias }: P) {
      return r.batched(x, nDim, this.__typename, (y) => {
        if (this.train === true)
          return callMany(anyRow(ops.standardize), [y, weight ?? null, bias ?? null], {
            axes: y.shape.map((_, i) => i).filter((i) => i !== 1),
            affine: [1],
            eps: this.eps,
          } as never)[0]!;
        const [m, v] = [this.running_mean, this.running_var].map((t) =>
          r.constantArray((t as TensorImpl)._array),
        );
        return call(anyRow(ops.standardizeBy), [y, m!, v!, weight ?? null, bias ?? null], {
          axis: 1,
          eps: this.eps,
        } as never);
      });
    },
    text() {
      return `${this.__typename} (${nDim}D) (${(this.running_mean as TensorImpl).nElement()})`;
    },
    methods: {
      reset(this: Module) {
        (this.weight as unknown as { uniform(): unknown } | undefined)?.uniform();
        (this.bias as TensorImpl | undefined)?.zero();
        (this.running_mean as TensorImpl).zero();
        (this.running_var as TensorImpl).fill(1);
        return this;
      },
    },
  });
}
batchNormalization("nn.BatchNormalization", 2);
batchNormalization("nn.SpatialBatchNormalization", 4);
batchNormalization("nn.VolumetricBatchNormalization", 5);
