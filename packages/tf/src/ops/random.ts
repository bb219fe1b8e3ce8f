import { getGlobalSeed, operationSeed, setGlobalSeed, valueOf } from "@cognate/keras/tensorflow";
import { int64 as kernelInt64 } from "@cognate/kernel";
import { method, pyClass, def as pyDef, repr, TypeError, ValueError } from "@cognate/py";
import { currentGraph } from "../core/context.js";
import { HandleTensor, isTensor, toTensor } from "../core/convert.js";
import { as_dtype, float32, int32, int64, resource, type TypeLike, uint64 } from "../core/dtypes.js";
import { one, op } from "../core/execute.js";
import type { Cell } from "../graph/runtime.js";
import type { Tensor } from "../shared.js";
import { Variable, type VariableImpl } from "../variable/variable.js";
import { asShape, type ShapeLike, stack } from "./array.js";
import { Assert } from "./debugging.js";
import { type Data, def, type Name } from "./make.js";
import { add, cast, multiply, subtract } from "./math.js";
import { reduce_all } from "./reduce.js";

/* `tf.random`. */

type Shape = ShapeLike;
const shapeArg = (s: Shape): unknown => (isTensor(s) ? s : toTensor(asShape(s), { dtype: int32 }));

/** Graphs of TensorFlow 1 count their random operations. */
interface SeedingGraph {
  readonly seed: number | null;
  nextSeed(): number;
}

/** The two seeds of a random operation. */
export function get_seed(op_seed: number | bigint | null): [number | bigint, number | bigint] {
  const graph = currentGraph() as unknown as SeedingGraph | null;
  const global = graph ? (graph.seed ?? getGlobalSeed() ?? null) : (getGlobalSeed() ?? null);
  let seeds: [number | bigint, number | bigint];
  if (global !== null) seeds = [global, op_seed ?? (graph ? graph.nextSeed() : operationSeed())];
  else if (op_seed !== null) seeds = [87654321, op_seed];
  else return [0, 0];
  const fit = (s: number | bigint): number => Number(BigInt.asUintN(31, BigInt(s)));
  const [a, b] = [fit(seeds[0]), fit(seeds[1])];
  return a === 0 && b === 0 ? [0, 2 ** 31 - 1] : [a, b];
}
const seedAttrs = (seed: number | null): { seed: unknown; seed2: unknown } => {
  const [a, b] = get_seed(seed);
  return { seed: Number(a), seed2: Number(b) };
};

/** Sets the global seed: streams of operations without seeds, and counters of those with seeds, start anew. */
export const set_seed = pyDef("tensorflow.random.set_seed", "seed", (seed: number | bigint): void => {
  setGlobalSeed(seed);
});

