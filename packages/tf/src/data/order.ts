import { repr, TypeError } from "@cognate/py";
import { InvalidArgumentError } from "../core/errors.js";
import type { TensorSpec } from "../function/specs.js";
import { get_seed } from "../ops/random.js";
import { INFINITE, known, UNKNOWN } from "./dataset.js";
import { type D, int, m } from "./methods.js";
import { Shuffler, shuffled } from "./passes.js";
import { type Element, leaves } from "./structure.js";

/** Which elements come, how often, and in which order. */
export const order = {
  shuffle: m("shuffle", "self buffer_size seed reshuffle_each_iteration name", ((
    self: D,
    buffer_size: unknown,
    seed: number | null = null,
    reshuffle: boolean | null = null,
    _n: unknown = null,
  ) => {
    const size = int(buffer_size);
    const [a, b] = get_seed(seed);
    if (size < 1 && size !== -2)
      throw new InvalidArgumentError(
        "{{function_node __wrapped__ShuffleDatasetV3_device_/job:localhost/replica:0/task:0/device:CPU:0}} `buffer_size` must be positive or `UNKNOWN_CARDINALITY` [Op:ShuffleDatasetV3] name: ",
      );
    const shuffler = new Shuffler(a, b, reshuffle ?? true);
    return self._with("_ShuffleDataset", () =>
      shuffled(self._parts.make(), size < 0 ? Math.max(1, self.__len__()) : size, shuffler.pass()),
    );
  }) as never),
  repeat: m("repeat", "self count name", ((self: D, count: unknown = null, _n: unknown = null) => {
    const n = count === null ? -1 : int(count);
    const c = self._parts.cardinality;
    return self._with(
      "_RepeatDataset",
      function* () {
        for (let i = 0; n < 0 || i < n; i++) {
          let some = false;
          for (const x of self._each()) {
            some = true;
            yield x;
          }
          if (!some) return;
        }
      },
      { cardinality: n < 0 ? (c === 0 ? 0 : INFINITE) : known(c) ? c * n : n === 0 ? 0 : c },
    );
  }) as never),
  take: m("take", "self count name", ((self: D, count: unknown, _n: unknown = null) => {
    const n = int(count);
    const c = self._parts.cardinality;
    return self._with(
      "_TakeDataset",
      function* () {
        let i = 0;
        if (n === 0) return;
        for (const x of self._each()) {
          yield x;
          if (++i === n) return;
        }
      },
      { cardinality: n < 0 ? c : c === INFINITE ? n : known(c) ? Math.min(c, n) : UNKNOWN },
    );
  }) as never),
  skip: m("skip", "self count name", ((self: D, count: unknown, _n: unknown = null) => {
    const n = int(count);
    const c = self._parts.cardinality;
    return self._with(
      "_SkipDataset",
      function* () {
        let i = 0;
        for (const x of self._each()) if (n >= 0 && i++ >= n) yield x;
      },
      { cardinality: n < 0 ? 0 : known(c) ? Math.max(0, c - n) : c },
    );
  }) as never),
  prefetch: m("prefetch", "self buffer_size name", ((self: D, _size: unknown, _n: unknown = null) =>
    self._with("_PrefetchDataset", self._parts.make)) as never),
  cache: m("cache", "self filename name", ((self: D, _file: unknown = "", _n: unknown = null) => {
    let kept: Element[] | null = null;
    return self._with("CacheDataset", function* () {
      if (kept) {
        yield* kept;
        return;
      }
      const list: Element[] = [];
      for (const x of self._each()) {
        list.push(x);
        yield x;
      }
      kept = list;
    });
  }) as never),
  concatenate: m("concatenate", "self dataset name", ((self: D, dataset: D, _n: unknown = null) => {
    const [a, b] = [self._parts.cardinality, dataset._parts.cardinality];
    const first = leaves(self._parts.spec) as TensorSpec[];
    const second = leaves(dataset._parts.spec) as TensorSpec[];
    first.forEach((s, i) => {
      if (s.dtype !== second[i]?.dtype)
        throw new TypeError(
          `Incompatible types of input datasets: ${repr(self._parts.spec)} vs. ${repr(dataset._parts.spec)}.`,
        );
    });
    return self._with(
      "_ConcatenateDataset",
      function* () {
        yield* self._each();
        yield* dataset._each();
      },
      { cardinality: known(a) && known(b) ? a + b : a === INFINITE || b === INFINITE ? INFINITE : UNKNOWN },
    );
  }) as never),
  shard: m("shard", "self num_shards index name", ((
    self: D,
    num_shards: unknown,
    index: unknown,
    _n: unknown = null,
  ) => {
    const [n, k] = [int(num_shards), int(index)];
    const c = self._parts.cardinality;
    return self._with(
      "_ShardDataset",
      function* () {
        let i = 0;
        for (const x of self._each()) if (i++ % n === k) yield x;
      },
      { cardinality: known(c) ? Math.floor(c / n) + (k < c % n ? 1 : 0) : c },
    );
  }) as never),
};
