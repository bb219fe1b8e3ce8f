import { isDifferentiable, eye as kernelEye, ops } from "@cognate/kernel";
import { def, method, nameClass, RuntimeError, ValueError, warn } from "@cognate/py";
import { runBackward, Value } from "@cognate/tensor";
import * as tree from "../tree.js";
import { valueOf } from "./create.js";
import { fromKernel } from "./dtype.js";
import {
  type Recorder,
  recording,
  run,
  sequenceNow,
  startRecording,
  stopRecording,
  unrecorded,
} from "./record.js";
import { SlicedGradient } from "./sliced-gradient.js";
import { Tensor, type TensorLike, wrap } from "./tensor.js";
import type { Variable } from "./variable.js";

/** What a gradient can be taken of and in: a tensor, a variable, nested lists and dicts of them. */
export type Sources = Tensor | Variable | readonly Sources[] | { readonly [key: string]: Sources };

/** Gradients in the structure of the sources, `null` for one that the target does not depend on. */
export type Gradients<S> = S extends Tensor | Variable ? Tensor | null : { [K in keyof S]: Gradients<S[K]> };

interface Source {
  readonly _value: Value;
  readonly _watched?: true;
}

const valuesIn = (x: unknown): Source[] => tree.flatten(x).filter((v) => v !== null) as Source[];

class Tape implements Recorder, Disposable {
  since = 0;
  private readonly _reads = new Map<object, Value[]>();
  private readonly _watched = new Set<Value>();
  /** The rows that were read of each variable. */
  private readonly _rows = new Map<object, { readonly ids: Value; readonly rows: Value }[]>();
  private _running = false;
  private _used = false;

  constructor(
    readonly persistent: boolean,
    private readonly _watchVariables: boolean,
  ) {}

  /** Starts recording. */
  enter(): this {
    if (this._running)
      throw new ValueError(
        "Tape is still recording, This can happen if you try to re-enter an already-active tape.",
      );
    if (this.since === 0) this.since = sequenceNow();
    this._running = true;
    startRecording(this);
    return this;
  }
  /** Ends recording. */
  exit(): void {
    if (this._running) stopRecording(this);
    this._running = false;
  }
  /** `f`'s value, what it computes recorded. */
  record<R>(f: (tape: this) => R): R {
    this.enter();
    try {
      return f(this);
    } finally {
      this.exit();
    }
  }
  /** `using tape = GradientTape()` records: the language asks for this method when the declaration is made. */
  get [Symbol.dispose](): () => void {
    this.enter();
    return () => this.exit();
  }

  noteRead(variable: object, value: Value): void {
    if (!this._watchVariables && !this._reads.has(variable)) return;
    if ((variable as Variable).trainable || this._reads.has(variable)) this._note(variable, value);
  }
  noteRows(variable: object, ids: Value, rows: Value): void {
    if (!this._reads.has(variable)) return;
    const known = this._rows.get(variable);
    if (known) known.push({ ids, rows });
    else this._rows.set(variable, [{ ids, rows }]);
  }
  private _note(variable: object, value: Value): void {
    if (!isDifferentiable(value.dtype)) return;
    const reads = this._reads.get(variable);
    if (!reads) this._reads.set(variable, [value]);
    else if (!reads.includes(value)) reads.push(value);
    value.setRequiresGrad(true);
  }

  /** Makes gradients possible in a tensor that is no trainable variable. */
  watch(tensor: Sources): void {
    for (const x of valuesIn(tensor)) {
      if (!isDifferentiable(x._value.dtype)) {
        warn(
          `The dtype of the watched tensor must be floating (e.g. tf.float32), got ${fromKernel(x._value.dtype).__repr__()}`,
        );
        continue;
      }
      if (!(x instanceof Tensor)) {
        this._note(x, x._value);
        continue;
      }
      const node = x._value.ownNode;
      // History from before this tape ends here.
      if (node !== null && node.sequence < this.since) x._value = x._value.detach();
      x._value.setRequiresGrad(true);
      this._watched.add(x._value);
    }
  }
  /** `f`'s value, computed without being recorded. */
  stop_recording<R>(f: () => R): R {
    return unrecorded(f);
  }
  /** Forgets what was recorded. */
  reset(): void {
    this._reads.clear();
    this._rows.clear();
    this._watched.clear();
    this.since = sequenceNow();
  }
  watched_variables(): Variable[] {
    return [...this._reads.keys()] as Variable[];
  }

