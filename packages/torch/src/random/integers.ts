import {
  type DType,
  fromBfloat16,
  fromFloat16,
  integerRange,
  isInteger,
  type rng,
  type Strided,
  toBfloat16,
  toFloat16,
} from "@cognate/kernel";
import { RuntimeError, ValueError, warn } from "@cognate/py";
import { largest } from "../ops/args.js";
import { unimplemented } from "../ops/refuse.js";
import { cppTypeName } from "../promotion.js";

const INT64_MIN = -(2n ** 63n);
const INT64_MAX = 2n ** 63n - 1n;

interface FloatFacts {
  /** Significant binary digits. */
  readonly digits: number;
  /** The nearest number of the type. */
  readonly round: (x: number) => number;
}
const FLOATS: Readonly<Record<string, FloatFacts>> = {
  float64: { digits: 53, round: (x) => x },
  float32: { digits: 24, round: Math.fround },
  float16: { digits: 11, round: (x) => fromFloat16(toFloat16(x)) },
  bfloat16: { digits: 8, round: (x) => fromBfloat16(toBfloat16(x)) },
};

const cInt = (d: DType): string => C_INTS[d.name] ?? cppTypeName(d);
const C_INTS: Readonly<Record<string, string>> = {
  uint16: "short unsigned int",
  uint32: "unsigned int",
  uint64: "long unsigned int",
};

/** A bound as PyTorch takes it. @throws ValueError past 64 bits */
export function bound(x: number | bigint | Number): bigint {
  const v = typeof x === "bigint" ? x : BigInt(Math.trunc(Number(x)));
  if (v < INT64_MIN || v > INT64_MAX) throw new ValueError("Overflow when unpacking long long");
  return v;
}

/** 2 to the number of bits of |v| above the digits of a type. */
const gap = (v: bigint, digits: number): bigint =>
  2n ** BigInt((v < 0n ? -v : v).toString(2).length - digits);

/** A lower bound that the type holds: the next one up. */
function heldFrom(from: bigint, { round, digits }: FloatFacts): bigint {
  const next = BigInt(round(Number(from + 1n)));
  return next < from ? next + gap(from + 1n, digits) : from;
}
/** An upper bound whose predecessor the type does not round up to it: the next one down. */
function heldTo(to: bigint, { round, digits }: FloatFacts): bigint {
  const rounded = round(Number(to - 1n));
  if (!Number.isFinite(rounded)) return to;
  const last = BigInt(rounded);
  return last >= to ? last - gap(to - 1n, digits) : to;
}

/** @throws RuntimeError where an inclusive bound is beyond the type; warns beyond what it counts without gaps */
function requireInRange(from: bigint, last: bigint, type: DType): void {
  const facts = FLOATS[type.name];
  const [low, high] = facts
    ? [-largest(type), largest(type)]
    : type.name === "uint64"
      ? [0n, INT64_MAX]
      : integerRange(type);
  for (const [v, label] of [
    [from, "from"],
    [last, "to - 1"],
  ] as const) {
    if (v < low || v > high) throw new RuntimeError(`${label} is out of bounds for ${cInt(type)}`);
    if (facts && (v < -(2n ** BigInt(facts.digits)) || v > 2n ** BigInt(facts.digits)))
      warn(
        `${label} is out of bounds [-(2^${facts.digits}), 2^${facts.digits}]. Due to precision limitations ${cInt(type)} can support discrete uniform distribution only within this range. This warning will become an error in version 1.7 release, please fix the code in advance`,
      );
  }
}

/** Integers of [from, to) over an array. @throws RuntimeError in PyTorch's words */
export function drawIntegers(sampler: rng.BoxMullerSampler, x: Strided, from: bigint, to: bigint): void {
  const { dtype } = x;
  if (from >= to)
    throw new RuntimeError(`random_ expects 'from' to be less than 'to', but got from=${from} >= to=${to}`);
  const facts = FLOATS[dtype.name];
  if (facts) {
    from = heldFrom(from, facts);
    to = heldTo(to, facts);
    if (from >= to)
      throw new RuntimeError(
        `random_ expects 'from' casted to dtype to be less than 'to' casted to dtype, but got from=${from} >= to=${to}`,
      );
  } else requireCountable(dtype);
  requireInRange(from, to - 1n, dtype);
  if (x.size > 0) sampler.fillIntegers(x, from, to - from);
}

/** Integers from `from` to the greatest of the type. @throws RuntimeError in PyTorch's words */
export function drawIntegersUp(sampler: rng.BoxMullerSampler, x: Strided, from: bigint): void {
  const { dtype } = x;
  const facts = FLOATS[dtype.name];
  if (!facts) requireCountable(dtype);
  if (from === INT64_MIN) {
    if (dtype.name !== "int64" && (!facts || dtype.name === "float16"))
      throw new RuntimeError(
        "random_full_64_bits_range_kernel_cpu handles only int64, double, float and bfloat16",
      );
    if (x.size > 0) sampler.fillAllIntegers(x);
    return;
  }
  let last: bigint;
  if (facts) {
    last = 2n ** BigInt(facts.digits);
    from = heldFrom(from, facts);
    if (from >= last)
      throw new RuntimeError(
        `random_ expects 'from' casted to dtype to be less than or equal to 'to_inc' casted to dtype, but got from=${from} > to_inc=${last}`,
      );
  } else last = dtype.name === "uint64" ? INT64_MAX : integerRange(dtype)[1];
  requireInRange(from, last, dtype);
  if (x.size > 0) sampler.fillIntegers(x, from, last - from + 1n);
}

/** Non-negative integers as far as the type counts. @throws NotImplementedError for types that PyTorch leaves out */
export function drawIntegersOfType(sampler: rng.BoxMullerSampler, x: Strided): void {
  const { dtype } = x;
  if (dtype.kind === "complex" || (dtype.kind === "uint" && dtype.itemsize > 1))
    throw unimplemented("random_kernel_cpu")(dtype);
  if (x.size > 0) sampler.fillTypeIntegers(x);
}

function requireCountable(dtype: DType): void {
  if (!isInteger(dtype) && dtype.kind !== "bool") throw unimplemented("random_from_to_kernel_cpu")(dtype);
}
