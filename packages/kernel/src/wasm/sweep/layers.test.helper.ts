import { type DType, float32, float64, int32, int64 } from "../../dtype/dtype.js";
import type { OpRow } from "../../ops/row.js";
import * as ops from "../../ops/table.js";
import { castTo, cloneContiguous } from "../../strided/copy.js";
import { Strided } from "../../strided/strided.js";
import { adamInPlace, descendInPlace } from "../kernels/optimize.js";
import { random } from "../testing.js";
import { truths, whole } from "./elementwise.test.helper.js";
import { type Form, inRows, type Make, type Path, type Run, type Sizes } from "./path.test.helper.js";

/* Products, convolutions, windows, normalisation, losses, attention, recurrences, steps of optimizers. */

const run =
  (row: unknown, params: unknown, ...rest: readonly null[]): Run =>
  (inputs) =>
    (row as OpRow).run([...inputs, ...rest], params) as Strided;

const within =
  (low: number, high: number, dtype: DType = float32): Make =>
  (shape) =>
    random(shape, low, high, dtype);

const products = (type: "float32" | "float64"): Path[] => {
  const [dtype, close] = type === "float32" ? ([float32, 3e-6] as const) : ([float64, 1e-14] as const);
  const form = (shapes: readonly string[], sizes: readonly Sizes[], row: unknown): Form => ({
    shapes,
    sizes,
    make: shapes.map(() => dtype),
    run: run(row, undefined),
  });
  return [
    {
      name: `matmul of ${type}`,
      kernels: [`row ${ops.matmul.simd![type]!}`],
      close,
      forms: [
        form(
          ["mk", "kn"],
          [
            { m: 13, k: 19, n: 17 },
            { m: 1, k: 300, n: 70 },
            { m: 5, k: 257, n: 9 },
            { m: 97, k: 11, n: 51 },
            { m: 64, k: 1, n: 64 },
            { m: 300, k: 70, n: 1 },
          ],
          ops.matmul,
        ),
        form(
          ["bmk", "bkn"],
          [
            { b: 3, m: 7, k: 31, n: 5 },
            { b: 5, m: 1, k: 64, n: 33 },
          ],
          ops.matmul,
        ),
        form(["bmk", "kn"], [{ b: 3, m: 7, k: 31, n: 5 }], ops.matmul),
        form(["mk", "bkn"], [{ b: 3, m: 7, k: 31, n: 5 }], ops.matmul),
        form(["1amk", "b1kn"], [{ a: 2, b: 3, m: 9, k: 40, n: 6 }], ops.matmul),
      ],
    },
    {
      name: `linear of ${type}`,
      // A bias lies in a row.
      declines: ([, , b]) => b !== undefined && b.strides[0] !== 1,
      kernels: [`row ${ops.linear.simd![type]!}`],
      close,
      forms: [
        form(
          ["mk", "nk", "n"],
          [
            { m: 13, k: 19, n: 17 },
            { m: 33, k: 7, n: 64 },
            { m: 1, k: 129, n: 33 },
          ],
          ops.linear,
        ),
        {
          ...form(["mk", "nk"], [{ m: 13, k: 19, n: 17 }], ops.linear),
          run: run(ops.linear, undefined, null),
        },
      ],
    },
  ];
};

const pairs = (n: number, v: number): [number, number][] => new Array<[number, number]>(n).fill([v, v]);

interface Convolution {
  readonly name: string;
  readonly x: string;
  readonly w: string;
  readonly stride: readonly number[];
  readonly pad: number;
  readonly dilation?: readonly number[];
  readonly groups?: number;
  readonly sizes: readonly Sizes[];
  /** Of the way forward, of the gradient of the image, and of that of the kernels; some layouts take the second of two. */
  readonly kernels: readonly (readonly string[])[];
  readonly close?: number;
}

