import { complex64, complex128, type DType, float32, float64, int32, uint32 } from "../../dtype/dtype.js";
import { exp } from "../../math/precise/exp.js";
import * as ops from "../../ops/table.js";
import type { BitEngine } from "../../rng/engines/engine.js";
import { MT19937 } from "../../rng/engines/mt19937.js";
import { PCG64 } from "../../rng/engines/pcg64.js";
import { Philox4x64 } from "../../rng/engines/philox4x64.js";
import { SeedSequence } from "../../rng/engines/seed-sequence.js";
import { SFC64 } from "../../rng/engines/sfc64.js";
import { fillIntegers } from "../../rng/sampling/bounded.js";
import { BoxMullerSampler } from "../../rng/sampling/box-muller.js";
import { ZigguratSampler } from "../../rng/sampling/ziggurat.js";
import { cloneContiguous, contiguous } from "../../strided/copy.js";
import { Strided } from "../../strided/strided.js";
import { gaussianInPlace, WasmRows } from "../panels.js";
import { random } from "../testing.js";
import type { Form, Make, Path, Sizes } from "./path.test.helper.js";

/* Fourier transforms, factorisations, random numbers, rows of kernels. */

const complexes =
  (dtype: DType): Make =>
  (shape) =>
    Strided.over(random([...shape, 2], -1, 1, dtype === complex64 ? float32 : float64).data, dtype, shape);

const LENGTHS: readonly Sizes[] = [
  { a: 3, b: 30, c: 2 },
  { a: 2, b: 7, c: 1 },
  { a: 5, b: 16, c: 3 },
  { a: 1, b: 101, c: 2 },
  { a: 1, b: 77, c: 1 },
  { a: 2, b: 1, c: 5 },
];

const fft = (real: DType, complex: DType): Path => {
  const forms = (dtype: DType | Make, row: unknown, more: (s: Sizes) => object): Form[] =>
    [[1], [0, 1], [2, 1]].map((dims) => ({
      shapes: ["abc"],
      make: [dtype],
      sizes: LENGTHS,
      run: (inputs, s) =>
        (row as typeof ops.fftC2c).run(inputs, { dims, forward: true, scale: 0.5, ...more(s) }) as Strided,
    }));
  return {
    name: `Fourier transforms of ${real.name}`,
    kernels: ["fft_lines"],
    close: real === float64 ? 8e-15 : 4e-6,
    finite: [0],
    forms: [
      ...forms(complexes(complex), ops.fftC2c, () => ({})),
      ...forms(complexes(complex), ops.fftC2c, () => ({ forward: false })),
      ...forms(real, ops.fftR2c, () => ({ onesided: true })),
      ...forms(real, ops.fftR2c, () => ({ onesided: false })),
      ...forms(complexes(complex), ops.fftC2r, ({ b }) => ({ n: 2 * b! - 1 })),
    ],
  };
};

/** A square matrix that is far from singular, symmetric if asked for. */
const regular =
  (symmetric = false): Make =>
  (shape) => {
    const x = random(shape, -1, 1, float64);
    const [m, n] = shape.slice(-2) as [number, number];
    const at = (i: number, j: number): number => i * n + j;
    for (let i = 0; i < Math.min(m, n); i++) x.data[at(i, i)] = Number(x.data[at(i, i)]) + n;
    if (symmetric)
      for (let i = 0; i < m; i++) for (let j = 0; j < i; j++) x.data[at(j, i)] = x.data[at(i, j)]!;
    return x;
  };

const SQUARE: readonly Sizes[] = [
  { m: 33, k: 5 },
  { m: 70, k: 9 },
  { m: 97, k: 1 },
];
const all = (y: unknown): readonly Strided[] => (y instanceof Strided ? [y] : (y as readonly Strided[]));
/** A product of matrices by the reference. */
const times = (a: Strided, b: Strided): Strided => ops.matmul.run([a, b], undefined) as Strided;
const transposed = (x: Strided): Strided =>
  x.view([x.shape[1]!, x.shape[0]!], [x.strides[1]!, x.strides[0]!]);

