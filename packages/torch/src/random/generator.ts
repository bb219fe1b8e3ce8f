import { contiguous, ParamError, Strided, uint8 } from "@cognate/kernel";
import * as rng from "@cognate/kernel/rng";
import { pyClass, RuntimeError, TypeError, ValueError } from "@cognate/py";
import { Value } from "@cognate/tensor";
import { type DeviceLike, device, requireCpu } from "../device.js";
import { Tensor, wrap } from "../tensor/tensor.js";
import { checkRandomness } from "./mapped.js";

/** The seed of a generator that was given none. */
const DEFAULT_SEED = 67280421310721n;

/** A Python int: a bigint only where a number would lose digits. */
const pythonInt = (v: bigint): number | bigint => (v <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(v) : v);

/** A seed as 64 bits. @throws ValueError past 64 bits */
function seedBits(seed: bigint): bigint {
  if (seed < -(2n ** 63n) || seed >= 2n ** 64n) throw new ValueError("Overflow when unpacking long long");
  return BigInt.asUintN(64, seed);
}

class GeneratorImpl {
  private readonly _stream = new rng.BoxMullerSampler();
  readonly device = device("cpu");
  /** `null` until somebody asks for numbers of a stream that nobody can foresee. */
  private _seed: bigint | null = DEFAULT_SEED;

  /** Asking the platform for a seed takes long beside an import, and many programs draw nothing. */
  static unforeseen(): GeneratorImpl {
    const generator = new GeneratorImpl();
    generator._seed = null;
    return generator;
  }

  private _known(): bigint {
    if (this._seed === null) this.seed();
    return this._seed!;
  }

  /** The stream itself. */
  get _sampler(): rng.BoxMullerSampler {
    this._known();
    return this._stream;
  }

  constructor(where: DeviceLike = null) {
    requireCpu(where);
    this._start(DEFAULT_SEED);
  }

  private _start(seed: bigint): void {
    this._seed = seed;
    this._stream.seed(Number(BigInt.asUintN(32, seed)));
  }

  /** Starts the stream that belongs to a seed; returns the generator. @throws RuntimeError unless it is whole */
  manual_seed(seed: number | bigint): this {
    if (typeof seed !== "bigint" && !(typeof seed === "number" && Number.isInteger(seed)))
      throw new RuntimeError(
        `manual_seed expected a long, but got ${typeof seed === "string" ? "str" : "float"}`,
      );
    this._start(seedBits(BigInt(seed)));
    return this;
  }
  /** Starts a stream that nobody can foresee; returns its seed. */
  seed(): number | bigint {
    this._start(rng.freshEntropy(53));
    return this.initial_seed();
  }
  /** The seed of the current stream. */
  initial_seed(): number | bigint {
    return pythonInt(this._known());
  }
  /** Where the stream is, as PyTorch saves it: 5056 bytes. */
  get_state(): Tensor {
    const bytes = rng.packGeneratorState(this._sampler, this._known());
    return wrap(new Value(Strided.over(bytes, uint8, [bytes.length])));
  }
  /** Goes to a saved state. @throws TypeError, RuntimeError for what is none; the stream is then as it was */
  set_state(new_state: Tensor): this {
    if (!(new_state instanceof Tensor))
      throw new TypeError(
        `expected a torch.ByteTensor, but got ${typeof new_state === "string" ? "str" : "object"}`,
      );
    const { array } = new_state._value;
    if (array.dtype !== uint8) throw new TypeError("RNG state must be a torch.ByteTensor");
    if (array.size !== rng.GENERATOR_STATE_BYTES)
      throw new RuntimeError(
        `Expected a CPUGeneratorImplState of size ${rng.GENERATOR_STATE_BYTES} but found the input RNG state size to be ${array.size}`,
      );
    try {
      this._seed = rng.unpackGeneratorState(contiguous(array).flat() as Uint8Array, this._stream);
    } catch (e) {
      throw e instanceof ParamError ? new RuntimeError("Invalid mt19937 state") : e;
    }
    return this;
  }
  /** A second generator in the same state. */
  clone_state(): GeneratorImpl {
    const other = new GeneratorImpl();
    other._seed = this._known();
    other._stream.copyState(this._stream);
    return other;
  }
  __repr__(): string {
    return "<torch._C.Generator object>";
  }
  toString(): string {
    return this.__repr__();
  }
}

/**
 * `torch.Generator`: a random stream of its own, the Mersenne Twister as PyTorch's CPU functions use it. Functions that
 * draw take one as `generator`.
 *
 * @example
 * ```ts
 * import * as torch from "@cognate/torch";
 * import { print } from "@cognate/py";
 * const g = torch.Generator().manual_seed(3);
 * print(torch.rand(2, { generator: g }), g.initial_seed()); // prints tensor([0.0043, 0.1056]) 3
 * ```
 */
export const Generator = pyClass("Generator", "device", GeneratorImpl);
export type Generator = GeneratorImpl;

/** The generator of calls that are given none; a stream that nobody can foresee until `manual_seed`. */
export const default_generator: Generator = GeneratorImpl.unforeseen();

/** The stream that a call draws from. @throws TypeError for what is no generator */
export function samplerOf(generator: Generator | null | undefined, op: string): rng.BoxMullerSampler {
  checkRandomness();
  if (generator === null || generator === undefined) return default_generator._sampler;
  if (generator instanceof GeneratorImpl) return generator._sampler;
  throw new TypeError(`${op}(): argument 'generator' must be torch.Generator, not ${typeof generator}`);
}
