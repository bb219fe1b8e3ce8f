import { castTo, contiguous, float32, int64, Strided, uint32, uint64 } from "@cognate/kernel";
import { type ArrayLike, asStrided, fromStrided, type ndarray } from "@cognate/ndarray/core";
import { markPositional } from "@cognate/py";

/** A sparse matrix by rows, as SciPy's `csr_matrix` has it. */
export interface CsrLike {
  readonly data: ArrayLike;
  readonly indices: ArrayLike;
  readonly indptr: ArrayLike;
  readonly shape: ArrayLike | readonly number[];
}

/** Columns by name. */
export type ColumnsLike = Readonly<Record<string, ArrayLike | readonly string[]>>;

/** A data frame of columns, `@cognate/pandas` or alike. */
export interface FrameLike {
  readonly columns: Iterable<string> | { tolist(): unknown[] };
  items(): readonly (readonly [string, unknown])[];
}

/** Rows of features. */
export type DataLike = ArrayLike | CsrLike | ColumnsLike | FrameLike;

export const isCsr = (x: unknown): x is CsrLike =>
  typeof x === "object" && x !== null && "indptr" in x && "indices" in x && "data" in x && "shape" in x;

export const isFrame = (x: unknown): x is FrameLike =>
  typeof x === "object" &&
  x !== null &&
  "columns" in x &&
  "dtypes" in x &&
  typeof (x as unknown as FrameLike).items === "function";

/** A column with labels, `pd.Series` or alike. */
export const isSeries = (x: unknown): x is { readonly values: ndarray; readonly name: string | null } =>
  typeof x === "object" && x !== null && "index" in x && "values" in x && "name" in x && !("columns" in x);

/** Elements as float32 in row-major order, with their shape. */
export function floats(x: ArrayLike): { readonly values: Float32Array; readonly shape: readonly number[] } {
  const a = asStrided(x);
  return { values: contiguous(castTo(a, float32)).flat() as Float32Array, shape: a.shape };
}

/** Whole numbers as a plain typed array. */
export const wholes = (x: ArrayLike): Uint32Array =>
  contiguous(castTo(asStrided(x), uint32)).flat() as Uint32Array;

export const f32array = (data: Float32Array, shape: readonly number[] = [data.length]): ndarray =>
  fromStrided(Strided.over(data, float32, shape));
export const u32array = (data: Uint32Array): ndarray =>
  fromStrided(Strided.over(data, uint32, [data.length]));
export const i64array = (data: Iterable<number>, shape?: readonly number[]): ndarray => {
  const flat = BigInt64Array.from([...data], BigInt);
  return fromStrided(Strided.over(flat, int64, shape ?? [flat.length]));
};
export const u64array = (data: Iterable<number>): ndarray => {
  const flat = BigUint64Array.from([...data], BigInt);
  return fromStrided(Strided.over(flat, uint64, [flat.length]));
};

/** The same function or class, for which a sparse matrix is data even where it stands last, although it reads like keywords. */
export function takesSparse<F extends object>(f: F): F {
  const marked = (args: unknown[]): unknown[] => {
    const last = args.at(-1);
    if (isCsr(last) && Object.keys(last).every((k) => SPARSE.includes(k))) markPositional(last);
    return args;
  };
  return new Proxy(f, {
    apply: (t, self, args: unknown[]) => Reflect.apply(t as () => unknown, self, marked(args)) as unknown,
    construct: (t, args: unknown[], target) =>
      Reflect.construct(t as unknown as new () => object, marked(args), target) as object,
  });
}
const SPARSE: readonly string[] = ["data", "indices", "indptr", "shape"];