const PLAIN = [["conv_f32"], ["conv_f32"], ["conv_weight_f32"]];
const CONVOLUTIONS: readonly Convolution[] = [
  {
    name: "2-D",
    x: "nchw",
    w: "ocrs",
    stride: [1, 1],
    pad: 1,
    sizes: [
      { n: 2, c: 3, h: 9, w: 11, o: 5, r: 3, s: 3 },
      { n: 1, c: 20, h: 9, w: 10, o: 17, r: 1, s: 1 },
      { n: 1, c: 2, h: 8, w: 20, o: 13, r: 2, s: 5 },
    ],
    kernels: PLAIN,
  },
  {
    name: "2-D with strides",
    x: "nchw",
    w: "ocrs",
    stride: [2, 3],
    pad: 2,
    sizes: [{ n: 2, c: 3, h: 17, w: 23, o: 5, r: 3, s: 4 }],
    kernels: [["conv_f32"], ["conv_input_f32"], ["conv_weight_f32"]],
  },
  {
    name: "dilated",
    x: "nchw",
    w: "ocrs",
    stride: [1, 1],
    pad: 2,
    dilation: [2, 3],
    sizes: [{ n: 2, c: 3, h: 12, w: 13, o: 5, r: 3, s: 3 }],
    kernels: PLAIN,
  },
  {
    name: "of each channel alone",
    x: "nchw",
    w: "c1rs",
    stride: [1, 1],
    pad: 1,
    groups: 7,
    sizes: [
      { n: 2, c: 7, h: 12, w: 13, r: 3, s: 3 },
      { n: 1, c: 7, h: 9, w: 30, r: 3, s: 5 },
    ],
    kernels: [["depthwise_f32"], ["depthwise_f32"], ["depthwise_weight_f32", "conv_weight_f32"]],
  },
  {
    name: "of each channel alone with strides",
    x: "nchw",
    w: "c1rs",
    stride: [3, 2],
    pad: 1,
    groups: 9,
    sizes: [{ n: 2, c: 9, h: 17, w: 31, r: 3, s: 3 }],
    kernels: [["depthwise_f32"], ["depthwise_input_f32"], ["depthwise_weight_f32", "conv_weight_f32"]],
  },
  {
    // What is not finite goes by plain sums.
    name: "3×3 by tiles",
    x: "nchw",
    w: "ocrs",
    stride: [1, 1],
    pad: 1,
    sizes: [
      { n: 2, c: 20, h: 13, w: 15, o: 18, r: 3, s: 3 },
      { n: 9, c: 16, h: 7, w: 8, o: 16, r: 3, s: 3 },
    ],
    kernels: [
      ["winograd_f32", "conv_f32"],
      ["winograd_f32", "conv_f32"],
      ["winograd_weight_f32", "conv_weight_f32"],
    ],
    close: 4e-6,
  },
  {
    name: "1-D",
    x: "ncl",
    w: "ocr",
    stride: [1],
    pad: 4,
    sizes: [{ n: 3, c: 5, l: 41, o: 7, r: 9 }],
    kernels: PLAIN,
  },
  {
    name: "3-D",
    x: "ncdhw",
    w: "ocqrs",
    stride: [1, 1, 1],
    pad: 1,
    sizes: [{ n: 1, c: 3, d: 5, h: 6, w: 7, o: 4, q: 2, r: 3, s: 3 }],
    kernels: PLAIN,
  },
];

function convolution(v: Convolution): Path[] {
  const axes = v.stride.length;
  const p = {
    stride: v.stride,
    padding: pairs(axes, v.pad),
    dilation: v.dilation ?? v.stride.map(() => 1),
    groups: v.groups ?? 1,
  };
  const lengths = (text: string, sizes: Sizes): number[] => [...text.slice(2)].map((c) => sizes[c]!);
  const channels = v.w[0]!;
  // What comes out has lengths of its own: capitals stand for them.
  const out = `n${channels}${["X", "Y", "Z"].slice(0, axes).join("")}`;
  const derived = (s: Sizes): Sizes => {
    const [image, kernel] = [lengths(v.x, s), lengths(v.w, s)];
    const [X = 0, Y = 0, Z = 0] = image.map((n, i) =>
      Math.max(0, Math.floor((n + 2 * v.pad - p.dilation[i]! * (kernel[i]! - 1) - 1) / v.stride[i]! + 1)),
    );
    return { ...s, X, Y, Z };
  };
  const { sizes, close = 2e-6 } = v;
  const [forward, input, weight] = v.kernels;
  const convInput: Run = ([gy, w, b], s) =>
    ops.convInput.run([gy!, w!, b ?? null], { ...p, spatial: lengths(v.x, s) }) as Strided;
  return [
    {
      name: `convolution ${v.name}`,
      kernels: forward!,
      close,
      unlike: /∞/,
      forms: [
        { shapes: [v.x, v.w, channels], sizes, derived, run: run(ops.conv, p) },
        { shapes: [v.x, v.w], sizes: sizes.slice(0, 1), derived, run: run(ops.conv, p, null) },
      ],
    },
    {
      name: `gradient of the image of a convolution ${v.name}`,
      kernels: input!,
      // Without strides kernels are multiplied with the zeros around the gradients: see conv.ts.
      declines: (_x, label) => v.stride.every((n) => n === 1) && /(NaN|∞) at \d+ of input 1/.test(label),
      close,
      unlike: /∞/,
      forms: [
        { shapes: [out, v.w], sizes, derived, run: convInput },
        { shapes: [out, v.w, v.x[1]!], sizes: sizes.slice(0, 1), derived, run: convInput },
      ],
    },
    {
      name: `gradient of the kernels of a convolution ${v.name}`,
      kernels: weight!,
      close,
      unlike: /∞/,
      forms: [
        {
          shapes: [v.x, out],
          sizes,
          derived,
          run: (inputs, s) => ops.convWeight.run(inputs, { ...p, kernel: lengths(v.w, s) }) as Strided,
        },
      ],
    },
  ];
}

