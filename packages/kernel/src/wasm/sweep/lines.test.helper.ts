import { bool, type DType, dtypeNamed, float32, float64, int32, int64, uint8 } from "../../dtype/dtype.js";
import { compressed } from "../../indexing/pick.js";
import type { OpRow } from "../../ops/row.js";
import { sortedValues } from "../../ops/sort/values.js";
import * as ops from "../../ops/table.js";
import { cloneContiguous } from "../../strided/copy.js";
import { rowsInMemory, runs } from "../../strided/runs.js";
import type { Strided } from "../../strided/strided.js";
import { CASTS } from "../exports.js";
import { random } from "../testing.js";
import { truths, whole } from "./elementwise.test.helper.js";
import { type Form, inRows, type Make, type Path, type Sizes } from "./path.test.helper.js";

/* Reductions, running sums, softmax, sorting, choosing, moving and converting. */

const makerOf = (dtype: DType): DType | Make =>
  dtype.kind === "float" ? dtype : dtype === bool ? truths() : whole(dtype);

const VECTOR: readonly Sizes[] = [
  { n: 1001 },
  ...Array.from({ length: 17 }, (_, i) => ({ n: 256 + i })),
  { n: 5003 },
];
const MATRIX: readonly Sizes[] = [
  { a: 31, b: 17 },
  { a: 3, b: 301 },
  { a: 257, b: 1 },
  { a: 1, b: 257 },
  { a: 129, b: 2 },
];
const CUBE: readonly Sizes[] = [
  { a: 5, b: 7, c: 11 },
  { a: 2, b: 129, c: 3 },
  { a: 3, b: 4, c: 64 },
];

/** What a reduction's kernel takes: arrays that it gathers, rows, or elements in the order in which they lie. */
type Takes = "any" | "all in rows" | "lines in rows" | "memory";

function refuses(takes: Takes, dims: readonly number[] | undefined): (x: Strided) => boolean {
  return (x) => {
    const over = dims ?? x.shape.map((_, i) => i);
    const groups = runs(x.shape, over).length;
    if (takes === "any") return groups === 1;
    if (takes === "memory") return rowsInMemory(x, over) === null;
    if (takes === "all in rows") return !inRows(x);
    return !inRows(x) || groups !== 2;
  };
}

/** A row of one array that is reduced along axes, for all types that it has a kernel for: one path for each choice of axes. */
function reduction(
  row: unknown,
  takes: (dtype: DType) => Takes,
  close: (dtype: DType) => number = () => 0,
): Path[] {
  const r = row as OpRow;
  return Object.entries(r.simd!).flatMap(([name, kernel]) => {
    const dtype = dtypeNamed(name)!;
    const along = (shape: string, sizes: readonly Sizes[], dims?: readonly number[]): Path => {
      const refused = refuses(takes(dtype), dims);
      return {
        name: `${r.name} of ${name} over ${dims ?? "all"} of ${shape}`,
        kernels: [`row ${kernel}`],
        close: close(dtype),
        declines: ([x]) => refused(x!),
        forms: [
          {
            shapes: [shape],
            make: [makerOf(dtype)],
            sizes,
            run: (inputs) => r.run(inputs, { dims, keepdim: dims?.[0] === 0 }) as Strided,
          },
        ],
      };
    };
    const flat = [along("n", VECTOR), along("ab", MATRIX)];
    if (takes(dtype) === "all in rows") return flat;
    const last = [along("ab", MATRIX, [1]), along("abc", CUBE, [1, 2])];
    if (takes(dtype) === "lines in rows") return [...flat, ...last];
    const others = [along("ab", MATRIX, [0]), along("abc", CUBE, [1])];
    return [...flat, ...last, ...others, ...(takes(dtype) === "any" ? [along("abc", CUBE, [0, 2])] : [])];
  });
}

const along =
  (row: unknown, dim: number): Form["run"] =>
  (inputs) =>
    (row as OpRow).run(inputs, { dim }) as Strided;

const soft = (row: unknown, back: boolean): Path[] =>
  Object.entries((row as OpRow).simd!).map(([name, kernel]) => {
    const dtype = dtypeNamed(name)!;
    const y: Make = (shape) => ops.softmax.run([random(shape, -3, 3, dtype)], { dim: -1 }) as Strided;
    return {
      name: `${(row as OpRow).name} of ${name}`,
      kernels: [`row ${kernel}`],
      close: dtype === float64 ? 4e-15 : 1e-6,
      bounded: back ? [1] : [],
      forms: [
        {
          shapes: back ? ["ab", "ab"] : ["ab"],
          make: back ? [dtype, y] : [dtype],
          sizes: [...MATRIX, { a: 64, b: 10 }, { a: 7, b: 1000 }],
          run: along(row, 1),
        },
      ],
    };
  });

const casts = (): Path[] => {
  const types: Readonly<Record<string, readonly DType[]>> = {
    f32: [float32],
    f64: [float64],
    i32: [int32],
    i64: [int64],
    u8: [uint8, bool],
  };
  return CASTS.map((name) => {
    const [from, to] = name.split("_") as [string, string];
    return {
      name: `cast ${name}`,
      kernels: [`cast_${name}`],
      close: 0,
      declines: from === "u8" ? ([x]) => !inRows(x!) : undefined,
      forms: types[from]!.flatMap(
        (source) =>
          types[to]!.map((dtype) => ({
            shapes: ["abc"],
            make: [
              source.kind === "float"
                ? (s: readonly number[]) => random(s, -300, 300, source)
                : makerOf(source),
            ],
            sizes: [...CUBE, ...Array.from({ length: 17 }, (_, i) => ({ a: 1, b: 1, c: 256 + i }))],
            run: ([x]) => ops.cast.run([x!], { dtype }) as Strided,
          })) satisfies Form[],
      ),
    } satisfies Path;
  });
};

