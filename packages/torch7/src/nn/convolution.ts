import { type ConvParams, type OpRow, ops, type PoolParams } from "@cognate/kernel";
import { call, callMany } from "@cognate/tensor";
import { anyRow } from "../any-row.js";
import { LuaError } from "../errors.js";
import { tensorOf } from "../tensor/tensor.js";
import { boundOf, uniformParameters } from "./linear.js";
import { defineModule, type Module } from "./module.js";
import * as r from "./rows.js";

/* Convolutions and poolings. Kernel, stride and padding are given as width before height (and time first in volumes). */

type P = Readonly<Record<string, r.V>>;
const both = (p: readonly number[]): (readonly [number, number])[] => p.map((n) => [n, n] as const);
/** A field of a module that is a number. */
const n = (m: Module, name: string): number => m[name] as number;

const convolve = (
  x: r.V,
  w: r.V,
  b: r.V | null,
  stride: readonly number[],
  padding: readonly number[],
  dilation?: readonly number[],
  groups = 1,
): r.V =>
  call(ops.conv as OpRow<ConvParams>, [x, w, b], {
    stride,
    padding: both(padding),
    dilation: dilation ?? stride.map(() => 1),
    groups,
  });

/** Learnt fields of a convolution and how they start. */
const learnt = {
  reset(this: Module, stdv?: number) {
    return uniformParameters(this, boundOf(stdv, n(this, "kW") * n(this, "kH") * n(this, "nInputPlane")));
  },
  noBias(this: Module) {
    this.bias = undefined;
    this.gradBias = undefined;
    return this;
  },
};
function convolutionText(this: Module): string {
  const [dW, dH, padW, padH] = ["dW", "dH", "padW", "padH"].map((k) => n(this, k));
  let s = `${this.__typename}(${n(this, "nInputPlane")} -> ${n(this, "nOutputPlane")}, ${n(this, "kW")}x${n(this, "kH")}`;
  if (dW !== 1 || dH !== 1 || padW !== 0 || padH !== 0) s += `, ${dW},${dH}`;
  if (padW !== 0 || padH !== 0) s += `, ${padW},${padH}`;
  return `${s})${this.bias ? "" : " without bias"}`;
}
function spatial(
  m: Module,
  nInputPlane: number,
  nOutputPlane: number,
  kW: number,
  kH: number,
  dW = 1,
  dH = 1,
  padW = 0,
  padH = padW,
): void {
  Object.assign(m, { nInputPlane, nOutputPlane, kW, kH, dW, dH, padW, padH });
}