const normalized = (
  name: string,
  kernel: string,
  shape: string,
  own: string,
  params: object,
  sizes: readonly Sizes[],
) =>
  [true, false].flatMap((center): Path[] => {
    const p = { ...params, eps: 1e-5, center };
    const affine = own.length > 0;
    const weights = affine ? [own, own] : [];
    const none = affine ? [] : [null, null];
    return [
      {
        name: `${name}${center ? "" : " without means"}`,
        kernels: [`${kernel}_f32`],
        close: 2e-6,
        declines: ([x]) => !inRows(x!),
        forms: [{ shapes: [shape, ...weights], sizes, run: run(ops.standardize, p, ...none) }],
      },
      {
        name: `gradient of ${name}${center ? "" : " without means"}`,
        kernels: [`${kernel}_grad_f32`],
        close: 1e-5,
        unlike: /∞/,
        declines: ([, x]) => !inRows(x!),
        forms: [
          {
            shapes: [shape, shape, ...weights.slice(1)],
            sizes,
            // Without weights there is nothing that their gradients could be of.
            run: (inputs) => {
              const w = affine ? [] : [null];
              const all = ops.standardizeGrad.run(
                [...inputs, ...w, null, null],
                p as never,
              ) as readonly Strided[];
              return affine ? all : all.slice(0, 1);
            },
          },
        ],
      },
    ];
  });

const NORMS: readonly Path[] = [
  ...normalized("layer norm", "layer_norm", "ab", "b", { axes: [1], affine: [1] }, [
    { a: 13, b: 51 },
    { a: 64, b: 9 },
    { a: 3, b: 257 },
  ]),
  ...normalized("batch norm", "batch_norm", "abcd", "b", { axes: [0, 2, 3], affine: [1] }, [
    { a: 4, b: 5, c: 5, d: 7 },
    { a: 2, b: 33, c: 3, d: 3 },
  ]),
  ...normalized("instance norm", "layer_norm", "abc", "", { axes: [2], affine: [] }, [{ a: 3, b: 4, c: 51 }]),
];

/** Numbers of classes or rows below the length `r`. */
const below =
  (dtype: DType): Make =>
  (shape, { r }) =>
    whole(dtype, 0, Math.max((r ?? 1) - 1, 0))(shape, {});

const CLASSES: readonly Sizes[] = [
  { l: 37, r: 13 },
  { l: 3, r: 1001 },
  { l: 200, r: 2 },
];
const LOSSES: readonly Path[] = [
  {
    name: "cross entropy",
    kernels: ["log_sums_f32"],
    close: 1e-6,
    forms: (["mean", "none"] as const).flatMap((reduction) => [
      {
        shapes: ["lr", "l"],
        make: [undefined, below(int64)],
        sizes: CLASSES,
        run: run(ops.crossEntropy, { reduction }, null),
      },
      {
        shapes: ["lr", "l", "r"],
        make: [undefined, below(int32), within(0.1, 2)],
        sizes: CLASSES,
        run: run(ops.crossEntropy, { reduction, ignoreIndex: 1 }),
      },
    ]),
    finite: [2],
  },
  {
    name: "gradient of cross entropy",
    kernels: ["cross_entropy_grad_f32"],
    close: 1e-6,
    unlike: /∞/,
    finite: [3],
    forms: [
      {
        shapes: ["l", "lr", "l", "r"],
        make: [undefined, undefined, below(int64), within(0.1, 2)],
        sizes: CLASSES,
        run: ([gy, x, target, w]) => {
          const p = { reduction: "none" } as const;
          const [, total] = ops.crossEntropy.run([x!, target!, w!], p) as readonly Strided[];
          return ops.crossEntropyGrad.run([gy!, x!, target!, w!, total!], p) as readonly Strided[];
        },
      },
    ],
  },
  {
    name: "rows of a table",
    kernels: ["take_rows_f32"],
    close: 0,
    forms: [
      {
        shapes: ["rw", "l"],
        make: [undefined, below(int64)],
        sizes: [
          { r: 50, w: 33, l: 41 },
          { r: 300, w: 1, l: 301 },
          { r: 7, w: 5, l: 100 },
        ],
        run: run(ops.embedding, {}),
      },
    ],
  },
  {
    name: "gradients of the rows of a table",
    kernels: ["add_rows_f32"],
    close: 1e-6,
    unlike: /∞/,
    forms: [{}, { paddingIndex: 3 }, { scaleByFrequency: true }].map((p) => ({
      shapes: ["lw", "l"],
      make: [undefined, below(int32)],
      sizes: [
        { l: 41, w: 33, r: 50 },
        { l: 301, w: 1, r: 300 },
      ],
      run: (inputs: readonly Strided[], { r }: Sizes) =>
        ops.embeddingWeight.run(inputs, { ...p, rows: r! }) as Strided,
    })),
  },
];

