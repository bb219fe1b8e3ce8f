import { rng } from "@cognate/kernel";
import { type ArrayLike, type DTypeLike, indexOf, type ndarray, toKernel } from "@cognate/ndarray/core";
import { nameClass, pyClass, Tuple, TypeError, ValueError } from "@cognate/py";
import { asArray, strided, wrap } from "../internal.js";

/** What a seed may be: nothing, a whole number, or several. */
export type Seed = number | bigint | ArrayLike | null;

/** A seed as the whole numbers that the kernel mixes. @throws ValueError, TypeError */
function entropyOf(seed: Exclude<Seed, null>): rng.Entropy {
  const bad = (x: unknown): boolean => {
    if (typeof x === "string")
      throw new TypeError(`SeedSequence expects int or sequence of ints for entropy not ${x}`);
    return (typeof x === "number" || typeof x === "bigint") && x < 0;
  };
  if (typeof seed === "number" || typeof seed === "bigint") {
    if (typeof seed === "number" && !Number.isInteger(seed))
      throw new TypeError(`SeedSequence expects int or sequence of ints for entropy not ${seed}`);
    if (bad(seed)) throw new ValueError("expected non-negative integer");
    return seed;
  }
  if (typeof seed === "string") bad(seed);
  const list = Array.isArray(seed)
    ? (seed as (number | bigint)[])
    : ([asArray(seed as ArrayLike).tolist()].flat() as (number | bigint)[]);
  if (list.some(bad)) throw new ValueError("expected non-negative integer");
  return list;
}

class SeedSequenceImpl {
  readonly _sequence: rng.SeedSequence;

  constructor(
    entropy: Seed = null,
    spawn_key: readonly number[] = [],
    pool_size = 4,
    n_children_spawned = 0,
  ) {
    this._sequence = new rng.SeedSequence(entropy === null ? rng.freshEntropy(128) : entropyOf(entropy), {
      spawnKey: [...spawn_key],
      poolSize: pool_size,
      childrenSpawned: n_children_spawned,
    });
  }
  get entropy(): unknown {
    return this._sequence.entropy;
  }
  get spawn_key(): Tuple<number> {
    return Tuple.of_(this._sequence.spawnKey);
  }
  get pool_size(): number {
    return this._sequence.poolSize;
  }
  get n_children_spawned(): number {
    return this._sequence.childrenSpawned;
  }
  get pool(): ndarray {
    return wrap(strided(this._sequence.pool));
  }
  get state(): object {
    const { entropy, spawn_key, pool_size, n_children_spawned } = this;
    return { entropy, spawn_key, pool_size, n_children_spawned };
  }
  /** So many words of 32 (or 64) bits. */
  generate_state(n_words: number, dtype: DTypeLike = "uint32"): ndarray {
    const type = toKernel(dtype);
    if (type.name !== "uint32" && type.name !== "uint64")
      throw new ValueError("only support uint32 or uint64");
    const words = wrap(strided(this._sequence.generateState(type.name === "uint64" ? 2 * n_words : n_words)));
    return type.name === "uint64" ? (words.view("uint64") as ndarray) : words;
  }
  /** Sequences of their own that no call repeats. */
  spawn(n_children: number): SeedSequenceImpl[] {
    return this._sequence.spawn(n_children).map((s) => {
      const child = Object.create(SeedSequenceImpl.prototype) as SeedSequenceImpl;
      return Object.assign(child, { _sequence: s });
    });
  }
  __repr__(): string {
    const key =
      this.spawn_key.length > 0
        ? `    spawn_key=(${this.spawn_key.join(", ")}${this.spawn_key.length === 1 ? "," : ""}),\n`
        : "";
    const e = this.entropy;
    return `SeedSequence(\n    entropy=${Array.isArray(e) ? `[${e.join(", ")}]` : String(e)},\n${key})`;
  }
  toString(): string {
    return this.__repr__();
  }
}

/** Turns a seed into well mixed states for bit generators, and into any number of independent children. */
export const SeedSequence = pyClass(
  "SeedSequence",
  "entropy * spawn_key pool_size n_children_spawned",
  SeedSequenceImpl,
);
export type SeedSequence = SeedSequenceImpl;
nameClass("numpy.random.bit_generator.SeedSequence", SeedSequence);

/** A state as NumPy shows it: a dict of numbers and arrays. */
type State = Readonly<Record<string, unknown>>;

/** An engine of random bits under NumPy's names. */
export abstract class BitGenerator {
  abstract readonly _engine: rng.BitEngine;
  abstract readonly _name: string;
  abstract state: State;
  seed_seq: SeedSequenceImpl | null = null;