/** Matrices hold finite numbers: what is said about others stands beside the ops. */
const FINITE = [0, 1];
const LINEAR: readonly Path[] = [
  {
    name: "LU factors",
    kernels: ["lu_f64"],
    close: 1e-12,
    finite: FINITE,
    forms: [
      {
        shapes: ["mm"],
        make: [regular()],
        sizes: SQUARE,
        run: ([x]) => all(ops.luFactor.run([x!], {} as never)),
      },
      {
        shapes: ["mn"],
        make: [regular()],
        sizes: [
          { m: 33, n: 20 },
          { m: 40, n: 101 },
        ],
        run: ([x]) => all(ops.luFactor.run([x!], {} as never)),
      },
    ],
  },
  {
    name: "systems of equations",
    raises: /(all|input 0) repeated/,
    kernels: ["solve_triangle_f64"],
    close: 1e-12,
    finite: FINITE,
    forms: [
      {
        shapes: ["mm", "mk"],
        make: [regular(), float64],
        sizes: SQUARE,
        run: (inputs) => all(ops.solve.run(inputs, {} as never)).slice(0, 1),
      },
    ],
  },
  {
    name: "singular values",
    kernels: ["reflect_rows_f64", "reflect_columns_f64", "rotate_rows_f64"],
    close: 1e-12,
    finite: FINITE,
    forms: [
      {
        shapes: ["mn"],
        make: [float64],
        sizes: [
          { m: 41, n: 35 },
          { m: 35, n: 70 },
          { m: 97, n: 97 },
        ],
        run: ([x]) => {
          const [u, s, vh] = all(ops.svd.run([x!], { fullMatrices: false })) as [Strided, Strided, Strided];
          const scaled = ops.mul.run([u, s], undefined) as Strided;
          return [s, times(contiguous(scaled), vh)];
        },
      },
    ],
  },
  {
    name: "eigenvalues of symmetric matrices",
    kernels: ["reflect_both_f64"],
    close: 1e-12,
    finite: FINITE,
    forms: [
      {
        shapes: ["mm"],
        make: [regular(true)],
        sizes: SQUARE,
        run: ([x]) => {
          const [w, v] = all(ops.eigh.run([x!], {} as never)) as [Strided, Strided];
          const scaled = ops.mul.run([v, w], undefined) as Strided;
          return [w, times(contiguous(scaled), transposed(v))];
        },
      },
    ],
  },
  {
    name: "Q and R",
    kernels: ["reflect_rows_f64"],
    close: 1e-12,
    finite: FINITE,
    forms: [
      {
        shapes: ["mn"],
        make: [float64],
        sizes: [
          { m: 41, n: 35 },
          { m: 35, n: 70 },
          { m: 97, n: 97 },
        ],
        // Columns that noise alone decides are not compared one by one.
        run: ([x]) => times(...(all(ops.qr.run([x!], {} as never)) as unknown as [Strided, Strided])),
      },
    ],
  },
];

const ENGINES: Readonly<Record<string, () => BitEngine>> = {
  mt19937_words: () => MT19937.fromSequence(new SeedSequence(3)),
  pcg64_words: () => PCG64.fromSequence(new SeedSequence(1)),
  philox64_words: () => Philox4x64.fromSequence(new SeedSequence(2)),
  sfc64_words: () => SFC64.fromSequence(new SeedSequence(4)),
};
const COUNTS: readonly Sizes[] = [64, 65, 311, 312, 313, 625, 5003, 20_011].map((n) => ({ n }));
/** Draws that start after `before` others, into an array that begins at an odd place. */
const draws = (
  before: number,
  f: (n: number, e: BitEngine) => ArrayLike<number | bigint>,
  make: () => BitEngine,
): Form => ({
  shapes: [],
  sizes: COUNTS,
  run: (_inputs, { n }) => {
    const e = make();
    for (let i = 0; i < before; i++) e.next32();
    const x = Array.from(f(n!, e), Number);
    return Strided.over(Float64Array.from([...x, e.next32()]), float64, [x.length + 1]);
  },
});
const filled = <T>(x: T, fill: (x: T) => void): T => {
  fill(x);
  return x;
};
const RANDOM: readonly Path[] = Object.entries(ENGINES).flatMap(([words, make]): Path[] => [
  {
    name: `uniform numbers, ${words}`,
    kernels: [words, "words_uniform"],
    close: 0,
    forms: [0, 1, 3].flatMap((before) => [
      draws(before, (n, e) => filled(new Float64Array(n + 2), (x) => e.fillDoubles(x, 1, n)), make),
      draws(before, (n, e) => filled(new Float32Array(n + 2), (x) => e.fillFloats(x, 1, n)), make),
      draws(before, (n, e) => filled(new Uint32Array(n), (x) => e.fill32(x)), make),
    ]),
  },
  {
    name: `integers of a range, ${words}`,
    kernels: [words, "words_bounded"],
    close: 0,
    forms: (
      [
        [int32, -100n, 100n],
        [uint32, 0n, 0xc0000000n],
      ] as const
    ).flatMap(([dtype, low, high]) =>
      (["masked", "multiplied"] as const).map((method) =>
        draws(
          1,
          (n, e) =>
            filled(new dtype.Data(n), (x) => fillIntegers(e, method, dtype, x, low, high)) as Int32Array,
          make,
        ),
      ),
    ),
  },
  ...(words === "mt19937_words"
    ? []
    : [
        {
          name: `normal and exponential numbers, ${words}`,
          kernels: [words, "ziggurat_f64"],
          close: 0,
          forms: [
            draws(
              1,
              (n, e) => filled(new Float64Array(n), (x) => new ZigguratSampler(e).fillStandardNormal(x)),
              make,
            ),
            draws(
              1,
              (n, e) => filled(new Float64Array(n), (x) => new ZigguratSampler(e).fillExponential(x, 2)),
              make,
            ),
          ],
        } satisfies Path,
      ]),
]);

