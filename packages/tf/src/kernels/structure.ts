import { int32, type int64, ops, type ViewStep } from "@cognate/kernel";
import { KernelProblem } from "../core/errors.js";
import { type Dims, type OpRow, row } from "../core/row.js";
import { StringArray } from "../core/strings.js";
import { Value } from "../shared.js";
import { moving } from "./lift.js";
import {
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
  size,
} from "./tools.js";

const shown = (shape: readonly (number | null)[]): string => `[${shape.map((d) => d ?? "?").join(",")}]`;

/** The shape that a reshape asks for, −1 filled in. @throws KernelProblem */
export function wantedShape(n: number, wanted: readonly number[]): number[] {
  const open = wanted.indexOf(-1);
  if (open !== wanted.lastIndexOf(-1))
    throw new KernelProblem(`Only one input size may be -1, not both ${open} and ${wanted.lastIndexOf(-1)}`);
  const bad = wanted.findIndex((d) => d < -1);
  if (bad >= 0) throw new KernelProblem(`Size ${bad} must be non-negative, not ${wanted[bad]}`);
  const known = wanted.reduce((p, d) => (d === -1 ? p : p * d), 1);
  if (open < 0) {
    if (known !== n)
      throw new KernelProblem(
        `Input to reshape is a tensor with ${n} values, but the requested shape has ${known}`,
      );
    return [...wanted];
  }
  if (known === 0 && n > 0)
    throw new KernelProblem(
      "reshape cannot infer the missing input size for an empty tensor unless all specified input sizes are non-zero",
    );
  if (n % (known || 1) !== 0)
    throw new KernelProblem(
      `Input to reshape is a tensor with ${n} values, but the requested shape requires a multiple of ${known}`,
    );
  return wanted.map((d) => (d === -1 ? n / (known || 1) : d));
}

const normal = (axis: number, rank: number): number => (axis < 0 ? axis + rank : axis);

const reshaped = moving(
  row(
    ([x, shape]) => reshape(x!, wantedShape(x!.size, numbers(shape!))),
    (c) => {
      const wanted = knownInts(c, 1);
      if (!wanted) return [c.shapes[1]?.[0] == null ? null : new Array<null>(c.shapes[1]![0]!).fill(null)];
      const [x] = c.shapes;
      if (x?.every((d) => d !== null)) return [wantedShape(size(x as number[]), wanted)];
      return [wanted.map((d) => (d === -1 ? null : d))];
    },
  ),
);

const expandDims = moving(
  row(
    ([x, dim]) => {
      const rank = x!.shape.length;
      const at = number(dim!);
      if (at < -1 - rank || at > rank)
        throw new KernelProblem(`Tried to expand dim index ${at} for tensor with ${rank} dimensions.`);
      const axis = normal(at, rank + 1);
      return reshape(x!, [...x!.shape.slice(0, axis), 1, ...x!.shape.slice(axis)]);
    },
    (c) => {
      const [x] = c.shapes;
      const at = knownInts(c, 1)?.[0];
      if (!x || at === undefined) return [null];
      const axis = normal(at, x.length + 1);
      return [[...x.slice(0, axis), 1, ...x.slice(axis)]];
    },
  ),
);

function squeezedShape(x: readonly (number | null)[], dims: readonly number[]): (number | null)[] {
  const axes = dims.map((d) => {
    if (d < -x.length || d >= x.length)
      throw new KernelProblem(`Tried to squeeze dim index ${d} for tensor with ${x.length} dimensions.`);
    return normal(d, x.length);
  });
  for (const [i, a] of axes.entries())
    if (x[a] !== 1 && x[a] !== null)
      throw new KernelProblem(
        `Can not squeeze dim[${dims[i]! < 0 ? a : dims[i]}], expected a dimension of 1, got ${x[a]}`,
      );
  return x.filter((d, i) => (axes.length > 0 ? !axes.includes(i) : d !== 1));
}