/** y `[out, H′, W′]` of x `[in, H, W]` (or batches); weight `[out, in, kH, kW]`, bias `[out]`. */
defineModule("nn.SpatialConvolution", {
  parameters: ["weight", "bias"],
  init(
    this: Module,
    nIn: number,
    nOut: number,
    kW: number,
    kH: number,
    dW?: number,
    dH?: number,
    padW?: number,
    padH?: number,
  ) {
    spatial(this, nIn, nOut, kW, kH, dW, dH, padW, padH);
    this.weight = tensorOf(nOut, nIn, kH, kW);
    this.bias = tensorOf(nOut);
    this.reset();
  },
  forward(this, x: r.V, { weight, bias }: P) {
    return r.batched(x, 4, this.__typename, (y) =>
      convolve(y, weight!, bias ?? null, [n(this, "dH"), n(this, "dW")], [n(this, "padH"), n(this, "padW")]),
    );
  },
  text: convolutionText,
  methods: learnt,
});
/** The same with the weight as a matrix `[out, in·kH·kW]`. */
defineModule("nn.SpatialConvolutionMM", {
  parameters: ["weight", "bias"],
  init(
    this: Module,
    nIn: number,
    nOut: number,
    kW: number,
    kH: number,
    dW?: number,
    dH?: number,
    padW?: number,
    padH?: number,
  ) {
    spatial(this, nIn, nOut, kW, kH, dW, dH, padW, padH);
    this.weight = tensorOf(nOut, nIn * kH * kW);
    this.bias = tensorOf(nOut);
    this.reset();
  },
  forward(this, x: r.V, { weight, bias }: P) {
    const w = r.reshape(weight!, [
      n(this, "nOutputPlane"),
      n(this, "nInputPlane"),
      n(this, "kH"),
      n(this, "kW"),
    ]);
    return r.batched(x, 4, this.__typename, (y) =>
      convolve(y, w, bias ?? null, [n(this, "dH"), n(this, "dW")], [n(this, "padH"), n(this, "padW")]),
    );
  },
  text: convolutionText,
  methods: learnt,
});
defineModule("nn.SpatialDilatedConvolution", {
  parent: "nn.SpatialConvolution",
  parameters: ["weight", "bias"],
  init(
    this: Module,
    nIn: number,
    nOut: number,
    kW: number,
    kH: number,
    dW?: number,
    dH?: number,
    padW?: number,
    padH?: number,
    dilationW = 1,
    dilationH = dilationW,
  ) {
    spatial(this, nIn, nOut, kW, kH, dW, dH, padW, padH);
    Object.assign(this, { dilationW, dilationH });
    this.weight = tensorOf(nOut, nIn, kH, kW);
    this.bias = tensorOf(nOut);
    this.reset();
  },
  forward(this, x: r.V, { weight, bias }: P) {
    return r.batched(x, 4, this.__typename, (y) =>
      convolve(
        y,
        weight!,
        bias ?? null,
        [n(this, "dH"), n(this, "dW")],
        [n(this, "padH"), n(this, "padW")],
        [n(this, "dilationH"), n(this, "dilationW")],
      ),
    );
  },
});
/** The transposed convolution; weight `[in, out, kH, kW]`. */
defineModule("nn.SpatialFullConvolution", {
  parameters: ["weight", "bias"],
  init(
    this: Module,
    nIn: number,
    nOut: number,
    kW: number,
    kH: number,
    dW?: number,
    dH?: number,
    padW?: number,
    padH?: number,
    adjW = 0,
    adjH = adjW,
  ) {
    spatial(this, nIn, nOut, kW, kH, dW, dH, padW, padH);
    Object.assign(this, { adjW, adjH });
    this.weight = tensorOf(nIn, nOut, kH, kW);
    this.bias = tensorOf(nOut);
    this.reset();
  },
  forward(this, x: r.V, { weight, bias }: P) {
    const [dH, dW, padH, padW, kH, kW] = ["dH", "dW", "padH", "padW", "kH", "kW"].map((k) => n(this, k)) as [
      number,
      number,
      number,
      number,
      number,
      number,
    ];
    return r.batched(x, 4, this.__typename, (y) => {
      const [h, w] = y.shape.slice(2) as [number, number];
      return call(anyRow(ops.convInput), [y, weight!, bias ?? null], {
        stride: [dH, dW],
        padding: both([padH, padW]),
        dilation: [1, 1],
        groups: 1,
        spatial: [
          (h - 1) * dH - 2 * padH + kH + n(this, "adjH"),
          (w - 1) * dW - 2 * padW + kW + n(this, "adjW"),
        ],
      } as never);
    });
  },
  text: convolutionText,
  methods: {
    reset(this: Module, stdv?: number) {
      return uniformParameters(this, boundOf(stdv, n(this, "kW") * n(this, "kH") * n(this, "nInputPlane")));
    },
  },
});
/** Windows of `kW` frames of x `[frames, in]`; weight `[out, in·kW]`. */
defineModule("nn.TemporalConvolution", {
  parameters: ["weight", "bias"],
  init(this: Module, inputFrameSize: number, outputFrameSize: number, kW: number, dW = 1) {
    Object.assign(this, { inputFrameSize, outputFrameSize, kW, dW });
    this.weight = tensorOf(outputFrameSize, inputFrameSize * kW);
    this.bias = tensorOf(outputFrameSize);
    this.reset();
  },
  forward(this, x: r.V, { weight, bias }: P) {
    const [kW, size, out] = ["kW", "inputFrameSize", "outputFrameSize"].map((k) => n(this, k)) as [
      number,
      number,
      number,
    ];
    if (x.shape[x.shape.length - 1] !== size)
      throw new LuaError(`invalid input frame size. Got: ${x.shape[x.shape.length - 1]}, Expected: ${size}`);
    const w = r.permute(r.reshape(weight!, [out, kW, size]), [0, 2, 1]);
    return r.batched(x, 3, this.__typename, (y) =>
      r.transpose(convolve(r.transpose(y, 1, 2), w, bias!, [n(this, "dW")], [0]), 1, 2),
    );
  },
  methods: {
    reset(this: Module, stdv?: number) {
      return uniformParameters(this, boundOf(stdv, n(this, "kW") * n(this, "inputFrameSize")));
    },
  },
});
defineModule("nn.VolumetricConvolution", {
  parameters: ["weight", "bias"],
  init(
    this: Module,
    nIn: number,
    nOut: number,
    kT: number,
    kW: number,
    kH: number,
    dT = 1,
    dW = 1,
    dH = 1,
    padT = 0,
    padW = padT,
    padH = padT,
  ) {
    spatial(this, nIn, nOut, kW, kH, dW, dH, padW, padH);
    Object.assign(this, { kT, dT, padT });
    this.weight = tensorOf(nOut, nIn, kT, kH, kW);
    this.bias = tensorOf(nOut);
    this.reset();
  },
  forward(this, x: r.V, { weight, bias }: P) {
    return r.batched(x, 5, this.__typename, (y) =>
      convolve(
        y,
        weight!,
        bias ?? null,
        [n(this, "dT"), n(this, "dH"), n(this, "dW")],
        [n(this, "padT"), n(this, "padH"), n(this, "padW")],
      ),
    );
  },
  methods: {
    reset(this: Module, stdv?: number) {
      return uniformParameters(
        this,
        boundOf(stdv, n(this, "kT") * n(this, "kW") * n(this, "kH") * n(this, "nInputPlane")),
      );
    },
  },
});