  /** The recorded values that stand for a source, none if it was not watched. */
  private _valuesOf(source: Source): Value[] {
    if (!(source instanceof Tensor)) return this._reads.get(source) ?? [];
    const value = source._value;
    const node = value.ownNode;
    const known = node !== null ? node.sequence >= this.since : this._watched.has(value);
    return known && value.requiresGrad ? [value] : [];
  }

  _gradients(outputs: readonly Value[], gys: readonly (Value | null)[], sources: readonly Source[]) {
    const values = sources.map((s) => this._valuesOf(s));
    const rows = sources.map((s) =>
      recording() ? [] : (this._rows.get(s) ?? []).filter((r) => r.rows.requiresGrad),
    );
    const flat = [...values.flat(), ...rows.flat().map((r) => r.rows)];
    const reached = outputs.map((y, i) => [y, gys[i] ?? null] as const).filter(([y]) => y.requiresGrad);
    const none = flat.map((): Value | null => null);
    const found =
      reached.length === 0 || flat.length === 0
        ? none
        : runBackward(
            reached.map(([y]) => y),
            reached.map(([y, g]) => g ?? y.full(y.shape, 1)),
            flat,
            { createGraph: recording(), retainGraph: true },
          );
    let at = 0;
    const sums = values.map((own) => {
      const gs = found.slice(at, (at += own.length)).filter((g) => g !== null);
      return gs.reduce<Value | null>((sum, g) => (sum ? (sum.add(g) as Value) : g), null);
    });
    return sums.map((sum, i) => {
      const reads = rows[i]!.flatMap(({ ids }) => {
        const gy = found[at++];
        return gy ? [{ ids, gy }] : [];
      });
      return sum && reads.length > 0 ? new SlicedGradient(sum, reads) : sum;
    });
  }

  /** Notes that gradients were asked for. @throws RuntimeError where a tape that is not persistent is used again */
  _use(): void {
    if (this._used)
      throw new RuntimeError(
        "A non-persistent GradientTape can only be used to compute one set of gradients (or jacobians)",
      );
    if (this.persistent) return;
    this._used = true;
    this.exit();
  }
  /** A variable as a target is its value; it depends on itself. */
  _target(t: Source): Value {
    return t instanceof Tensor ? t._value : (this._reads.get(t)?.at(-1) ?? t._value);
  }
}

/** Gradients, and what can be asked of a tape besides recording. */
interface Tape {
  /**
   * Gradients of `target` (summed, if there are several) in `sources`, in the structure of the sources; `null` where the
   * target does not depend on a source.
   *
   * @param output_gradients - what the target's own gradient is, instead of ones
   * @param unconnected_gradients - `"zero"` for zeros instead of `null`
   * @throws RuntimeError where a tape that is not persistent is used again
   */
  gradient<S extends Sources>(
    target: Sources,
    sources: S,
    output_gradients?: TensorLike | readonly TensorLike[] | null | GradientOptions,
    unconnected_gradients?: "none" | "zero" | GradientOptions,
  ): Gradients<S>;
  /** Derivatives of every element of `target` in every element of `sources`: shape of the one, then of the other. */
  jacobian<S extends Sources>(target: Tensor, sources: S): Gradients<S>;
}

interface GradientOptions {
  output_gradients?: TensorLike | readonly TensorLike[] | null;
  unconnected_gradients?: "none" | "zero";
}

/** The starting gradients that were given, one a target. */
function startsOf(given: unknown, outputs: readonly Value[]): (Value | null)[] {
  if (given === null) return outputs.map(() => null);
  const list =
    outputs.length === 1 && !(Array.isArray(given) && given[0] instanceof Tensor) ? [given] : given;
  return (list as unknown[]).map((g, i) => (g === null ? null : valueOf(g, outputs[i]!.dtype)));
}