export const normal = def(
  "tensorflow.random.normal",
  "shape mean stddev dtype seed name",
  (
    shape: Shape,
    mean: Data = 0,
    stddev: Data = 1,
    dtype: TypeLike = float32,
    seed: number | null = null,
    _name: Name = null,
  ): Tensor => {
    const type = as_dtype(dtype);
    const m = parameter(mean, type);
    const s = parameter(stddev, type);
    const z = one("RandomStandardNormal", [shapeArg(shape)], { dtype: type, ...seedAttrs(seed) });
    return add(multiply(z, s), m);
  },
);
/** A parameter that Python writes as a float. @throws TypeError for integer types */
function parameter(x: Data, type: ReturnType<typeof as_dtype>): Tensor {
  if (!type.is_floating && !isTensor(x))
    throw new TypeError(`Cannot convert ${Number(x).toFixed(1)} to EagerTensor of dtype ${type.name}`);
  return toTensor(x, { dtype: type });
}
export const truncated_normal = def(
  "tensorflow.random.truncated_normal",
  "shape mean stddev dtype seed name",
  (
    shape: Shape,
    mean: Data = 0,
    stddev: Data = 1,
    dtype: TypeLike = float32,
    seed: number | null = null,
    _name: Name = null,
  ): Tensor => {
    const type = as_dtype(dtype);
    const z = one("TruncatedNormal", [shapeArg(shape)], { dtype: type, ...seedAttrs(seed) });
    return add(multiply(z, toTensor(stddev, { dtype: type })), toTensor(mean, { dtype: type }));
  },
);
const ACCEPTED = ["float16", "bfloat16", "float32", "float64", "int32", "int64"];
export const uniform = def(
  "tensorflow.random.uniform",
  "shape minval maxval dtype seed name",
  (
    shape: Shape,
    minval: Data | null = 0,
    maxval: Data | null = null,
    dtype: TypeLike = float32,
    seed: number | null = null,
    name: Name = null,
  ): Tensor => {
    const type = as_dtype(dtype);
    if (!ACCEPTED.includes(type.name))
      throw new ValueError(
        `Argument \`dtype\` got invalid value ${repr(type)}. Accepted dtypes are (tf.float16, tf.bfloat16, tf.float32, tf.float64, tf.int32, tf.int64).`,
      );
    if (type.is_integer) {
      if (maxval === null) throw new ValueError(`Must specify maxval for integer dtype ${repr(type)}`);
      return one(
        "RandomUniformInt",
        [shapeArg(shape), toTensor(minval, { dtype: type }), toTensor(maxval, { dtype: type })],
        seedAttrs(seed),
        name,
      );
    }
    const z = one("RandomUniform", [shapeArg(shape)], { dtype: type, ...seedAttrs(seed) });
    if (minval === 0 && (maxval === null || maxval === 1)) return z;
    const [low, high] = [toTensor(minval, { dtype: type }), toTensor(maxval ?? 1, { dtype: type })];
    return add(multiply(z, subtract(high, low)), low);
  },
);
export const shuffle = def(
  "tensorflow.random.shuffle",
  "value seed name",
  (value: Data, seed: number | null = null, name: Name = null): Tensor =>
    one("RandomShuffle", [value], seedAttrs(seed), name),
);
export const categorical = def(
  "tensorflow.random.categorical",
  "logits num_samples dtype seed name",
  (
    logits: Data,
    num_samples: number | Tensor,
    dtype: TypeLike | null = null,
    seed: number | null = null,
    name: Name = null,
  ): Tensor =>
    one(
      "Multinomial",
      [toTensor(logits), num_samples],
      { output_dtype: dtype === null ? int64 : as_dtype(dtype), ...seedAttrs(seed) },
      name,
    ),
);
export const gamma = def(
  "tensorflow.random.gamma",
  "shape alpha beta dtype seed name",
  (
    shape: Shape,
    alpha: Data,
    beta: Data | null = null,
    dtype: TypeLike = float32,
    seed: number | null = null,
    _name: Name = null,
  ): Tensor => {
    const type = as_dtype(dtype);
    const a = toTensor(alpha, { dtype: type });
    const b = toTensor(beta ?? 1, { dtype: type });
    const wide = one("BroadcastTo", [a, one("BroadcastArgs", [one("Shape", [a]), one("Shape", [b])])]);
    const z = one("RandomGamma", [shapeArg(shape), wide], seedAttrs(seed));
    const tiny = type.name === "float64" ? 2.2250738585072014e-308 : 1.1754943508222875e-38;
    return one("Maximum", [toTensor(tiny, { dtype: type }), one("RealDiv", [z, b])]);
  },
);
export const poisson = def(
  "tensorflow.random.poisson",
  "shape lam dtype seed name",
  (
    shape: Shape,
    lam: Data,
    dtype: TypeLike = float32,
    seed: number | null = null,
    name: Name = null,
  ): Tensor => {
    const type = as_dtype(dtype);
    return one(
      "RandomPoissonV2",
      [shapeArg(shape), toTensor(lam, { hint: float32 })],
      { dtype: type, ...seedAttrs(seed) },
      name,
    );
  },
);
/** A part of a tensor, of that size, from a random place. */
export const random_crop = def(
  "tensorflow.image.random_crop",
  "value size seed name",
  (value: Data, size: readonly number[], seed: number | null = null, _name: Name = null): Tensor => {
    const x = toTensor(value);
    const limit = add(subtract(one("Shape", [x]), toTensor(size, { dtype: int32 })), 1);
    const draw = uniform([x.shape.length], 0, 2147483647, int32, seed);
    return one("Slice", [x, one("FloorMod", [draw, limit]), toTensor(size, { dtype: int32 })]);
  },
);

