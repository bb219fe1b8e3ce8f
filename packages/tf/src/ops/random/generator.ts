import { valueOf } from "@cognate/keras/tensorflow";
import { int64 as kernelInt64 } from "@cognate/kernel";
import { method, pyClass, def as pyDef, repr, ValueError } from "@cognate/py";
import { HandleTensor, toTensor } from "../../core/convert.js";
import { as_dtype, float32, int32, int64, resource, type TypeLike, uint64 } from "../../core/dtypes.js";
import { one } from "../../core/execute.js";
import type { Cell } from "../../graph/runtime.js";
import type { Tensor } from "../../shared.js";
import { Variable, type VariableImpl } from "../../variable/variable.js";
import { stack } from "../array.js";
import { type Data, def, type Name } from "../make.js";
import { add, cast, multiply, subtract } from "../math.js";
import { generatorAlgorithm as algorithm, create_rng_state, keyCounter } from "./algorithm.js";
import { scaled } from "./scaled.js";
import { type Shape, shapeArg } from "./seeds.js";
import { stateless_uniform } from "./stateless.js";

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
  get _handle(): Tensor {
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
    return one("RngReadAndSkip", [this._handle, this.algorithm, toTensor(BigInt(delta), { dtype: uint64 })]);
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
/** Normal numbers by the operation that draws them around 0. */
const normalBy = (name: string, operation: string) =>
  pyDef(
    `Generator.${name}`,
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
      return scaled(self._draw(operation, shape, [], type), mean, stddev, type);
    },
  );
Object.assign(GeneratorImpl.prototype, {
  normal: m(normalBy("normal", "StatelessRandomNormalV2")),
  truncated_normal: m(normalBy("truncated_normal", "StatelessTruncatedNormalV2")),
  uniform: m(
    pyDef(
      "Generator.uniform",
      "self shape minval maxval dtype name",
      (
        self: GeneratorImpl,
        shape: Shape,
        minval: Data | null = 0,
        maxval: Data | null = null,
        dtype: TypeLike = float32,
        _name: Name = null,
      ): Tensor => {
        const type = as_dtype(dtype);
        if (type.is_integer) {
          if ((minval === null) !== (maxval === null))
            throw new ValueError(
              `For integer dtype ${repr(type)}, minval and maxval must be both \`None\` or both non-\`None\`; got minval=${repr(minval)} and maxval=${repr(maxval)}`,
            );
          if (minval === null) return self._draw("StatelessRandomUniformFullIntV2", shape, [], type);
          return self._draw(
            "StatelessRandomUniformIntV2",
            shape,
            [toTensor(minval, { dtype: type }), toTensor(maxval, { dtype: type })],
            type,
          );
        }
        const [low, high] = [toTensor(minval ?? 0, { dtype: type }), toTensor(maxval ?? 1, { dtype: type })];
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
