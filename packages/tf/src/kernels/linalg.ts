import { einsum, eye, float64, int64, NotPositiveError, ops, SingularError } from "@cognate/kernel";
import { FailedPreconditionError, KernelProblem } from "../core/errors.js";
import { type Dims, type OpRow, row } from "../core/row.js";
import type { Value } from "../shared.js";
import { unconjugated, withGradient } from "./edges.js";
import {
  broadcastDims,
  castValue,
  demand,
  filled,
  intsValue,
  knownInts,
  number,
  numbers,
  permute,
  reshape,
  run,
  runMany,
  same,
} from "./tools.js";

const shown = (shape: readonly (number | null)[]): string => `[${shape.map((d) => d ?? "?").join(",")}]`;
const complex = (x: Value): boolean => x.dtype.kind === "complex";
/** Numbers of matrices times the adjoint inverses: TensorFlow's derivatives of complex determinants. */
const atInverse = (g: Value, x: Value): Value => {
  const inverse = run(ops.inv, [x], undefined as never).conj();
  const rank = x.shape.length;
  const axes = [...Array(rank - 2).keys(), rank - 1, rank - 2];
  return inverse.permute({ axes }).mul(g.reshape({ shape: [...g.shape, 1, 1] })) as Value;
};

/** The last two axes exchanged. */
export const turned = (x: Value): Value => {
  const n = x.shape.length;
  return permute(x, [...Array.from({ length: n - 2 }, (_, i) => i), n - 1, n - 2]);
};
/** The last two axes exchanged, conjugated. */
export const adjoint = (x: Value): Value =>
  x.dtype.kind === "complex" ? (turned(x).conj() as Value) : turned(x);

function product(a: Value, b: Value, name: string): Value {
  const [m, n] = [a.shape.length, b.shape.length];
  if (name === "BatchMatMul" && (m !== n || m < 2))
    throw new KernelProblem(`In[0] and In[1] has different ndims: ${shown(a.shape)} vs. ${shown(b.shape)}`);
  for (const [i, x] of [a, b].entries())
    demand(x.shape.length > 1, () => `In[${i}] ndims must be >= 2: ${x.shape.length}`);
  if (a.shape[m - 1] !== b.shape[n - 2])
    throw new KernelProblem(
      name === "MatMul"
        ? `Matrix size-incompatible: In[0]: ${shown(a.shape)}, In[1]: ${shown(b.shape)}`
        : name !== "BatchMatMulV3"
          ? `Matrix size-incompatible: In[0]: ${shown(a.shape)}, In[1]: ${shown(b.shape)} 0 0`
          : `In[0] mismatch In[1] shape: ${a.shape[m - 1]} vs. ${b.shape[n - 2]}: ${shown(a.shape)} ${shown(b.shape)} 0 0`,
    );
  return run(ops.matmul, [a, b], undefined as never);
}

const lastTwo = (x: Dims, flip: boolean): (number | null)[] => {
  const two = x!.slice(-2);
  return flip ? [two[1]!, two[0]!] : [...two];
};
const product2 = (a: Dims, b: Dims, ta: boolean, tb: boolean): readonly Dims[] => {
  if (!a || !b) return [a || b ? [null, null] : [null, null]];
  const [x, y] = [lastTwo(a, ta), lastTwo(b, tb)];
  if (x[1] !== null && y[0] !== null && x[1] !== y[0])
    throw new KernelProblem(`Dimensions must be equal, but are ${x[1]} and ${y[0]}`);
  return [[...(broadcastDims(a.slice(0, -2), b.slice(0, -2)) ?? []), x[0]!, y[1]!]];
};

const batched = (name: string): OpRow =>
  row(
    ([a, b], attrs) => {
      const y = product(attrs.bool("adj_x") ? adjoint(a!) : a!, attrs.bool("adj_y") ? adjoint(b!) : b!, name);
      return name === "BatchMatMulV3" ? castValue(y, attrs.type("Tout").kernel) : y;
    },
    ({ shapes: [a, b], attrs }) =>
      a && b ? product2(a, b, attrs.bool("adj_x"), attrs.bool("adj_y")) : [null],
  );