const seedTensor = (seed: Data): Tensor => {
  const s = toTensor(seed, isTensor(seed) ? {} : { hint: int32 });
  if (s.shape.length !== 1 || s.shape[0] !== 2)
    throw new ValueError(`seed must have shape [2], not [${[...s.shape].join(",")}]`);
  return s;
};
export const stateless_normal = def(
  "tensorflow.random.stateless_normal",
  "shape seed mean stddev dtype name alg",
  (
    shape: Shape,
    seed: Data,
    mean: Data = 0,
    stddev: Data = 1,
    dtype: TypeLike = float32,
    _name: Name = null,
    _alg: unknown = "auto_select",
  ): Tensor => {
    const type = as_dtype(dtype);
    const z = one("StatelessRandomNormal", [shapeArg(shape), seedTensor(seed)], { dtype: type });
    return add(multiply(z, toTensor(stddev, { dtype: type })), toTensor(mean, { dtype: type }));
  },
);
export const stateless_truncated_normal = def(
  "tensorflow.random.stateless_truncated_normal",
  "shape seed mean stddev dtype name alg",
  (
    shape: Shape,
    seed: Data,
    mean: Data = 0,
    stddev: Data = 1,
    dtype: TypeLike = float32,
    _name: Name = null,
    _alg: unknown = "auto_select",
  ): Tensor => {
    const type = as_dtype(dtype);
    const z = one("StatelessTruncatedNormal", [shapeArg(shape), seedTensor(seed)], { dtype: type });
    return add(multiply(z, toTensor(stddev, { dtype: type })), toTensor(mean, { dtype: type }));
  },
);
export const stateless_uniform = def(
  "tensorflow.random.stateless_uniform",
  "shape seed minval maxval dtype name alg",
  (
    shape: Shape,
    seed: Data,
    minval: Data | null = 0,
    maxval: Data | null = null,
    dtype: TypeLike = float32,
    _name: Name = null,
    _alg: unknown = "auto_select",
  ): Tensor => {
    const type = as_dtype(dtype);
    const s = seedTensor(seed);
    if (type.is_integer) {
      if ((minval === null) !== (maxval === null))
        throw new ValueError(
          `For integer \`dtype\` argument ${repr(type)}, argument \`minval\` and \`maxval\` must be both None or not None. Got \`minval\`=${repr(minval)} and \`maxval\`=${repr(maxval)}.`,
        );
      if (minval === null) return one("StatelessRandomUniformFullInt", [shapeArg(shape), s], { dtype: type });
      return one(
        "StatelessRandomUniformInt",
        [shapeArg(shape), s, toTensor(minval, { dtype: type }), toTensor(maxval, { dtype: type })],
        { dtype: type },
      );
    }
    const z = one("StatelessRandomUniform", [shapeArg(shape), s], { dtype: type });
    const [low, high] = [toTensor(minval ?? 0, { dtype: type }), toTensor(maxval ?? 1, { dtype: type })];
    return add(multiply(z, subtract(high, low)), low);
  },
);
export const stateless_categorical = def(
  "tensorflow.random.stateless_categorical",
  "logits num_samples seed dtype name",
  (
    logits: Data,
    num_samples: number | Tensor,
    seed: Data,
    dtype: TypeLike = int64,
    name: Name = null,
  ): Tensor =>
    one(
      "StatelessMultinomial",
      [toTensor(logits), num_samples, seedTensor(seed)],
      { output_dtype: as_dtype(dtype) },
      name,
    ),
);
export const stateless_gamma = def(
  "tensorflow.random.stateless_gamma",
  "shape seed alpha beta dtype name",
  (
    shape: Shape,
    seed: Data,
    alpha: Data,
    beta: Data | null = null,
    dtype: TypeLike = float32,
    _name: Name = null,
  ): Tensor => {
    const type = as_dtype(dtype);
    const a = toTensor(alpha, { dtype: type });
    const b = toTensor(beta ?? 1, { dtype: type });
    const wide = one("BroadcastTo", [a, one("BroadcastArgs", [one("Shape", [a]), one("Shape", [b])])]);
    const z = one("StatelessRandomGammaV2", [shapeArg(shape), seedTensor(seed), wide], { dtype: type });
    const tiny = type.name === "float64" ? 2.2250738585072014e-308 : 1.1754943508222875e-38;
    return one("Maximum", [toTensor(tiny, { dtype: type }), one("RealDiv", [z, b])]);
  },
);
export const stateless_poisson = def(
  "tensorflow.random.stateless_poisson",
  "shape seed lam dtype name",
  (shape: Shape, seed: Data, lam: Data, dtype: TypeLike = int32, name: Name = null): Tensor => {
    const rate = toTensor(lam, { hint: float32 });
    return one(
      "StatelessRandomPoisson",
      [shapeArg(shape), seedTensor(seed), rate._value?.weak ? cast(rate, float32) : rate],
      { dtype: as_dtype(dtype) },
      name,
    );
  },
);
/** Numbers of successes. */
export const stateless_binomial = def(
  "tensorflow.random.stateless_binomial",
  "shape seed counts probs output_dtype name",
  (
    shape: Shape,
    seed: Data,
    counts: Data,
    probs: Data,
    output_dtype: TypeLike = int32,
    name: Name = null,
  ): Tensor => {
    const p = toTensor(probs);
    const n = toTensor(counts, isTensor(counts) ? {} : { dtype: p.dtype });
    return one(
      "StatelessRandomBinomial",
      [shapeArg(shape), seedTensor(seed), n, p.dtype === n.dtype ? p : cast(p, n.dtype)],
      { dtype: as_dtype(output_dtype) },
      name,
    );
  },
);
/** So many new seeds of one. */
export const split = def(
  "tensorflow.random.split",
  "seed num alg",
  (seed: Data, num = 2, _alg: unknown = "auto_select"): Tensor => {
    const s = seedTensor(seed);
    return one("StatelessRandomUniformFullInt", [toTensor([num, 2], { dtype: int32 }), s], {
      dtype: s.dtype,
    });
  },
);
/** A seed and a number as a new seed. */
export const fold_in = def(
  "tensorflow.random.fold_in",
  "seed data alg",
  (seed: Data, data: Data, _alg: unknown = "auto_select"): Tensor => {
    const d = toTensor(data);
    const first = one("StatelessRandomUniformFullInt", [toTensor([], { dtype: int32 }), seedTensor(seed)], {
      dtype: d.dtype,
    });
    return stack([first, d] as Data[]);
  },
);
export const stateless_shuffle = def(
  "tensorflow.random.experimental.stateless_shuffle",
  "value seed alg name",
  (value: Data, seed: Data, _alg: unknown = "auto_select", _name: Name = null): Tensor => {
    const [key, counter] = op("StatelessRandomGetKeyCounter", [seedTensor(seed)]);
    return one("StatelessShuffle", [value, key, counter, 1]);
  },
);

