import { repr, Tuple } from "@cognate/py";
import { toTensor } from "../core/convert.js";
import { int64 } from "../core/dtypes.js";
import { TensorSpec } from "../function/specs.js";
import type { Tensor } from "../shared.js";
import { INFINITE, UNKNOWN } from "./dataset.js";
import { type D, firstSpec, innerSpec, int, m } from "./methods.js";
import { ignoring, interleaved, LEFT_OUT, stepping } from "./passes.js";
import { args, type Element, type Fn, mapStructure, specOf, tensors, traced, tupled } from "./structure.js";

/** What is done to each element. */
export const elements = {
  map: m("map", "self map_func num_parallel_calls deterministic synchronous use_unbounded_threadpool name", ((
    self: D,
    map_func: Fn,
    parallel: unknown = null,
    _d: unknown = null,
    _s: unknown = null,
    _u: unknown = false,
    _n: unknown = null,
  ) => {
    const f = traced(map_func, self._parts.spec);
    const spec = f.spec() ?? firstSpec(self, (x) => f.call(x));
    return self._with(
      parallel === null ? "_MapDataset" : "_ParallelMapDataset",
      () => stepping(self._parts.make(), (x) => tensors(tupled(f.call(x)))),
      { spec: tupled(spec) },
    );
  }) as never),
  filter: m("filter", "self predicate name", ((self: D, predicate: Fn, _n: unknown = null) => {
    const f = traced(predicate, self._parts.spec);
    return self._with(
      "_FilterDataset",
      () => stepping(self._parts.make(), (x) => (toTensor(f.call(x)).__bool__() ? x : LEFT_OUT)),
      { cardinality: self._parts.cardinality === INFINITE ? INFINITE : UNKNOWN },
    );
  }) as never),
  take_while: m("take_while", "self predicate name", ((self: D, predicate: Fn, _n: unknown = null) => {
    const f = traced(predicate, self._parts.spec);
    return self._with(
      "_TakeWhileDataset",
      function* () {
        for (const x of self._each()) {
          if (!toTensor(f.call(x)).__bool__()) return;
          yield x;
        }
      },
      { cardinality: UNKNOWN },
    );
  }) as never),
  flat_map: m("flat_map", "self map_func name", ((self: D, map_func: Fn, _n: unknown = null) => {
    const call = (x: Element): D => (map_func as (...a: unknown[]) => D)(...args(x));
    return self._with(
      "_FlatMapDataset",
      function* () {
        for (const x of self._each()) yield* call(x)._each();
      },
      { spec: innerSpec(self, call), cardinality: UNKNOWN },
    );
  }) as never),
  interleave: m(
    "interleave",
    "self map_func cycle_length block_length num_parallel_calls deterministic name",
    ((
      self: D,
      map_func: Fn,
      cycle_length: unknown = null,
      block_length: unknown = null,
      parallel: unknown = null,
      _d: unknown = null,
      _n: unknown = null,
    ) => {
      const cycle =
        cycle_length === null || int(cycle_length) < 0 ? (parallel === null ? 1 : 4) : int(cycle_length);
      const block = block_length === null ? 1 : int(block_length);
      const call = (x: Element): D => (map_func as (...a: unknown[]) => D)(...args(x));
      return self._with(
        parallel === null ? "_InterleaveDataset" : "_ParallelInterleaveDataset",
        () => interleaved(self._parts.make(), call, cycle, block),
        { spec: innerSpec(self, call), cardinality: UNKNOWN },
      );
    }) as never,
  ),
  ignore_errors: m("ignore_errors", "self log_warning name", ((
    self: D,
    log_warning = false,
    _n: unknown = null,
  ) =>
    self._with("_IgnoreErrorsDataset", () => ignoring(self._parts.make(), Boolean(log_warning)), {
      cardinality: self._parts.cardinality === INFINITE ? INFINITE : UNKNOWN,
    })) as never),
  enumerate: m("enumerate", "self start name", ((self: D, start: unknown = 0, _n: unknown = null) => {
    const from = int(start);
    return self._with(
      "_ZipDataset",
      function* () {
        let i = from;
        for (const x of self._each()) yield Tuple.of_([toTensor(i++, { dtype: int64 }), x]);
      },
      { spec: Tuple.of_([new TensorSpec([], int64), self._parts.spec]) },
    );
  }) as never),
  reduce: m("reduce", "self initial_state reduce_func name", ((
    self: D,
    initial_state: unknown,
    reduce_func: Fn,
    _n: unknown = null,
  ) => {
    let state = tensors(initial_state);
    for (const x of self._each())
      state = tensors(
        tupled((reduce_func as (...a: unknown[]) => unknown)(state, x instanceof Tuple ? x : x)),
      );
    return state;
  }) as never),
  scan: m("scan", "self initial_state scan_func name", ((
    self: D,
    initial_state: unknown,
    scan_func: Fn,
    _n: unknown = null,
  ) => {
    const run = function* (): Generator<Element> {
      let state = tensors(initial_state);
      for (const x of self._each()) {
        const [next, out] = (scan_func as (...a: unknown[]) => [unknown, unknown])(state, x);
        state = tensors(tupled(next));
        yield tensors(tupled(out));
      }
    };
    const first = run().next();
    return self._with("_ScanDataset", run, {
      spec: first.done ? self._parts.spec : mapStructure(specOf, first.value),
    });
  }) as never),
  unique: m("unique", "self name", ((self: D, _n: unknown = null) =>
    self._with(
      "_UniqueDataset",
      function* () {
        const seen = new Set<string>();
        for (const x of self._each()) {
          const key = repr((x as Tensor).numpy());
          if (!seen.has(key)) {
            seen.add(key);
            yield x;
          }
        }
      },
      { cardinality: UNKNOWN },
    )) as never),
};