  protected sequence(seed: Seed | SeedSequenceImpl): rng.SeedSequence {
    const s = seed instanceof SeedSequenceImpl ? seed : new SeedSequenceImpl(seed);
    this.seed_seq = s;
    return s._sequence;
  }
  /** The engine's own words: one, or so many. */
  random_raw(size: number | readonly number[] | null = null): bigint | number | ndarray {
    const next = (): number | bigint => {
      const raw = this._engine.nextRaw();
      return raw <= 2n ** 53n ? Number(raw) : raw;
    };
    if (size === null) return next();
    const shape = [size].flat();
    const n = shape.reduce((p, m) => p * m, 1);
    return wrap(strided(Array.from({ length: n }, next), toKernel("uint64"))).reshape(shape);
  }
  /** Generators of their own that no call repeats. */
  spawn(n_children: number): BitGenerator[] {
    const Own = this.constructor as unknown as new (seed: SeedSequenceImpl) => BitGenerator;
    if (!this.seed_seq) throw new TypeError("The underlying SeedSequence does not implement spawning.");
    return this.seed_seq.spawn(n_children).map((s) => new Own(s));
  }
}
nameClass("numpy.random.bit_generator.BitGenerator", BitGenerator);

const spare = (e: { readonly hasSpare?: boolean; readonly spare?: number }): object => ({
  has_uint32: e.hasSpare ? 1 : 0,
  uinteger: e.spare ?? 0,
});

const wide = (words: readonly bigint[]): ndarray => wrap(strided([...words], toKernel("uint64")));
const bigs = (x: unknown): bigint[] =>
  ([asArray(x as ArrayLike).tolist()].flat() as (number | bigint)[]).map(BigInt);

class MT19937Impl extends BitGenerator {
  readonly _name = "MT19937";
  readonly _engine: rng.MT19937;

  constructor(seed: Seed | SeedSequenceImpl = null) {
    super();
    this._engine = rng.MT19937.fromSequence(this.sequence(seed));
  }
  get state(): State {
    const { key, position } = this._engine.getState();
    return { bit_generator: this._name, state: { key: wrap(strided(key)), pos: position } };
  }
  set state(s: State) {
    const { key, pos } = s.state as { key: ArrayLike; pos: number };
    this._engine.setState({ key: Uint32Array.from(asArray(key).tolist() as number[]), position: pos });
  }
  /** Seeds as the old `RandomState` does. */
  _legacy_seeding(seed: Seed): void {
    seedLegacy(this._engine, seed);
  }
  jumped(jumps = 1): MT19937Impl {
    return withEngine(new MT19937Impl(0), this._engine.jumped(jumps));
  }
}

/** Another bit generator over an engine that is there already. */
function withEngine<B extends BitGenerator>(b: B, engine: B["_engine"]): B {
  return Object.assign(b, { _engine: engine });
}

/** Seeds a Mersenne Twister as `RandomState(seed)` does. @throws ValueError, TypeError */
export function seedLegacy(engine: rng.MT19937, seed: Seed): void {
  const range = "Seed must be between 0 and 2**32 - 1";
  if (seed === null) {
    const words = new rng.SeedSequence(rng.freshEntropy(128)).generateState(624);
    engine.seedByArray(words);
    return;
  }
  if (typeof seed === "number" || typeof seed === "bigint") {
    if (typeof seed === "number" && !Number.isInteger(seed))
      throw new TypeError(
        "Cannot cast scalar from dtype('float64') to dtype('int64') according to the rule 'safe'",
      );
    const v = Number(seed);
    if (v < 0 || v > 0xffffffff) throw new ValueError(range);
    engine.seed(v);
    return;
  }
  if (typeof seed === "string")
    throw new TypeError(
      `Cannot cast scalar from dtype('<U${(seed as string).length}') to dtype('int64') according to the rule 'safe'`,
    );
  const a = asArray(seed);
  if (a.ndim === 0) return seedLegacy(engine, indexOf(a));
  if (a.size === 0) throw new ValueError("Seed must be non-empty");
  if (a.ndim !== 1) throw new ValueError("Seed array must be 1-d");
  const list = a.tolist() as number[];
  if (list.some((v) => v < 0 || v > 0xffffffff)) throw new ValueError(range);
  engine.seedByArray(Uint32Array.from(list));
}

class PCG64Impl extends BitGenerator {
  readonly _name: string = "PCG64";
  readonly _engine: rng.PCG64 | rng.PCG64DXSM;