const ALGORITHMS: Readonly<Record<string, number>> = {
  philox: 1,
  threefry: 2,
  auto_select: 1,
  "1": 1,
  "2": 2,
  "3": 1,
};
function algorithm(alg: unknown): number {
  const n = ALGORITHMS[String(alg)];
  if (n === undefined)
    throw new ValueError(
      `Argument \`alg\` got unsupported string value ${String(alg)}. Supported string values are: \`philox\` for the Philox algorithm, \`threefry\` for the ThreeFry algorithm, and \`auto_select\` for auto-selection.`,
    );
  return n;
}
const wordsOf = (seed: unknown): bigint[] => {
  const flat = isTensor(seed) ? (toTensor(seed).tolist() as unknown) : seed;
  return (Array.isArray(flat) ? flat.flat(3) : [flat]).map((v) => BigInt.asIntN(64, BigInt(v as number)));
};
/** The state that a generator of a seed starts with. */
export const create_rng_state = def(
  "tensorflow.random.create_rng_state",
  "seed alg",
  (seed: unknown, alg: unknown): Tensor => {
    const n = algorithm(alg) === 1 ? 3 : 2;
    const words = wordsOf(seed);
    while (words.length < n) words.push(0n);
    return toTensor(words.slice(0, n), { dtype: int64 });
  },
);