const PANELS: readonly Sizes[] = [
  { r: 61, w: 40 },
  { r: 9, w: 5 },
  { r: 300, w: 2 },
];
const dot = (x: Float64Array, i: number, j: number, width: number): number => {
  let s = 0;
  for (let k = 0; k < width; k++) s += x[i * width + k]! * x[j * width + k]!;
  return s;
};
/** What each row from the second on makes with the middle one. */
const rowsWith = (
  name: string,
  kernel: string,
  fast: (rows: WasmRows, i: number, to: number, out: Float64Array) => void,
  plain: (x: Float64Array, i: number, j: number, width: number) => number,
): Path => ({
  name,
  kernels: [kernel],
  close: 0,
  forms: [
    {
      shapes: ["rw"],
      make: [float64],
      sizes: PANELS,
      run: ([x], { r, w }) => {
        const rows = WasmRows.from(cloneContiguous(x!).data as Float64Array, r!, w!)!;
        const out = new Float64Array(Math.max(r! - 1, 0));
        fast(rows, r! >> 1, r!, out);
        rows.release();
        return Strided.over(out, float64, [out.length]);
      },
      plain: ([x], { r, w }) => {
        const data = cloneContiguous(x!).data as Float64Array;
        const length = Math.max(r! - 1, 0);
        const y = Float64Array.from({ length }, (_, j) => plain(data, r! >> 1, j + 1, w!));
        return Strided.over(y, float64, [length]);
      },
    },
  ],
});

const KERNEL_ROWS: readonly Path[] = [
  rowsWith("products of one row with all", "panel_dots", (rows, i, to, out) => rows.dots(i, 1, to, out), dot),
  rowsWith(
    "Gaussian values of one row with all",
    "panel_rbf",
    (rows, i, to, out) => rows.gaussian(0.01, i, 1, to, out),
    (x, i, j, w) => exp(-0.01 * (dot(x, i, i, w) + dot(x, j, j, w) - 2 * dot(x, i, j, w))),
  ),
  {
    name: "products that become Gaussian values",
    kernels: ["rbf_rows"],
    close: 0,
    forms: [
      {
        shapes: ["ab", "a", "b"],
        make: [float64, (s) => random(s, 0, 2, float64), (s) => random(s, 0, 2, float64)],
        sizes: [
          { a: 33, b: 7 },
          { a: 1, b: 101 },
          { a: 20, b: 31 },
        ],
        // All three lie in rows.
        run: (inputs) => {
          const [x, own, others] = inputs.map((v) => cloneContiguous(v)) as [Strided, Strided, Strided];
          gaussianInPlace(x, own, others, 0.3);
          return x;
        },
      },
    ],
  },
];

const NORMALS: Path = {
  name: "normal numbers by blocks of sixteen",
  kernels: ["box_muller_f32"],
  close: 0,
  forms: [
    {
      shapes: [],
      sizes: [16, 17, 31, 32, 40, 1003, 40_000].map((n) => ({ n })),
      run: (_inputs, { n }) => new BoxMullerSampler(11).fillNormal(Strided.zeros(float32, [n!]), 0.3, 2.7),
    },
  ],
};

export const REST_PATHS: readonly Path[] = [
  fft(float32, complex64),
  fft(float64, complex128),
  ...LINEAR,
  ...RANDOM,
  ...KERNEL_ROWS,
  NORMALS,
];