/** Scores whose places are those of real windows. */
const POOLED: readonly Sizes[] = [
  { n: 2, c: 3, h: 21, w: 23 },
  { n: 1, c: 5, h: 40, w: 17 },
];
const windows = {
  kernel: [3, 2],
  stride: [2, 2],
  padding: [
    [1, 1],
    [0, 0],
  ] as const,
  ceil: true,
};
/** Channels that come last are taken by fours, and by all arrays alike. */
const declinesWindows: Path["declines"] = (inputs, label) =>
  /repeated|flipped|every other/.test(label) ||
  (label.endsWith("second axis last") &&
    (inputs[0]!.shape[1]! % 4 !== 0 || (inputs.length > 1 && label.includes("input"))));
const afterPool = (s: Sizes): Sizes => ({
  ...s,
  Y: Math.ceil((s.h! + 2 - 3) / 2) + 1,
  X: Math.ceil((s.w! - 2) / 2) + 1,
});
const POOLS: readonly Path[] = [
  {
    name: "largest of windows",
    kernels: ["max_pool_f32"],
    close: 0,
    declines: declinesWindows,
    forms: [
      { shapes: ["nchw"], sizes: POOLED, run: run(ops.maxPool, windows) },
      { shapes: ["nchw"], sizes: [{ n: 2, c: 8, h: 11, w: 13 }], run: run(ops.maxPool, windows) },
    ],
  },
  {
    name: "elements put where they were the largest",
    kernels: ["max_unpool_f32"],
    close: 1e-6,
    unlike: /∞/,
    declines: declinesWindows,
    forms: [true, false].map((accumulate) => ({
      shapes: ["nchw", "nchw"],
      make: [undefined, (shape: readonly number[]) => whole(int64, 0, 799)(shape, {})],
      sizes: [
        { n: 2, c: 3, h: 11, w: 13 },
        { n: 1, c: 1, h: 23, w: 29 },
      ],
      run: run(ops.maxUnpool, { spatial: [20, 40], accumulate }),
    })),
  },
  {
    name: "means of windows",
    kernels: ["mean_pool_f32"],
    close: 1e-6,
    declines: (_x, label) => /repeated|flipped|every other/.test(label),
    forms: [{ shapes: ["nchw"], sizes: POOLED, run: run(ops.avgPool, { ...windows, countPadding: true }) }],
  },
  {
    name: "gradients of means of windows",
    kernels: ["mean_pool_f32"],
    close: 1e-6,
    declines: (_x, label) => /repeated|flipped|every other/.test(label),
    unlike: /∞/,
    forms: [
      {
        shapes: ["ncYX"],
        sizes: POOLED,
        derived: afterPool,
        run: ([gy], { h, w }) =>
          ops.avgPoolInput.run([gy!], { ...windows, spatial: [h!, w!] } as never) as Strided,
      },
    ],
  },
];