const transposed = (conjugate: boolean): OpRow =>
  moving(
    row(
      ([x, perm]) => {
        const axes = numbers(perm!);
        const rank = x!.shape.length;
        if (axes.length !== rank)
          throw new KernelProblem(
            `transpose expects a vector of size ${rank}. But input(1) is a vector of size ${axes.length}`,
          );
        axes.forEach((a, i) => {
          if (a < -rank || a >= rank) throw new KernelProblem(`${a} is out of range [0 .. ${rank})`);
          if (axes.indexOf(a) !== i)
            throw new KernelProblem(`${firstMissing(axes)} is missing from {${axes.join(",")}}.`);
        });
        const y = permute(
          x!,
          axes.map((v) => normal(v, rank)),
        );
        return conjugate && x!.dtype.kind === "complex" ? (y.conj() as Value) : y;
      },
      (c) => {
        const axes = knownInts(c, 1);
        const [x] = c.shapes;
        if (!x) return [null];
        return [axes ? axes.map((a) => x[normal(a, x.length)]!) : x.map(() => null)];
      },
    ),
  );
const firstMissing = (axes: readonly number[]): number => axes.findIndex((_, i) => !axes.includes(i));

function concatenated(xs: readonly Value[], at: number): Value {
  const rank = xs[0]!.shape.length;
  if (rank === 0) throw new KernelProblem("ConcatOp : Can't concatenate scalars (use tf.stack instead)");
  if (at < -rank || at >= rank)
    throw new KernelProblem(
      `ConcatOp : Expected concatenating dimensions in the range [${-rank}, ${rank}), but got ${at}`,
    );
  const axis = normal(at, rank);
  const [first] = xs;
  for (const [k, x] of xs.entries()) {
    if (x.shape.length !== rank)
      throw new KernelProblem(
        `ConcatOp : Ranks of all input tensors should match: shape[0] = ${shown(first!.shape)} vs. shape[${k}] = ${shown(x.shape)}`,
      );
    const off = x.shape.findIndex((d, i) => i !== axis && d !== first!.shape[i]);
    if (off >= 0)
      throw new KernelProblem(
        `ConcatOp : Dimension ${off} in both shapes must be equal: shape[0] = ${shown(first!.shape)} vs. shape[${k}] = ${shown(x.shape)}`,
      );
  }
  return run(ops.cat, xs, { dim: axis });
}

const concatShape = (shapes: readonly Dims[], at: number | undefined): readonly Dims[] => {
  const known = shapes.find((s) => s !== null);
  if (!known) return [null];
  if (at === undefined) return [known.map(() => null)];
  const axis = normal(at, known.length);
  return [
    known.map((_, i) => {
      const own = shapes.map((s) => (s ? s[i]! : null));
      if (i !== axis) return own.find((d) => d !== null) ?? null;
      return own.some((d) => d === null) ? null : (own as number[]).reduce((a, b) => a + b, 0);
    }),
  ];
};

const pack = moving(
  row(
    (xs, a) => {
      const rank = xs[0]!.shape.length + 1;
      const at = a.int("axis");
      xs.forEach((x, k) => {
        if (shown(x.shape) !== shown(xs[0]!.shape))
          throw new KernelProblem(
            `Shapes of all inputs must match: values[0].shape = ${shown(xs[0]!.shape)} != values[${k}].shape = ${shown(x.shape)}`,
          );
      });
      if (at < -rank || at >= rank) throw new KernelProblem(`axis = ${at} not in [${-rank}, ${rank})`);
      return run(ops.stack, xs, { dim: normal(at, rank) });
    },
    ({ shapes, attrs }) => {
      const known = shapes.find((s) => s !== null);
      if (!known) return [null];
      const axis = normal(attrs.int("axis"), known.length + 1);
      const merged = known.map(
        (_, i) => shapes.map((s) => (s ? s[i]! : null)).find((d) => d !== null) ?? null,
      );
      return [[...merged.slice(0, axis), shapes.length, ...merged.slice(axis)]];
    },
  ),
);