class GeneratorImpl {
  readonly _state: VariableImpl;
  readonly algorithm: number;
  constructor(copy_from: GeneratorImpl | null = null, state: unknown = null, alg: unknown = null) {
    this.algorithm = copy_from ? copy_from.algorithm : algorithm(alg);
    const start = copy_from ? copy_from.state.value() : toTensor(state, { dtype: int64 });
    this._state = Variable(start, { name: "StateVar", trainable: false }) as VariableImpl;
  }
  get _cell(): Cell {
    return this._state._cell;
  }
  private get handle(): Tensor {
    return new HandleTensor(this._cell, resource);
  }
  /** Counter and key as they are now. */
  get state(): VariableImpl {
    return this._state;
  }
  get key(): Tensor {
    const list = (this.state.tolist() as (number | bigint)[]).slice(this.algorithm === 1 ? 2 : 1);
    return one("Reshape", [toTensor(list, { dtype: int64 }), toTensor([], { dtype: int32 })]);
  }
  /** Passes over so many elements; what the state was. */
  skip(delta: number | bigint): Tensor {
    return one("RngReadAndSkip", [this.handle, this.algorithm, toTensor(BigInt(delta), { dtype: uint64 })]);
  }
  reset(state: unknown): void {
    this._cell.value = valueOf(toTensor(state, { dtype: int64 }).tolist(), kernelInt64);
  }
  reset_from_seed(seed: unknown): void {
    this.reset(create_rng_state(seed, this.algorithm));
  }
  reset_from_key_counter(key: unknown, counter: unknown): void {
    this.reset(keyCounter(key, counter, this.algorithm));
  }
  _draw(type: string, shape: Shape, more: readonly unknown[], dtype: ReturnType<typeof as_dtype>): Tensor {
    const to = shapeArg(shape);
    const n = (toTensor(to).tolist() as number[]).reduce((a, b) => a * b, 1);
    const before = cast(this.skip(n), uint64);
    const [counter, key] =
      this.algorithm === 1
        ? [one("Slice", [before, [0], [2]]), one("Slice", [before, [2], [1]])]
        : [one("Slice", [before, [0], [1]]), one("Slice", [before, [1], [1]])];
    return one(type, [to, key, counter, this.algorithm, ...more], { dtype });
  }
  split(count = 1): GeneratorImpl[] {
    const keys = this.uniform_full_int([count], int64).tolist() as (number | bigint)[];
    return keys.map(
      (k) =>
        new GeneratorImpl(
          null,
          [...new Array<bigint>(this.algorithm === 1 ? 2 : 1).fill(0n), BigInt(k)],
          this.algorithm,
        ),
    );
  }
  make_seeds(count = 1): Tensor {
    const keys = this.uniform_full_int([count], int64);
    return stack([keys, one("ZerosLike", [keys])] as Data[]);
  }
  declare normal: GeneratorMethods["normal"];
  declare uniform_full_int: GeneratorMethods["uniform_full_int"];
}
interface GeneratorMethods {
  normal(shape: Shape, mean?: Data, stddev?: Data, dtype?: TypeLike, name?: Name): Tensor;
  truncated_normal(shape: Shape, mean?: Data, stddev?: Data, dtype?: TypeLike, name?: Name): Tensor;
  uniform(shape: Shape, minval?: Data, maxval?: Data | null, dtype?: TypeLike, name?: Name): Tensor;
  uniform_full_int(shape: Shape, dtype?: TypeLike, name?: Name): Tensor;
  binomial(shape: Shape, counts: Data, probs: Data, dtype?: TypeLike, name?: Name): Tensor;
}
interface GeneratorImpl extends GeneratorMethods {}
const m = method;
Object.assign(GeneratorImpl.prototype, {
  normal: m(
    pyDef(
      "Generator.normal",
      "self shape mean stddev dtype name",
      (
        self: GeneratorImpl,
        shape: Shape,
        mean: Data = 0,
        stddev: Data = 1,
        dtype: TypeLike = float32,
        _name: Name = null,
      ): Tensor => {
        const type = as_dtype(dtype);
        return add(
          multiply(self._draw("StatelessRandomNormalV2", shape, [], type), toTensor(stddev, { dtype: type })),
          toTensor(mean, { dtype: type }),
        );
      },
    ),
  ),
  truncated_normal: m(
    pyDef(
      "Generator.truncated_normal",
      "self shape mean stddev dtype name",
      (
        self: GeneratorImpl,
        shape: Shape,
        mean: Data = 0,
        stddev: Data = 1,
        dtype: TypeLike = float32,
        _name: Name = null,
      ): Tensor => {
        const type = as_dtype(dtype);
        return add(
          multiply(
            self._draw("StatelessTruncatedNormalV2", shape, [], type),
            toTensor(stddev, { dtype: type }),
          ),
          toTensor(mean, { dtype: type }),
        );
      },
    ),
  ),
  uniform: m(
    pyDef(
      "Generator.uniform",
      "self shape minval maxval dtype name",
      (
        self: GeneratorImpl,
        shape: Shape,
        minval: Data = 0,
        maxval: Data | null = null,
        dtype: TypeLike = float32,
        _name: Name = null,
      ): Tensor => {
        const type = as_dtype(dtype);
        if (type.is_integer) {
          if (maxval === null) throw new ValueError(`Must specify maxval for integer dtype ${repr(type)}`);
          return self._draw(
            "StatelessRandomUniformIntV2",
            shape,
            [toTensor(minval, { dtype: type }), toTensor(maxval, { dtype: type })],
            type,
          );
        }
        const [low, high] = [toTensor(minval, { dtype: type }), toTensor(maxval ?? 1, { dtype: type })];
        return add(
          multiply(self._draw("StatelessRandomUniformV2", shape, [], type), subtract(high, low)),
          low,
        );
      },
    ),
  ),
  uniform_full_int: m(
    pyDef(
      "Generator.uniform_full_int",
      "self shape dtype name",
      (self: GeneratorImpl, shape: Shape, dtype: TypeLike = uint64, _name: Name = null): Tensor =>
        self._draw("StatelessRandomUniformFullIntV2", shape, [], as_dtype(dtype)),
    ),
  ),
  binomial: m(
    pyDef(
      "Generator.binomial",
      "self shape counts probs dtype name",
      (
        self: GeneratorImpl,
        shape: Shape,
        counts: Data,
        probs: Data,
        dtype: TypeLike = int32,
        _name: Name = null,
      ): Tensor => {
        const handle = new HandleTensor(self._cell, resource);
        const n = toTensor(counts, { hint: float32 });
        const own = n._value?.weak ? cast(n, float32) : n;
        return one(
          "StatefulRandomBinomial",
          [
            handle,
            toTensor(self.algorithm, { dtype: int64 }),
            shapeArg(shape),
            own,
            toTensor(probs, { dtype: own.dtype }),
          ],
          { dtype: as_dtype(dtype) },
        );
      },
    ),
  ),
});
/** A part of a tensor, of that size, from the place that a seed draws. */
export const stateless_random_crop = def(
  "tensorflow.image.stateless_random_crop",
  "value size seed name",
  (value: Data, size: readonly number[], seed: Data, _name: Name = null): Tensor => {
    const x = toTensor(value);
    const own = [...x.shape] as number[];
    const fits = reduce_all(one("GreaterEqual", [one("Shape", [x]), toTensor(size, { dtype: int32 })]));
    Assert(fits, ["Need value.shape >= size, got ", own, size], 1000);
    const limit = add(subtract(one("Shape", [x]), toTensor(size, { dtype: int32 })), 1);
    const draw = stateless_uniform([own.length], seed, 0, 2147483647, int32);
    return one("Slice", [x, one("FloorMod", [draw, limit]), toTensor(size, { dtype: int32 })]);
  },
);
const keyCounter = (key: unknown, counter: unknown, alg: number): Tensor => {
  const c = wordsOf(counter);
  const size = alg === 1 ? 2 : 1;
  while (c.length < size) c.push(0n);
  return toTensor([...c, ...wordsOf(key)], { dtype: int64 });
};