/** Windows over the last axes; `rank` axes with batch and planes. */
const pool = (m: Module, x: r.V, rank: number, p: PoolParams, row: "max" | "mean", more: object = {}): r.V =>
  r.batched(x, rank, m.__typename, (y) =>
    row === "max"
      ? callMany(ops.maxPool as OpRow<PoolParams>, [y], p)[0]!
      : call(anyRow(ops.avgPool), [y], { ...p, ...more } as never),
  );
const windowsOf = (m: Module, axes: readonly string[]): PoolParams => ({
  kernel: axes.map((a) => n(m, `k${a}`)),
  stride: axes.map((a) => n(m, `d${a}`)),
  padding: both(axes.map((a) => (m[`pad${a}`] as number | undefined) ?? 0)),
  ceil: m.ceil_mode === true,
});
function poolText(this: Module): string {
  const [kW, kH, dW, dH, padW, padH] = ["kW", "kH", "dW", "dH", "padW", "padH"].map((k) => n(this, k));
  return `${this.__typename}(${kW}x${kH}, ${dW},${dH}${padW !== 0 || padH !== 0 ? `, ${padW},${padH}` : ""})`;
}
const rounding = {
  ceil(this: Module) {
    this.ceil_mode = true;
    return this;
  },
  floor(this: Module) {
    this.ceil_mode = false;
    return this;
  },
};
const window2d = (m: Module, kW: number, kH: number, dW = kW, dH = kH, padW = 0, padH = 0): void => {
  Object.assign(m, { kW, kH, dW, dH, padW, padH, ceil_mode: false });
};
defineModule("nn.SpatialMaxPooling", {
  init(this: Module, kW: number, kH: number, dW?: number, dH?: number, padW?: number, padH?: number) {
    window2d(this, kW, kH, dW, dH, padW, padH);
  },
  forward(this, x: r.V) {
    return pool(this, x, 4, windowsOf(this, ["H", "W"]), "max");
  },
  text: poolText,
  methods: rounding,
});
defineModule("nn.SpatialAveragePooling", {
  init(this: Module, kW: number, kH: number, dW = 1, dH = 1, padW?: number, padH?: number) {
    window2d(this, kW, kH, dW, dH, padW, padH);
    this.count_include_pad = true;
    this.divide = true;
  },
  forward(this, x: r.V) {
    const divisor = this.divide === false ? { divisor: 1 } : {};
    return pool(this, x, 4, windowsOf(this, ["H", "W"]), "mean", {
      countPadding: this.count_include_pad === true,
      ...divisor,
    });
  },
  text: poolText,
  methods: {
    ...rounding,
    setCountIncludePad(this: Module) {
      this.count_include_pad = true;
      return this;
    },
    setCountExcludePad(this: Module) {
      this.count_include_pad = false;
      return this;
    },
  },
});
defineModule("nn.SpatialAdaptiveMaxPooling", {
  init(this: Module, W: number, H: number) {
    Object.assign(this, { W, H });
  },
  forward(this, x: r.V) {
    return r.batched(
      x,
      4,
      this.__typename,
      (y) =>
        callMany(anyRow(ops.adaptiveMaxPool), [y], {
          output: [n(this, "H"), n(this, "W")],
        } as never)[0]!,
    );
  },
});
defineModule("nn.SpatialAdaptiveAveragePooling", {
  init(this: Module, W: number, H: number) {
    Object.assign(this, { W, H });
  },
  forward(this, x: r.V) {
    return r.batched(x, 4, this.__typename, (y) =>
      call(anyRow(ops.adaptiveAvgPool), [y], { output: [n(this, "H"), n(this, "W")] } as never),
    );
  },
});
defineModule("nn.TemporalMaxPooling", {
  init(this: Module, kW: number, dW = kW) {
    Object.assign(this, { kW, dW });
  },
  forward(this, x: r.V) {
    return r.batched(x, 3, this.__typename, (y) =>
      r.transpose(
        callMany(ops.maxPool as OpRow<PoolParams>, [r.transpose(y, 1, 2)], windowsOf(this, ["W"]))[0]!,
        1,
        2,
      ),
    );
  },
});
for (const [name, kind] of [
  ["nn.VolumetricMaxPooling", "max"],
  ["nn.VolumetricAveragePooling", "mean"],
] as const)
  defineModule(name, {
    init(
      this: Module,
      kT: number,
      kW: number,
      kH: number,
      dT = kT,
      dW = kW,
      dH = kH,
      padT = 0,
      padW = 0,
      padH = 0,
    ) {
      window2d(this, kW, kH, dW, dH, padW, padH);
      Object.assign(this, { kT, dT, padT });
    },
    forward(this, x: r.V) {
      return pool(this, x, 5, windowsOf(this, ["T", "H", "W"]), kind, { countPadding: true });
    },
    methods: rounding,
  });
/** Each pixel repeated `scale` times along both axes. */
defineModule("nn.SpatialUpSamplingNearest", {
  init(this: Module, scale: number) {
    this.scale_factor = scale;
  },
  forward(this, x: r.V) {
    const s = this.scale_factor as number;
    const lead = x.shape.slice(0, -2);
    const [h, w] = x.shape.slice(-2) as [number, number];
    return r.reshape(r.expand(r.reshape(x, [...lead, h, 1, w, 1]), [...lead, h, s, w, s]), [
      ...lead,
      h * s,
      w * s,
    ]);
  },
});