/** A piece of an axis. */
export const piece = (x: Value, dim: number, start: number, length: number): Value =>
  x.slice({ dim, start, step: 1, length }) as Value;

const unpack: OpRow = {
  ...moving(
    row(
      ([x], a) => {
        const rank = x!.shape.length;
        const axis = normal(a.int("axis"), rank);
        const n = a.int("num");
        if (axis < 0 || axis >= rank)
          throw new KernelProblem(`axis = ${a.int("axis")} not in [${-rank}, ${rank})`);
        if (x!.shape[axis] !== n)
          throw new KernelProblem(`Input shape axis ${axis} must equal ${n}, got shape ${shown(x!.shape)}`);
        const rest = x!.shape.filter((_, i) => i !== axis);
        return Array.from({ length: n }, (_, i) => reshape(piece(x!, axis, i, 1), rest));
      },
      ({ shapes: [x], attrs }) => {
        const own = x ? x.filter((_, i) => i !== normal(attrs.int("axis"), x.length)) : null;
        return Array.from({ length: attrs.int("num") }, () => own);
      },
    ),
  ),
  count: (a) => a.int("num"),
};

const split: OpRow = {
  ...moving(
    row(
      ([dim, x], a) => {
        const n = a.int("num_split");
        const rank = x!.shape.length;
        const at = number(dim!);
        if (at < -rank || at >= rank)
          throw new KernelProblem(`-input rank(-${rank}) <= split_dim < input rank (${rank}), but got ${at}`);
        const axis = normal(at, rank);
        const length = x!.shape[axis]!;
        if (length % n !== 0)
          throw new KernelProblem(
            `Number of ways to split should evenly divide the split dimension, but got split_dim ${axis} (size = ${length}) and num_split ${n}`,
          );
        const each = length / n;
        return Array.from({ length: n }, (_, i) => piece(x!, axis, i * each, each));
      },
      (c) => {
        const n = c.attrs.int("num_split");
        const x = c.shapes[1]!;
        const at = knownInts(c, 0)?.[0];
        const own =
          !x || at === undefined
            ? (x?.map(() => null) ?? null)
            : x.map((d, i) => (i === normal(at, x.length) && d !== null ? d / n : d));
        return Array.from({ length: n }, () => own);
      },
    ),
  ),
  count: (a) => a.int("num_split"),
};

const splitV: OpRow = {
  ...moving(
    row(
      ([x, sizes, dim], a) => {
        const rank = x!.shape.length;
        const axis = normal(number(dim!), rank);
        const length = x!.shape[axis]!;
        const given = numbers(sizes!);
        const total = given.reduce((s, d) => s + Math.max(d, 0), 0);
        const open = given.includes(-1);
        if (open ? total > length : total !== length)
          throw new KernelProblem(
            `Determined shape must either match input shape along split_dim exactly if fully specified, or be less than the size of the input along split_dim if not fully specified.  Got: ${total}`,
          );
        let start = 0;
        void a;
        return given.map((d) => {
          const own = d === -1 ? length - total : d;
          const y = piece(x!, axis, start, own);
          start += own;
          return y;
        });
      },
      (c) => {
        const n = c.attrs.int("num_split");
        const [x] = c.shapes;
        const sizes = knownInts(c, 1);
        const at = knownInts(c, 2)?.[0];
        return Array.from({ length: n }, (_, k) => {
          if (!x) return null;
          if (at === undefined) return x.map(() => null);
          const own = sizes && sizes[k] !== -1 ? sizes[k]! : null;
          return x.map((d, i) => (i === normal(at, x.length) ? own : d));
        });
      },
    ),
  ),
  count: (a) => a.int("num_split"),
};