const HEADS: readonly Sizes[] = [
  { b: 3, q: 33, k: 31, d: 9, v: 12 },
  { b: 1, q: 130, k: 17, d: 5, v: 6 },
  { b: 6, q: 1, k: 40, d: 64, v: 33 },
];
const attentive = (p: { scale: number; causal?: boolean }): Path[] => {
  const masks: readonly (readonly [string | null, Make | undefined])[] = p.causal
    ? [[null, undefined]]
    : [
        [null, undefined],
        ["qk", undefined],
        ["qk", truths(4)],
      ];
  // Rows of an added mask are read as they lie.
  const scattered =
    (i: number): Path["declines"] =>
    (inputs) =>
      inputs[i]?.dtype === float32 && inputs[i].strides[1] !== 1;
  const named = p.causal ? "causal attention" : "attention";
  const forms = (back: boolean): Form[] =>
    masks.map(([shape, make]) => ({
      shapes: [...(back ? ["bqv"] : []), "bqd", "bkd", "bkv", ...(shape ? [shape] : [])],
      make: [...(back ? [undefined] : []), within(-1, 1), within(-1, 1), undefined, make],
      sizes: HEADS,
      run: run(back ? ops.attentionGrad : ops.attention, p, ...(shape ? [null] : [null, null])),
    }));
  return [
    { name: named, kernels: ["attention_f32"], close: 3e-6, declines: scattered(3), forms: forms(false) },
    {
      name: `gradient of ${named}`,
      kernels: ["attention_grad_f32"],
      close: 1e-5,
      declines: scattered(4),
      unlike: /∞/,
      forms: forms(true),
    },
  ];
};

const STEPS: readonly Sizes[] = [
  { t: 6, b: 5, i: 9, h: 17 },
  { t: 1, b: 6, i: 5, h: 33 },
  { t: 9, b: 1, i: 6, h: 20 },
];
const RECURRENT = {
  lstm: [ops.lstm, ops.lstmGrad],
  gru: [ops.gru, ops.gruGrad],
  rnn: [ops.rnn, ops.rnnGrad],
};
function recurrent(name: "lstm" | "gru" | "rnn", params: object): Path[] {
  const [row, grad] = RECURRENT[name] as unknown as [OpRow, OpRow];
  const gates = { lstm: 4, gru: 3, rnn: 1 }[name];
  const states = name === "lstm" ? 2 : 1;
  const own: readonly null[] = name === "lstm" ? [null, null] : [null];
  const sizes = STEPS;
  const derived = (s: Sizes): Sizes => ({ ...s, G: gates * s.h! });
  const weights = within(-0.4, 0.4);
  const initial = new Array<string>(states).fill("bh");
  const given = (list: readonly Strided[]): Strided[] => row.run([...list, ...own], params) as Strided[];
  return [
    {
      name: `${name} ${JSON.stringify(params)}`,
      kernels: [`${name}_f32`],
      close: 3e-6,
      forms: [
        {
          shapes: ["tbi", ...initial, "Gi", "Gh", "G", "G"],
          make: [undefined, ...initial.map(() => undefined), weights, weights],
          sizes,
          derived,
          // What is kept for the way back is the kernel's own.
          run: (inputs) => given(inputs).slice(0, 1 + states),
        },
      ],
    },
    {
      name: `gradient of ${name} ${JSON.stringify(params)}`,
      kernels: [`${name}_grad_f32`],
      close: 2e-5,
      unlike: /∞/,
      forms: [
        {
          shapes: ["tbi", ...initial, "Gi", "Gh", "tbh"],
          make: [undefined, ...initial.map(() => undefined), weights, weights],
          sizes,
          derived,
          run: (inputs) => {
            const [gy, list] = [inputs[inputs.length - 1]!, inputs.slice(0, -1)];
            const out = row.run([...list, null, null, ...own], params) as Strided[];
            const none = new Array<null>(states).fill(null);
            return grad.run([...list, null, null, ...own, gy, ...none, out[1 + states]!], {
              ...params,
              needsX: true,
            }) as Strided[];
          },
        },
      ],
    },
  ];
}

const FLAT: readonly Sizes[] = [{ n: 1021 }, { n: 513 }, { n: 514 }, { n: 515 }, { n: 5003 }];
const copies = (inputs: readonly Strided[]): Strided[] => inputs.map((x) => cloneContiguous(x));
const wide = (x: Strided): Float64Array => cloneContiguous(castTo(x, float64)).data as Float64Array;
const narrow = (x: Float64Array): Strided => castTo(Strided.over(x, float64, [x.length]), float32);