function square(x: Value, message = "Input matrix must be square."): void {
  const [m, n] = x.shape.slice(-2);
  if (x.shape.length < 2)
    throw new KernelProblem(`Input tensor 0 must have rank >= 2, got ${x.shape.length}`);
  if (m !== n) throw new KernelProblem(message);
}
function guarded<T>(f: () => T, words: string): T {
  try {
    return f();
  } catch (e) {
    if (e instanceof SingularError) throw new KernelProblem(words);
    throw e;
  }
}

/** The symmetric matrix of a lower triangle, which derivatives go to alone. */
const fromLower = (x: Value): Value => (x.tril() as Value).add(adjoint(x.tril({ k: -1 }) as Value)) as Value;

/** Shapes of square matrices. @throws KernelProblem for others */
function squareDims(x: Dims): Dims {
  if (x === null) return null;
  if (x.length < 2) throw new KernelProblem(`Shape must be at least rank 2 but is rank ${x.length}`);
  const [m, n] = x.slice(-2) as [number | null, number | null];
  if (m !== null && n !== null && m !== n)
    throw new KernelProblem(`Dimensions must be equal, but are ${m} and ${n}`);
  return x;
}
const sameSquare: OpRow["shape"] = ({ shapes: [x] }) => [squareDims(x!)];
const vectorDims: OpRow["shape"] = ({ shapes: [x] }) => [squareDims(x!)?.slice(0, -2) ?? null];

/** Diagonals k₀…k₁ of matrices, side by side, aligned. */
interface Band {
  readonly low: number;
  readonly high: number;
}
const bandOf = (k: Value): Band => {
  const list = numbers(k);
  return { low: list[0]!, high: list[list.length - 1]! };
};
const diagonalLength = (rows: number, columns: number, k: number): number =>
  Math.max(0, Math.min(rows + Math.min(k, 0), columns - Math.max(k, 0)));

/** How far a diagonal is moved to the right in its row, by the alignment. */
function shiftOf(align: string, k: number, own: number, most: number): number {
  const [upper, lower] = align.split("_");
  return (k >= 0 ? upper : lower) === "RIGHT" ? most - own : 0;
}

/** For each element of the packed diagonals, its place in the matrix or −1. */
function bandPlaces(
  { low, high }: Band,
  rows: number,
  columns: number,
  align: string,
): { most: number; places: number[] } {
  const most = Math.max(
    ...Array.from({ length: high - low + 1 }, (_, i) => diagonalLength(rows, columns, low + i)),
  );
  const places: number[] = [];
  for (let k = high; k >= low; k--) {
    const own = diagonalLength(rows, columns, k);
    const shift = shiftOf(align, k, own, most);
    for (let i = 0; i < most; i++) {
      const at = i - shift;
      places.push(at < 0 || at >= own ? -1 : (at + Math.max(-k, 0)) * columns + at + Math.max(k, 0));
    }
  }
  return { most, places };
}

/** Diagonals lie inside of a matrix, the lower one first. */
function checkBand({ low, high }: Band, rows: number, columns: number, stop: string): void {
  for (const [k, name] of [
    [low, "lower"],
    [high, "upper"],
  ] as const)
    demand(
      (k > -rows && k < columns) || k === 0,
      () => `${name}_diag_index is out of bound: ${k}${stop} It must be between ${-rows} and ${columns}`,
    );
  demand(low <= high, () => `lower_diag_index must not be larger than upper_diag_index: ${low} > ${high}`);
}
const atLeastMatrix = (x: Value): void =>
  demand(x.shape.length > 1, () => `input must be at least 2-dim, received shape: ${shown(x.shape)}`);

function diagPart(x: Value, k: Value, padding: Value, align: string): Value {
  const band = bandOf(k);
  atLeastMatrix(x);
  const [rows, columns] = x.shape.slice(-2) as [number, number];
  const lead = x.shape.slice(0, -2);
  checkBand(band, rows, columns, ".");
  const { most, places } = bandPlaces(band, rows, columns, align);
  const flat = run(
    ops.cat,
    [reshape(x, [...lead, rows * columns]), padding.detach().expand({ shape: [...lead, 1] }) as Value],
    {
      dim: lead.length,
    },
  );
  const at = intsValue(
    places.map((p) => (p < 0 ? rows * columns : p)),
    int64,
  );
  const y = run(ops.index, [flat], { indices: [...lead.map(() => null), at.array] });
  const count = band.high - band.low + 1;
  return reshape(y, count === 1 ? [...lead, most] : [...lead, count, most]);
}