const sliced = moving(
  row(
    ([x, begin, sizes]) => {
      const starts = numbers(begin!);
      const lengths = numbers(sizes!);
      const rank = x!.shape.length;
      if (starts.length !== rank || lengths.length !== rank)
        throw new KernelProblem(
          `Expected begin and size arguments to be 1-D tensors of size ${rank}, but got shapes [${starts.length}] and [${lengths.length}] instead.`,
        );
      return starts.reduce((y, start, i) => {
        const full = x!.shape[i]!;
        const length = lengths[i] === -1 ? full - start : lengths[i]!;
        if (start < 0 || start > full)
          throw new KernelProblem(`Expected begin[${i}] in [0, ${full}], but got ${start}`);
        if (length < 0 || start + length > full)
          throw new KernelProblem(`Expected size[${i}] in [0, ${full - start}], but got ${length}`);
        return piece(y, i, start, length);
      }, x!);
    },
    (c) => {
      const [x] = c.shapes;
      const sizes = knownInts(c, 2);
      const starts = knownInts(c, 1);
      if (sizes)
        return [sizes.map((n, i) => (n !== -1 ? n : x?.[i] != null && starts ? x[i]! - starts[i]! : null))];
      return [x ? x.map(() => null) : null];
    },
  ),
);

const shapeOf = (x: Value | StringArray): readonly number[] => x.shape;
type Array_ = Value | StringArray;
const known = (x: Dims): boolean => x?.every((d) => d !== null) ?? false;

const broadcastTo = moving(
  row(
    ([x, shape]) => {
      const to = numbers(shape!);
      const from = x!.shape;
      demand(
        from.length <= to.length,
        () => `Rank of input (${from.length}) must be no greater than rank of output shape (${to.length}).`,
      );
      const bad = to.find((d) => d < 0);
      demand(bad === undefined, () => `Dimension ${bad} must be >= 0`);
      const fits =
        from.length <= to.length && from.every((d, i) => d === 1 || d === to[to.length - from.length + i]);
      if (!fits) throw new KernelProblem(`Incompatible shapes: ${shown(from)} vs. ${shown(to)}`);
      return x!.expand({ shape: to }) as Value;
    },
    (c) => [
      knownInts(c, 1) ?? (c.shapes[1]?.[0] != null ? new Array<null>(c.shapes[1]![0]!).fill(null) : null),
    ],
  ),
);