const sorts = (dtype: DType): Path[] => [
  {
    name: `sort of ${dtype.name}`,
    kernels: ["sort_lines"],
    close: 0,
    forms: [
      ...[false, true].map((descending) => ({
        shapes: ["ab"],
        make: [makerOf(dtype)],
        sizes: [
          { a: 3, b: 701 },
          { a: 1, b: 512 },
          { a: 1, b: 5003 },
        ],
        run: (inputs: readonly Strided[]) =>
          ops.sort.run(inputs, { dim: -1, descending }) as readonly Strided[],
      })),
    ],
  },
  {
    name: `values of ${dtype.name} in order`,
    kernels: ["sort_values"],
    close: 0,
    forms: [
      {
        shapes: ["ab"],
        make: [makerOf(dtype)],
        sizes: [
          { a: 3, b: 700 },
          { a: 1, b: 24 },
          { a: 1, b: 41 },
          { a: 2, b: 199 },
          { a: 1, b: 5003 },
        ],
        run: ([x]) => sortedValues(x!, 1),
      },
    ],
  },
];

/** Numbers of rows; negative ones count from the end. */
const numbers =
  (dtype: DType, negative: boolean): Make =>
  (shape, { r }) => {
    const high = Math.max((r ?? 1) - 1, 0);
    return whole(dtype, negative ? -high : 0, high)(shape, {});
  };

const picks = (dtype: DType): Path[] => [
  {
    name: `elements of ${dtype.name} by flags`,
    kernels: ["compress"],
    close: 0,
    declines: (inputs) => !inputs.every(inRows),
    forms: [
      {
        shapes: ["ab", "ab"],
        make: [makerOf(dtype), truths(4)],
        sizes: [
          { a: 13, b: 31 },
          { a: 1, b: 200 },
          { a: 1, b: 215 },
          { a: 1, b: 1001 },
        ],
        run: ([x, flags]) =>
          compressed(x!, flags!) ?? (ops.index.run([x!], { indices: [flags!] }) as Strided),
      },
    ],
  },
  {
    name: `rows of ${dtype.name} by numbers`,
    kernels: ["take_rows"],
    close: 0,
    declines: (inputs) => !inputs.every(inRows),
    forms: [int32, int64].map((type) => ({
      shapes: ["rc", "n"],
      make: [makerOf(dtype), numbers(type, true)],
      sizes: [
        { r: 13, c: 11, n: 333 },
        { r: 1, c: 33, n: 200 },
        { r: 999, c: 1, n: 4001 },
      ],
      run: ([x, index]: readonly Strided[]) => ops.index.run([x!], { indices: [index!] }) as Strided,
    })),
  },
];

export const LINE_PATHS: readonly Path[] = [
  // Groups of axes are reduced one after the other, with float32 between them.
  ...[ops.sum, ops.mean].flatMap((row) =>
    reduction(
      row,
      (dtype) => (dtype === float32 ? "any" : "memory"),
      (dtype) => (dtype === float32 ? 5e-6 : 0),
    ),
  ),
  ...[ops.amax, ops.amin].flatMap((row) => reduction(row, (dtype) => (dtype === float32 ? "any" : "memory"))),
  ...[ops.argmax, ops.argmin].flatMap((row) => reduction(row, () => "lines in rows")),
  ...[ops.any, ops.all, ops.countNonzero].flatMap((row) => reduction(row, () => "all in rows")),
  ...Object.entries(ops.cumsum.simd!).map(
    ([name, kernel]): Path => ({
      name: `cumsum of ${name}`,
      kernels: [`row ${kernel}`],
      close: name === "float32" ? 1e-6 : 0,
      forms: [0, 1, 2].map((dim) => ({
        shapes: ["abc"],
        make: [makerOf(dtypeNamed(name)!)],
        sizes: [...CUBE, { a: 1, b: 1, c: 1001 }, { a: 300, b: 1, c: 1 }],
        run: along(ops.cumsum, dim),
      })),
    }),
  ),
  ...[ops.softmax, ops.logSoftmax].flatMap((row) => soft(row, false)),
  ...[ops.softmaxGrad, ops.logSoftmaxGrad].flatMap((row) => soft(row, true)),
  ...casts(),
  ...[float32, float64, int32, int64].flatMap(sorts),
  ...[float64, float32, int32, bool].flatMap(picks),
  ...(["float32", "float64"] as const).map((name): Path => {
    const dtype = dtypeNamed(name)!;
    return {
      name: `where of ${name}`,
      kernels: [`row ${ops.where.simd![name]!}`],
      close: 0,
      declines: ([, flags]) => !inRows(flags!),
      forms: [
        {
          shapes: ["ab", "ab", "ab"],
          run: (x: readonly Strided[]) => ops.where.run(x, undefined) as Strided,
        },
        { shapes: ["ab", "ab", ""], run: (x: readonly Strided[]) => ops.where.run(x, undefined) as Strided },
        { shapes: ["1", "ab", "ab"], run: (x: readonly Strided[]) => ops.where.run(x, undefined) as Strided },
      ].map((f) => ({ ...f, make: [dtype, truths(), dtype], sizes: MATRIX })),
    };
  }),
  ...[float32, float64, int64].map(
    (dtype): Path => ({
      name: `rows of ${dtype.name} from any layout`,
      kernels: [dtype.itemsize === 4 ? "copy_32" : "copy_64"],
      close: 0,
      // What lies in rows is copied where it is; what settled on the JavaScript heap, too.
      declines: ([x]) => inRows(x!),
      forms: [{ shapes: ["abc"], make: [makerOf(dtype)], sizes: CUBE, run: ([x]) => cloneContiguous(x!) }],
    }),
  ),
];