/**
 * `tf.random.Generator`: a stream of random numbers that is an object: `from_seed`, `from_state`, `split`.
 *
 * @example
 * ```ts
 * import * as tf from "@cognate/tf";
 * import { print } from "@cognate/py";
 * const g = tf.random.Generator.from_seed(7);
 * print(g.normal([2]).numpy()); // prints [-1.3240396   0.28785667]
 * ```
 */
export const Generator = Object.assign(
  pyClass("tensorflow.python.ops.stateful_random_ops.Generator", "copy_from state alg", GeneratorImpl),
  {
    from_seed: def(
      "Generator.from_seed",
      "seed alg",
      (seed: unknown, alg: unknown = "auto_select"): GeneratorImpl => {
        const a = algorithm(alg);
        return new GeneratorImpl(null, create_rng_state(seed, a), a);
      },
    ),
    from_state: def(
      "Generator.from_state",
      "state alg",
      (state: unknown, alg: unknown): GeneratorImpl => new GeneratorImpl(null, state, alg),
    ),
    from_key_counter: def(
      "Generator.from_key_counter",
      "key counter alg",
      (key: unknown, counter: unknown, alg: unknown): GeneratorImpl => {
        const a = algorithm(alg);
        return new GeneratorImpl(null, keyCounter(key, counter, a), a);
      },
    ),
    from_non_deterministic_state: def(
      "Generator.from_non_deterministic_state",
      "alg",
      (alg: unknown = "auto_select"): GeneratorImpl => {
        const a = algorithm(alg);
        const bits = stateless_uniform(
          [a === 1 ? 3 : 2],
          [Math.trunc(Math.random() * 2 ** 30), Math.trunc(Math.random() * 2 ** 30)],
          null,
          null,
          int64,
        );
        return new GeneratorImpl(null, bits, a);
      },
    ),
  },
);
export type Generator = GeneratorImpl;