function setDiag(x: Value, diagonal: Value, band: Band, align: string): Value {
  const [rows, columns] = x.shape.slice(-2) as [number, number];
  const lead = x.shape.slice(0, -2);
  checkBand(band, rows, columns, "");
  const { places } = bandPlaces(band, rows, columns, align);
  const count = band.high - band.low + 1;
  const wanted = [...lead, ...(count > 1 ? [count] : []), places.length / count];
  if (wanted.join() !== diagonal.shape.join())
    throw new KernelProblem(
      `Either first dimensions of diagonal don't match input.shape[:-2], or diagonal.shape[:-1] is not equal to the longests diagonal in range [lower_diag_index:upper_diag_index].\nInput shape: ${shown(x.shape)}\nDiagonal shape: ${shown(diagonal.shape)}\nExpected diagonal shape: ${shown(wanted)}`,
    );
  const kept = places.flatMap((p, i) => (p < 0 ? [] : [i]));
  const each = reshape(diagonal, [...lead, places.length]);
  const none = lead.map(() => null);
  const src = run(ops.index, [each], { indices: [...none, intsValue(kept, int64).array] });
  const y = reshape(x, [...lead, rows * columns]).indexPut(src, {
    indices: [
      ...none,
      intsValue(
        kept.map((i) => places[i]!),
        int64,
      ).array,
    ],
  }) as Value;
  return reshape(y, x.shape);
}

function matrixDiag(inputs: readonly Value[], align: string): Value {
  const [d, k, nr, nc, pad] = inputs;
  const band = bandOf(k!);
  const count = band.high - band.low + 1;
  demand(
    band.low <= band.high,
    () => `lower_diag_index must not be larger than upper_diag_index: ${band.low} > ${band.high}`,
  );
  const lead = d!.shape.slice(
    0,
    count === 1 && k!.size === 1 ? -1 : k!.size === 1 ? -1 : band.low === band.high ? -1 : -2,
  );
  const most = d!.shape[d!.shape.length - 1]!;
  const [least, leastC] = [most - Math.min(band.high, 0), most + Math.max(band.low, 0)];
  let [rows, columns] = [number(nr!), number(nc!)];
  if (rows === -1 && columns === -1) rows = columns = Math.max(least, leastC);
  else if (rows === -1) rows = least;
  else if (columns === -1) columns = leastC;
  demand(rows >= least, () => "The number of rows is too small.");
  demand(columns >= leastC, () => "The number of columns is too small.");
  demand(
    rows === least || columns === leastC,
    () =>
      "The number of rows or columns is not consistent with the specified d_lower, d_upper, and diagonal.",
  );
  const base = pad!.detach().expand({ shape: [...lead, rows, columns] }) as Value;
  return setDiag(base, d!, band, align);
}

function triangular(a: Value, b: Value, lower: boolean, conjugate: boolean): Value {
  const own = conjugate ? adjoint(a) : a;
  return guarded(
    () => own.solveTriangular(b, { upper: conjugate ? lower : !lower }) as Value,
    "Input matrix is not invertible.",
  );
}

/** Square roots of matrices by their eigenvalues. */
function matrixFunction(x: Value, f: (v: Value) => Value): Value {
  const [values, vectors] = runMany(ops.eig, [x], undefined as never) as [Value, Value];
  const scaled = vectors.mul(
    reshape(f(values), [...values.shape.slice(0, -1), 1, values.shape[values.shape.length - 1]!]),
  );
  const y = scaled.matmul(vectors.inv()) as Value;
  return x.dtype.kind === "complex" ? castValue(y, x.dtype) : castValue(y.real() as Value, x.dtype);
}

