/** Sizes of the workloads on vectors: a few numbers, a layer, an image, a table. Goals are ratios to NumPy's time. */
export const SIZES = [4, 1_000, 100_000, 1_000_000];

/** Operations on vectors, each at every size. */
export const VECTORS = {
  add: "a + b",
  multiply: "a · 2",
  exp: "exp",
  log: "log",
  sqrt: "sqrt",
  sum: "sum",
  argmax: "argmax",
  cumsum: "cumsum",
  sort: "sort",
  where: "where(a > 0, a, b)",
  mask: "a[a > 0]",
  take: "a[indices]",
};

/** Operations that have one size. */
const OTHERS = {
  matmul: "matmul 512³",
  mean_axis: "mean of 1000×1000 along axis 0",
  transpose: "copy of the transpose of 1000×1000",
  svd: "svd 256²",
  inv: "inv 256²",
  solve: "solve 256²",
  eigh: "eigh 128²",
  normal: "1 M normal numbers",
  uniform: "1 M uniform numbers",
  fft: "fft of 65,536",
  broadcast: "(1000, 1) + (1000,)",
  astype: "1 M float64 to float32",
};

const sizeName = (n) => (n >= 1e6 ? `${n / 1e6} M` : n >= 1000 ? `${n / 1000} k` : String(n));

export const WORKLOADS = [
  ...Object.entries(VECTORS).flatMap(([name, label]) =>
    SIZES.map((n) => ({ name: `${name}${n}`, title: `${label}, ${sizeName(n)}`, goal: { ratio: 2.5 } })),
  ),
  ...Object.entries(OTHERS).map(([name, label]) => ({ name, title: label, goal: { ratio: 2.5 } })),
];