  constructor(seed: Seed | SeedSequenceImpl = null) {
    super();
    this._engine = this.make(this.sequence(seed));
  }
  protected make(sequence: rng.SeedSequence): rng.PCG64 | rng.PCG64DXSM {
    return rng.PCG64.fromSequence(sequence);
  }
  get state(): State {
    const s = this._engine.getState();
    return { bit_generator: this._name, state: { state: s.state, inc: s.increment }, ...spare(s) };
  }
  set state(s: State) {
    const { state, inc } = s.state as { state: bigint; inc: bigint };
    this._engine.setState({
      state: BigInt(state),
      increment: BigInt(inc),
      hasSpare: Boolean(s.has_uint32),
      spare: Number(s.uinteger),
    });
  }
  advance(delta: number | bigint): this {
    this._engine.advance(BigInt(delta));
    return this;
  }
  jumped(jumps = 1): this {
    return withEngine(new (this.constructor as new (seed: number) => this)(0), this._engine.jumped(jumps));
  }
}

class PCG64DXSMImpl extends PCG64Impl {
  override readonly _name = "PCG64DXSM";
  protected override make(sequence: rng.SeedSequence): rng.PCG64DXSM {
    return rng.PCG64DXSM.fromSequence(sequence);
  }
}

class PhiloxImpl extends BitGenerator {
  readonly _name = "Philox";
  readonly _engine: rng.Philox4x64;

  constructor(
    seed: Seed | SeedSequenceImpl = null,
    counter: number | bigint | ArrayLike | null = null,
    key: number | bigint | ArrayLike | null = null,
  ) {
    super();
    if (seed !== null && key !== null) throw new ValueError("seed and key cannot be both used");
    const from = counter === null ? 0n : joined(counter);
    this._engine =
      key === null
        ? rng.Philox4x64.fromSequence(this.sequence(seed), from)
        : new rng.Philox4x64(joined(key), from);
  }
  get state(): State {
    const s = this._engine.getState();
    return {
      bit_generator: this._name,
      state: { counter: wide(s.counter), key: wide(s.key) },
      buffer: wide(s.buffer),
      buffer_pos: s.position,
      ...spare(s),
    };
  }
  set state(s: State) {
    const { counter, key } = s.state as { counter: ArrayLike; key: ArrayLike };
    this._engine.setState({
      counter: bigs(counter),
      key: bigs(key),
      buffer: bigs(s.buffer),
      position: Number(s.buffer_pos),
      hasSpare: Boolean(s.has_uint32),
      spare: Number(s.uinteger),
    });
  }
  advance(delta: number | bigint): this {
    this._engine.advance(BigInt(delta));
    return this;
  }
  jumped(jumps = 1): PhiloxImpl {
    return withEngine(new PhiloxImpl(0), this._engine.jumped(jumps));
  }
}

/** Words of 64 bits, lowest first, as one number. */
const joined = (x: number | bigint | ArrayLike): bigint =>
  typeof x === "number" || typeof x === "bigint"
    ? BigInt(x)
    : bigs(x).reduce((sum, w, i) => sum | (w << BigInt(64 * i)), 0n);

class SFC64Impl extends BitGenerator {
  readonly _name = "SFC64";
  readonly _engine: rng.SFC64;

  constructor(seed: Seed | SeedSequenceImpl = null) {
    super();
    this._engine = rng.SFC64.fromSequence(this.sequence(seed));
  }
  get state(): State {
    const s = this._engine.getState();
    return { bit_generator: this._name, state: { state: wide(s.state) }, ...spare(s) };
  }
  set state(s: State) {
    this._engine.setState({
      state: bigs((s.state as { state: ArrayLike }).state),
      hasSpare: Boolean(s.has_uint32),
      spare: Number(s.uinteger),
    });
  }
}

/** The Mersenne Twister as a bit generator. */
export const MT19937 = pyClass("MT19937", "seed", MT19937Impl);
export type MT19937 = MT19937Impl;
/** PCG XSL RR 128/64, what `default_rng` uses. */
export const PCG64 = pyClass("PCG64", "seed", PCG64Impl);
export type PCG64 = PCG64Impl;
/** PCG DXSM 128/64. */
export const PCG64DXSM = pyClass("PCG64DXSM", "seed", PCG64DXSMImpl);
export type PCG64DXSM = PCG64DXSMImpl;
/** Philox 4×64. */
export const Philox = pyClass("Philox", "seed counter key", PhiloxImpl);
export type Philox = PhiloxImpl;
/** SFC64. */
export const SFC64 = pyClass("SFC64", "seed", SFC64Impl);
export type SFC64 = SFC64Impl;

for (const [name, C] of Object.entries({ MT19937, PCG64, PCG64DXSM, Philox, SFC64 }))
  nameClass(`numpy.random._${name.toLowerCase()}.${name}`, C);