/** The derivative of a Cholesky factor, Hermitian: ½(L⁻ᴴ Φ(Lᴴ g) L⁻¹ and its adjoint), Φ the lower triangle with half the diagonal. */
function underCholesky(l: Value, gy: Value): Value {
  const inverse = run(ops.inv, [l], undefined as never);
  const lower = adjoint(l).matmul(gy) as Value;
  const half = (lower.tril() as Value).add(lower.tril({ k: -1 })).mul(0.5) as Value;
  const g = adjoint(inverse).matmul(half).matmul(inverse) as Value;
  return g.add(adjoint(g)).mul(0.5) as Value;
}

/** Products and matrices. */
export const linalg: Readonly<Record<string, OpRow>> = {
  MatMul: row(
    ([a, b], attrs) => {
      for (const [i, x] of [a!, b!].entries())
        if (x.shape.length !== 2 && x.shape.length < 2)
          throw new KernelProblem(`In[${i}] ndims must be >= 2`);
        else if (a!.shape.length !== b!.shape.length || x.shape.length !== 2)
          throw new KernelProblem(
            `In[${i}] and In[${1 - i}] has different ndims: ${shown(a!.shape)} vs. ${shown(b!.shape)}`,
          );
      return product(
        attrs.bool("transpose_a") ? turned(a!) : a!,
        attrs.bool("transpose_b") ? turned(b!) : b!,
        "MatMul",
      );
    },
    ({ shapes: [a, b], attrs }) => product2(a!, b!, attrs.bool("transpose_a"), attrs.bool("transpose_b")),
  ),
  BatchMatMul: batched("BatchMatMul"),
  BatchMatMulV2: batched("BatchMatMulV2"),
  BatchMatMulV3: batched("BatchMatMulV3"),
  Cross: row(([a, b]) => {
    demand(
      shown(a!.shape) === shown(b!.shape),
      () => `Both inputs must be of same shape: ${shown(a!.shape)} vs. ${shown(b!.shape)}`,
    );
    if (a!.shape[a!.shape.length - 1] !== 3)
      throw new KernelProblem(
        "Cross-products are only defined for 3-element vectors.",
        FailedPreconditionError,
      );
    const pick = (x: Value, k: number): Value =>
      x.slice({ dim: x.shape.length - 1, start: k, step: 1, length: 1 }) as Value;
    const part = (i: number, j: number): Value =>
      pick(a!, i)
        .mul(pick(b!, j))
        .sub(pick(a!, j).mul(pick(b!, i))) as Value;
    return run(ops.cat, [part(1, 2), part(2, 0), part(0, 1)], { dim: a!.shape.length - 1 });
  }, same),
  Einsum: row((inputs, a) => einsum(a.text("equation"), inputs) as Value),
  Cholesky: row(([x]) => {
    square(x!);
    try {
      if (!complex(x!)) return run(ops.cholesky, [x!], undefined as never);
      const l = run(ops.cholesky, [x!.detach() as Value], undefined as never);
      return withGradient("Cholesky", [x!], l, (gy) => [underCholesky(l, gy)]);
    } catch (e) {
      if (!(e instanceof NotPositiveError)) throw e;
      // TensorFlow gives numbers that are none, in the lower triangle.
      return x!.mul(Number.NaN).tril() as Value;
    }
  }, sameSquare),
  MatrixInverse: row(([x], a) => {
    square(x!);
    return guarded(() => (a.bool("adjoint") ? adjoint(x!) : x!).inv() as Value, "Input is not invertible.");
  }, sameSquare),
  MatrixDeterminant: row(([x]) => {
    square(x!, "Input matrix must be square.");
    if (!complex(x!)) return run(ops.det, [x!], undefined as never);
    const z = x!.detach() as Value;
    const y = run(ops.det, [z], undefined as never);
    return withGradient("MatrixDeterminant", [x!], y, (gy) => [atInverse(gy.mul(y) as Value, z)]);
  }, vectorDims),
  LogMatrixDeterminant: row(
    ([x]) => {
      square(x!);
      if (!complex(x!)) {
        const [sign, size] = runMany(ops.slogdet, [x!], undefined as never) as [Value, Value];
        return [sign, castValue(size, x!.dtype)];
      }
      const z = x!.detach() as Value;
      const [sign, size] = runMany(ops.slogdet, [z], undefined as never) as [Value, Value];
      const wide = castValue(size, z.dtype);
      return [sign, withGradient("LogMatrixDeterminant", [x!], wide, (gy) => [atInverse(gy, z)])];
    },
    ({ shapes: [x] }) => {
      const lead = squareDims(x!)?.slice(0, -2) ?? null;
      return [lead, lead];
    },
  ),
  MatrixSolve: row(
    ([a, b], attrs) => {
      square(a!, "First input (lhs) must be a square matrix.");
      demand(
        a!.shape[a!.shape.length - 1] === b!.shape[b!.shape.length - 2],
        () => "Input matrix and rhs are incompatible.",
      );
      return guarded(
        () => (attrs.bool("adjoint") ? adjoint(a!) : a!).solve(b!) as Value,
        "Input matrix is not invertible.",
      );
    },
    ({ shapes }) => {
      squareDims(shapes[0]!);
      return [shapes[1]!];
    },
  ),
  MatrixTriangularSolve: row(([a, b], attrs) => {
    square(a!);
    demand(
      a!.shape[a!.shape.length - 1] === b!.shape[b!.shape.length - 2],
      () =>
        `In[0] mismatch In[1] shape: ${a!.shape[a!.shape.length - 1]} vs. ${b!.shape[b!.shape.length - 2]}: ${shown(a!.shape)} ${shown(b!.shape)} ${Number(attrs.bool("lower"))} ${Number(attrs.bool("adjoint"))}`,
    );
    const lead = broadcastDims(a!.shape.slice(0, -2), b!.shape.slice(0, -2)) as number[];
    const wide = (x: Value): Value => x.expand({ shape: [...lead, ...x.shape.slice(-2)] }) as Value;
    return triangular(wide(a!), wide(b!), attrs.bool("lower"), attrs.bool("adjoint"));
  }),
  MatrixSolveLs: row(([a, b, l2], attrs) => leastSquares(a!, b!, number(l2!), attrs.bool("fast"))),
  Qr: row(([x], a) => runMany(ops.qr, [x!], { complete: a.bool("full_matrices") })),
  Svd: row(([x], a) => {
    if (!a.bool("compute_uv")) {
      const s = run(ops.svdvals, [x!], undefined as never);
      return [s, filled(x!, [0], 0), filled(x!, [0], 0)];
    }
    const [u, s, vh] = runMany(ops.svd, [x!], { fullMatrices: a.bool("full_matrices") }) as [
      Value,
      Value,
      Value,
    ];
    return [s, u, adjoint(vh)];
  }),
  SelfAdjointEigV2: row(([x], a) => {
    square(x!);
    const own = fromLower(x!);
    // Eigenvalues are of the matrix's type, complex ones, too.
    if (!a.bool("compute_v"))
      return [castValue(run(ops.eigvalsh, [own], undefined as never), x!.dtype), filled(x!, [], 0)];
    const [e, v] = runMany(ops.eigh, [own], undefined as never) as [Value, Value];
    return [castValue(e, x!.dtype), v];
  }),
  Eig: row(([x], a) => {
    square(x!);
    if (!a.bool("compute_v")) return [run(ops.eigvals, [x!], undefined as never), filled(x!, [0], 0)];
    return runMany(ops.eig, [x!], undefined as never);
  }),
  Lu: row(([x], a) => {
    square(x!, "Input matrix must be square.");
    const [lu, pivots] = runMany(ops.luFactor, [x!], undefined as never) as [Value, Value];
    const [p] = runMany(ops.luUnpack, [lu, pivots], undefined as never) as [Value];
    const places = p.dtype.kind === "complex" ? (p.real() as Value) : p;
    const rows = run(ops.argmax, [places], { dims: [-2] });
    const diagonal = numbers(
      castValue((lu.detach() as Value).diagonal({ dim1: -2, dim2: -1 }).abs() as Value, float64),
    );
    demand(!diagonal.includes(0), () => "Input is not invertible.");
    return [lu, castValue(rows, a.type("output_idx_type").kernel)];
  }),
  MatrixExponential: row(([x]) => x!.matrixExp() as Value, same),
  MatrixLogarithm: row(([x]) => matrixFunction(x!, (v) => v.log() as Value), same),
  MatrixSquareRoot: row(([x]) => {
    square(x!);
    return matrixFunction(x!, (v) => v.sqrt() as Value);
  }, sameSquare),
  MatrixDiag: row(
    ([d]) => {
      const n = d!.shape[d!.shape.length - 1]!;
      demand(
        d!.shape.length > 0,
        () => `diagonal must be at least 1-dim, received shape: ${shown(d!.shape)}`,
      );
      return setDiag(filled(d!, [...d!.shape, n], 0), d!, { low: 0, high: 0 }, "RIGHT_LEFT");
    },
    ({ shapes: [d] }) => [d ? [...d, d[d.length - 1]!] : null],
  ),
  MatrixDiagV2: row((inputs) => matrixDiag(inputs, "LEFT_LEFT")),
  MatrixDiagV3: row(
    (inputs, a) => matrixDiag(inputs, a.text("align")),
    (c) => {
      const [rows, columns] = [knownInts(c, 2)?.[0], knownInts(c, 3)?.[0]];
      const [d] = c.shapes;
      const k = knownInts(c, 1);
      if (!d || !k || k.length > 1 || k[0] !== 0) return [null];
      const n = d[d.length - 1]!;
      return [
        [
          ...d.slice(0, -1),
          rows === undefined || rows === -1 ? n : rows,
          columns === undefined || columns === -1 ? n : columns,
        ],
      ];
    },
  ),
  MatrixDiagPart: row(([x]) => {
    atLeastMatrix(x!);
    return x!.diagonal({ dim1: -2, dim2: -1 }) as Value;
  }),
  MatrixDiagPartV2: row(([x, k, pad]) => diagPart(x!, k!, pad!, "LEFT_LEFT")),
  MatrixDiagPartV3: row(([x, k, pad], a) => diagPart(x!, k!, pad!, a.text("align"))),
  MatrixSetDiag: row(([x, d]) => setDiag(x!, d!, { low: 0, high: 0 }, "RIGHT_LEFT"), same),
  MatrixSetDiagV2: row(([x, d, k]) => setDiag(x!, d!, bandOf(k!), "LEFT_LEFT"), same),
  MatrixSetDiagV3: row(([x, d, k], a) => setDiag(x!, d!, bandOf(k!), a.text("align")), same),
  TridiagonalMatMul: row(([upper, main, lower, x]) => {
    const n = x!.shape[x!.shape.length - 2]!;
    const dim = x!.shape.length - 2;
    const column = (d: Value): Value =>
      permute(d, [
        ...Array.from({ length: d.shape.length - 2 }, (_, i) => i),
        d.shape.length - 1,
        d.shape.length - 2,
      ]);
    const below = x!
      .pad({ pads: x!.shape.map((_, i) => (i === dim ? [0, 1] : [0, 0]) as [number, number]) })
      .slice({ dim, start: 1, step: 1, length: n });
    const above = x!
      .pad({ pads: x!.shape.map((_, i) => (i === dim ? [1, 0] : [0, 0]) as [number, number]) })
      .slice({ dim, start: 0, step: 1, length: n });
    return column(main!).mul(x!).add(column(upper!).mul(below)).add(column(lower!).mul(above)) as Value;
  }),
  TridiagonalSolve: row(([diagonals, b]) => {
    const n = diagonals!.shape[diagonals!.shape.length - 1]!;
    const lead = diagonals!.shape.slice(0, -2);
    const zero = filled(diagonals!, [...lead, n, n], 0);
    const a = setDiag(zero, diagonals!, { low: -1, high: 1 }, "LEFT_RIGHT");
    return unconjugated((m, v) => m!.solve(v!) as Value)(a, b!);
  }),
};

/** The least-squares solution, with a penalty on its size: (aᴴa + λ)⁻¹aᴴb. */
function leastSquares(a: Value, b: Value, l2: number, fast: boolean): Value {
  const [m, n] = a.shape.slice(-2) as [number, number];
  const at = adjoint(a);
  if (!fast && l2 === 0) return a.pinv(null, null).matmul(b) as Value;
  if (m >= n) {
    const gram = at.matmul(a).add(a.constant(eye(a.dtype, n)).mul(l2));
    return gram.solve(at.matmul(b)) as Value;
  }
  const gram = a.matmul(at).add(a.constant(eye(a.dtype, m)).mul(l2));
  return at.matmul(gram.solve(b)) as Value;
}