const ADAM = {
  beta1: 0.9,
  beta2: 0.99,
  size: 0.05,
  correction: 0.8,
  eps: 1e-8,
  decay: 0.1,
  shrink: 0.99,
  maximize: true,
};
/** p, m, v and the largest v after a step of Adam, element by element. */
function adam(inputs: readonly Strided[], amsgrad: boolean): Strided[] {
  const [p, g, m, v, most] = inputs.map(wide);
  const { beta1, beta2, size, correction, eps, decay, shrink } = ADAM;
  p!.forEach((w, i) => {
    const d = decay * w - g![i]!;
    m![i] = m![i]! + (d - m![i]!) * (1 - beta1);
    v![i] = v![i]! * beta2 + (1 - beta2) * d * d;
    if (amsgrad) most![i] = Math.max(most![i]!, v![i]!);
    const root = Math.sqrt(amsgrad ? most![i]! : v![i]!);
    p![i] = w * shrink - (size * m![i]!) / (root / correction + eps);
  });
  return [p!, m!, v!, most!].map(narrow);
}

const DESCENT = { lr: 0.1, momentum: 0.9, rest: 0.7, decay: 0.1, maximize: false };
/** p and the buffer after a step of gradient descent, element by element. */
function descended(inputs: readonly Strided[], nesterov: boolean): Strided[] {
  const [p, g, buffer] = inputs.map(wide) as [Float64Array, Float64Array, Float64Array];
  p.forEach((w, i) => {
    const d = g[i]! + DESCENT.decay * w;
    buffer[i] = buffer[i]! * DESCENT.momentum + d * DESCENT.rest;
    p[i] = w - DESCENT.lr * (nesterov ? d + DESCENT.momentum * buffer[i]! : buffer[i]!);
  });
  return [p, buffer].map(narrow);
}

const STEPPED: readonly Path[] = [
  {
    name: "adamStep",
    kernels: ["adam_step_f32"],
    close: 1e-6,
    forms: [
      {
        shapes: ["n", "n", "n", "n"],
        make: [undefined, undefined, undefined, within(0.1, 1)],
        sizes: FLAT,
        run: run(ops.adamStep, { share1: 0.1, share2: 0.01, rate: 0.05, epsilon: 1e-7 }),
      },
    ],
  },
  {
    name: "Adam in place",
    kernels: ["adam_f32"],
    close: 4e-6,
    // Gradients that do not lie in rows are left to the rows of the table; what is written are copies here.
    declines: ([, g]) => !inRows(g!),
    forms: [false, true].map((amsgrad) => ({
      shapes: ["n", "n", "n", "n", "n"],
      make: [undefined, undefined, undefined, within(0.1, 1), within(0.1, 1)],
      sizes: FLAT,
      run: (inputs: readonly Strided[]) => {
        const [p, , m, v, most] = copies(inputs) as [Strided, Strided, Strided, Strided, Strided];
        const done = adamInPlace(p, inputs[1]!, m, v, amsgrad ? most : null, ADAM);
        return done ? [p, m, v, most] : adam(inputs, amsgrad);
      },
      plain: (inputs: readonly Strided[]) => adam(inputs, amsgrad),
    })),
  },
  {
    name: "gradient descent in place",
    kernels: ["sgd_f32"],
    close: 4e-6,
    declines: ([, g]) => !inRows(g!),
    forms: [false, true].map((nesterov) => ({
      shapes: ["n", "n", "n"],
      sizes: FLAT,
      run: (inputs: readonly Strided[]) => {
        const [p, , buffer] = copies(inputs) as [Strided, Strided, Strided];
        const done = descendInPlace(p, inputs[1]!, buffer, { ...DESCENT, nesterov });
        return done ? [p, buffer] : descended(inputs, nesterov);
      },
      plain: (inputs: readonly Strided[]) => descended(inputs, nesterov),
    })),
  },
];

export const LAYER_PATHS: readonly Path[] = [
  ...products("float32"),
  ...products("float64"),
  ...CONVOLUTIONS.flatMap(convolution),
  ...NORMS,
  ...LOSSES,
  ...POOLS,
  ...attentive({ scale: 0.3 }),
  ...attentive({ scale: 0.3, causal: true }),
  ...recurrent("lstm", { gates: "ifgo" }),
  ...recurrent("lstm", { gates: "ifco", reverse: true }),
  ...recurrent("gru", { gates: "rzn", resetAfter: true }),
  ...recurrent("gru", { gates: "zrh", resetAfter: false, reverse: true }),
  ...recurrent("rnn", { activation: "tanh" }),
  ...recurrent("rnn", { activation: "relu", reverse: true }),
  ...STEPPED,
];