/** Operations that say, change or take apart shapes. */
export const structure: Readonly<Record<string, OpRow>> = {
  Const: {
    run: (_, a) => a.get("value") as Value,
    shape: ({ attrs }) => [shapeOf(attrs.get("value") as Array_)],
  },
  Identity: {
    run: ([x]) => (x instanceof Value ? reshape(x, x.shape) : x!),
    shape: same,
  },
  IdentityN: { run: (xs) => xs, shape: ({ shapes }) => shapes },
  StopGradient: { run: ([x]) => (x instanceof Value ? x.detach() : x!), shape: same },
  PreventGradient: { run: ([x]) => x!, shape: same },
  Snapshot: { run: ([x]) => x!, shape: same },
  GuaranteeConst: { run: ([x]) => x!, shape: same },
  DeepCopy: { run: ([x]) => x!, shape: same },
  EnsureShape: {
    run: ([x], a) => {
      const want = a.shape("shape");
      const got = (x as Array_).shape;
      if (want && (want.length !== got.length || want.some((d, i) => d !== null && d !== -1 && d !== got[i])))
        throw new KernelProblem(
          `Shape of tensor input ${shown(got)} is not compatible with expected shape [${[...want].map((d) => (d === null || d === -1 ? "?" : d)).join(",")}].`,
        );
      return x!;
    },
    shape: ({ shapes: [x], attrs }) => {
      const want = attrs.shape("shape");
      if (!want) return [x!];
      return [[...want].map((d, i) => (d === null || d === -1 ? (x?.[i] ?? null) : d))];
    },
  },
  Shape: {
    run: ([x], a) => intsValue((x as Array_).shape, a.type("out_type").kernel),
    shape: ({ shapes: [x] }) => [[x ? x.length : null]],
  },
  ShapeN: {
    run: (xs, a) => xs.map((x) => intsValue((x as Array_).shape, a.type("out_type").kernel)),
    shape: ({ shapes }) => shapes.map((x) => [x ? x.length : null]),
  },
  Size: {
    run: ([x], a) =>
      intsValue([(x as Array_).size], a.type("out_type").kernel).reshape({ shape: [] }) as Value,
    shape: () => [[]],
  },
  Rank: {
    run: ([x]) => intsValue([(x as Array_).shape.length], int32).reshape({ shape: [] }) as Value,
    shape: () => [[]],
  },
  Reshape: reshaped,
  ExpandDims: expandDims,
  Squeeze: moving(
    row(
      ([x], a) => reshape(x!, squeezedShape(x!.shape, a.ints("squeeze_dims")) as number[]),
      ({ shapes: [x], attrs }) => {
        const dims = attrs.ints("squeeze_dims");
        if (!x || (dims.length === 0 && !known(x))) return [null];
        return [squeezedShape(x, dims)];
      },
    ),
  ),
  Transpose: transposed(false),
  ConjugateTranspose: transposed(true),
  ConcatV2: moving(
    row(
      (inputs) => concatenated(inputs.slice(0, -1), number(inputs[inputs.length - 1]!)),
      (c) => concatShape(c.shapes.slice(0, -1), knownInts(c, c.shapes.length - 1)?.[0]),
    ),
  ),
  Concat: moving(
    row(
      ([dim, ...xs]) => concatenated(xs, number(dim!)),
      (c) => concatShape(c.shapes.slice(1), knownInts(c, 0)?.[0]),
    ),
  ),
  Pack: pack,
  Unpack: unpack,
  Split: split,
  SplitV: splitV,
  Slice: sliced,
  BroadcastTo: broadcastTo,
  ReverseV2: moving(
    row(([x, axes]) => {
      const rank = x!.shape.length;
      const dims = numbers(axes!).map((a, i) => {
        demand(a >= -rank && a < rank, () => `'axis'[${i}] = ${a} is out of valid range [0, ${rank - 1}`);
        return normal(a, rank);
      });
      const twice = dims.find((d, i) => dims.indexOf(d) !== i);
      demand(twice === undefined, () => `axis ${twice} specified more than once.`);
      return x!.flip({ dims }) as Value;
    }, same),
  ),
  Roll: moving(
    row(([x, shift, axis]) => {
      const rank = x!.shape.length;
      demand(rank > 0, () => "input must be 1-D or higher");
      demand(
        shift!.shape.length < 2 && axis!.shape.length < 2 && shift!.size === axis!.size,
        () => "shift and axis must have the same size",
      );
      const dims = numbers(axis!).map((d) => {
        demand(d >= -rank && d < rank, () => `axis ${d} is out of range`);
        return normal(d, rank);
      });
      return x!.roll({ shifts: numbers(shift!), dims }) as Value;
    }, same),
  ),
  Tile: moving(
    row(
      ([x, multiples]) => {
        const reps = numbers(multiples!);
        if (reps.length !== x!.shape.length)
          throw new KernelProblem(
            `Expected multiples argument to be a vector of length ${x!.shape.length} but got length ${reps.length}`,
          );
        const bad = reps.findIndex((n) => n < 0);
        demand(bad < 0, () => `Expected multiples[${bad}] >= 0, but got ${reps[bad]}`);
        return run(ops.tile, [x!], { reps });
      },
      (c) => {
        const reps = knownInts(c, 1);
        const [x] = c.shapes;
        return [x ? x.map((d, i) => (d === null || !reps ? null : d * reps[i]!)) : null];
      },
    ),
  ),
  Fill: moving(
    row(
      ([dims, value]) => {
        const shape = numbers(dims!);
        const bad = shape.find((d) => d < 0);
        if (bad !== undefined) throw new KernelProblem(`Dimension ${bad} must be >= 0`);
        return value!.expand({ shape }) as Value;
      },
      (c) => [
        knownInts(c, 0) ?? (c.shapes[0]?.[0] != null ? new Array<null>(c.shapes[0]![0]!).fill(null) : null),
      ],
    ),
  ),
  InvertPermutation: row(([x]) => {
    const perm = numbers(x!);
    const out = perm.find((v) => v < 0 || v >= perm.length);
    demand(out === undefined, () => `${out} is not between 0 and ${perm.length}`);
    const twice = perm.find((v, i) => perm.indexOf(v) !== i);
    demand(twice === undefined, () => `${twice} is duplicated in the input.`);
    return intsValue(
      perm.map((_, i) => perm.indexOf(i)),
      x!.dtype,
    );
  }, same),
  BroadcastArgs: row(([a, b]) => {
    const [x, y] = [numbers(a!), numbers(b!)];
    const rank = Math.max(x.length, y.length);
    const at = (s: number[], i: number): number => s[s.length - rank + i] ?? 1;
    return intsValue(
      Array.from({ length: rank }, (_, i) => {
        const [m, n] = [at(x, i), at(y, i)];
        if (m !== n && m !== 1 && n !== 1)
          throw new KernelProblem(`Incompatible shapes: ${shown(x)} vs. ${shown(y)}`);
        return m === 1 ? n : m;
      }),
      a!.dtype,
    );
  }),
  MatrixBandPart: row(([x, low, up]) => {
    const [l, u] = [number(low!), number(up!)];
    demand(x!.shape.length > 1, () => `input must be at least 2-dim, received shape: ${shown(x!.shape)}`);
    const [rows, columns] = x!.shape.slice(-2) as [number, number];
    demand(
      l <= rows,
      () => `num_lower must be negative or less or equal to number of rows (${rows}) got: ${l}`,
    );
    demand(
      u <= columns,
      () => `num_upper must be negative or less or equal to number of columns (${columns}) got: ${u}`,
    );
    const below = l < 0 ? x! : (x!.triu({ k: -l }) as Value);
    return (u < 0 ? below : below.tril({ k: u })) as Value;
  }, same),
  Diag: row(([x]) => {
    demand(x!.shape.length > 0, () => "Input must be at least rank 1, got 0");
    const n = x!.size;
    const zero = filled(x!, [n, n], 0);
    const chain: readonly ViewStep[] = [{ op: "diagonal", params: { dim1: 0, dim2: 1 } }];
    return reshape(zero.viewScatter(reshape(x!, [n]), { chain }) as Value, [...x!.shape, ...x!.shape]);
  }),
  DiagPart: row(([x]) => {
    const rank = x!.shape.length;
    demand(
      rank % 2 === 0 && rank > 0,
      () => `The rank of the tensor should be even and positive, got shape ${shown(x!.shape)}`,
    );
    const half = x!.shape.slice(0, rank / 2);
    const off = half.findIndex((d, i) => d !== x!.shape[i + rank / 2]);
    demand(
      off < 0,
      () => `Invalid shape ${shown(x!.shape)}: dimensions ${off} and ${off + rank / 2} do not match.`,
    );
    const n = size(half);
    return reshape(reshape(x!, [n, n]).diagonal({ dim1: 0, dim2: 1 }) as Value, half);
  }),
  Empty: {
    run: ([shape], a) => {
      const dims = numbers(shape as Value);
      const type = a.type("dtype");
      if (type.name === "string") return new StringArray(dims, new Array<string>(size(dims)).fill(""));
      return new Value(filledArray(dims, type.kernel));
    },
  },
  Where: row(
    ([x]) => run(ops.nonzero, [x!], undefined as never),
    ({ shapes: [x] }) => [[null, x ? x.length : null]],
  ),
};

function filledArray(shape: readonly number[], type: typeof int64) {
  return (intsValue([0], type).expand({ shape }) as Value).array;
}

export { runMany };