const gradient = def(
  "tensorflow.GradientTape.gradient",
  "self target:dict sources:dict output_gradients unconnected_gradients",
  (
    self: Tape,
    target: Sources,
    sources: Sources,
    output_gradients: TensorLike | readonly TensorLike[] | null = null,
    unconnected_gradients: string = "none",
  ) => {
    self._use();
    const outputs = valuesIn(target).map((t) => self._target(t));
    const flat = tree.flatten(sources) as Source[];
    const grads = self._gradients(outputs, startsOf(output_gradients, outputs), flat);
    return tree.pack(
      sources,
      grads.map((g, i) => {
        if (g !== null) return wrap(g);
        const { _value: v } = flat[i]!;
        return unconnected_gradients === "zero" ? wrap(v.full(v.shape, 0) as Value) : null;
      }),
    );
  },
);

const jacobian = def(
  "tensorflow.GradientTape.jacobian",
  "self target sources:dict",
  (self: Tape, target: Tensor, sources: Sources) => {
    self._use();
    const y = target._value;
    const flat = tree.flatten(sources) as Source[];
    const rows = flat.map((): (Value | null)[] => []);
    const eye = new Value(kernelEye(y.dtype, y.size));
    for (let i = 0; i < y.size; i++) {
      const gy = eye.slice({ dim: 0, start: i, step: 1, length: 1 }).reshape({ shape: y.shape });
      self._gradients([y], [gy as Value], flat).forEach((g, k) => rows[k]!.push(g));
    }
    return tree.pack(
      sources,
      rows.map((gs, k) => {
        if (gs.length === 0 || gs.some((g) => g === null)) return null;
        const all = run(ops.stack, gs, { dim: 0 });
        return wrap(run(ops.reshape, [all], { shape: [...y.shape, ...flat[k]!._value.shape] }));
      }),
    );
  },
);

Object.assign(Tape.prototype, { gradient: method(gradient), jacobian: method(jacobian) });
nameClass("tensorflow.python.eager.backprop.GradientTape", Tape);
/** A tape: what is computed while it records can be differentiated. */
export type GradientTape = Tape;

interface TapeOptions {
  persistent?: boolean;
  watch_accessed_variables?: boolean;
}

interface MakeTape {
  <R>(body: (tape: Tape) => R): R;
  <R>(options: TapeOptions, body: (tape: Tape) => R): R;
  <R>(persistent: boolean, body: (tape: Tape) => R): R;
  (persistent?: boolean | TapeOptions, watch_accessed_variables?: boolean | TapeOptions): Tape;
  new (persistent?: boolean | TapeOptions, watch_accessed_variables?: boolean | TapeOptions): Tape;
}

/**
 * `tf.GradientTape`: records what is computed from trainable variables and watched tensors.
 *
 * With a callback it records what that computes and returns its value; `using tape = GradientTape()` records to the end
 * of the block; otherwise between `enter()` and `exit()`, or in `tape.record(() => …)`.
 *
 * @param persistent - whether `gradient` can be called more than once
 * @param watch_accessed_variables - whether trainable variables are watched by themselves
 *
 * @example
 * ```ts
 * import * as keras from "@cognate/keras";
 * import { print } from "@cognate/py";
 * const x = keras.Variable([1, 2.5]);
 * const [tape, y] = keras.GradientTape((tape) => [tape, keras.ops.sum(keras.ops.square(x))] as const);
 * print(tape.gradient(y, x)); // prints tf.Tensor([2. 5.], shape=(2,), dtype=float32)
 * ```
 */
export const GradientTape = function (...args: unknown[]): unknown {
  const body = args.find((a) => typeof a === "function") as ((tape: Tape) => unknown) | undefined;
  const options: TapeOptions = {};
  const names = ["persistent", "watch_accessed_variables"] as const;
  args.forEach((a, i) => {
    if (typeof a === "object" && a !== null) Object.assign(options, a);
    else if (typeof a === "boolean") options[names[i]!] = a;
  });
  const tape = new Tape(options.persistent ?? false, options.watch_accessed_variables ?? true);
  return body ? tape.record(body) : tape;
} as unknown as MakeTape;