let globalGenerator: GeneratorImpl | null = null;
/** The generator that functions without one use; it starts anywhere. */
export const get_global_generator = def("tensorflow.random.get_global_generator", "", (): GeneratorImpl => {
  globalGenerator ??= Generator.from_non_deterministic_state();
  return globalGenerator;
});
export const set_global_generator = def(
  "tensorflow.random.set_global_generator",
  "generator",
  (generator: GeneratorImpl): void => {
    globalGenerator = generator;
  },
);
export const Algorithm = { PHILOX: 1, THREEFRY: 2, AUTO_SELECT: 3 } as const;

const noiseShape = (x: Tensor, noise: readonly (number | null)[] | Tensor | null): unknown => {
  if (noise === null)
    return (x.shape as unknown as (number | null)[]).includes(null) ? one("Shape", [x]) : [...x.shape];
  if (isTensor(noise)) return noise;
  return (noise as readonly (number | null)[]).map((d, i) => d ?? x.shape[i]!);
};
function dropped(
  x: Tensor,
  rate: number | Tensor,
  draw: (shape: Shape, type: TypeLike) => Tensor,
  noise: readonly (number | null)[] | Tensor | null,
): Tensor {
  if (!x.dtype.is_floating && !x._value?.weak)
    throw new ValueError(
      `\`x.dtype\` must be a floating point tensor as \`x\` will be scaled. Received: x.dtype=${String(x.dtype)}`,
    );
  const own = x._value?.weak ? cast(x, float32) : x;
  if (typeof rate === "number") {
    if (rate < 0 || rate >= 1)
      throw new ValueError(
        `\`rate\` must be a scalar tensor or a float in the range [0, 1). Received: rate=${rate}`,
      );
    if (rate === 0) return own;
  }
  const r = toTensor(rate, { dtype: own.dtype });
  const scale =
    typeof rate === "number"
      ? toTensor(1 / (1 - rate), { dtype: own.dtype })
      : one("Reciprocal", [subtract(toTensor(1, { dtype: own.dtype }), r)]);
  const y = multiply(own, scale);
  const z = draw(noiseShape(own, noise) as Shape, own.dtype);
  const kept = one("GreaterEqual", [z, r]);
  return one("SelectV2", [kept, y, toTensor(0, { dtype: own.dtype })]);
}
/** Elements zeroed at a rate; those that are kept grow by 1 / (1 − rate). */
export const dropout = def(
  "tensorflow.nn.dropout",
  "x rate noise_shape seed name",
  (
    x: Data,
    rate: number | Tensor,
    noise_shape: readonly (number | null)[] | Tensor | null = null,
    seed: number | null = null,
    _name: Name = null,
  ): Tensor => dropped(toTensor(x), rate, (shape, type) => uniform(shape, 0, null, type, seed), noise_shape),
);
export const stateless_dropout = def(
  "tensorflow.nn.experimental.stateless_dropout",
  "x rate seed rng_alg noise_shape name",
  (
    x: Data,
    rate: number | Tensor,
    seed: Data,
    _alg: unknown = null,
    noise_shape: readonly (number | null)[] | Tensor | null = null,
    _name: Name = null,
  ): Tensor =>
    dropped(toTensor(x), rate, (shape, type) => stateless_uniform(shape, seed, 0, null, type), noise_shape),
);
