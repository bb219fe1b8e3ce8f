import { Complex, Float, TypeError } from "@cognate/py";
import { Tensor } from "../tensor/tensor.js";

/*
 * Which of a function's first two arguments may be numbers. PyTorch's argument parser refuses the rest before anything is
 * computed, in words that list the signatures.
 */

/** Only tensors; a tensor before a number; a number on either side, by PyTorch's ways to write the overloads. */
type Kind = "tensors" | "number second" | "either" | "either, listed with reasons";

interface Pair {
  readonly kind: Kind;
  readonly params: readonly [string, string];
  /** The first parameter's name where it is a number. */
  readonly numberFirst?: string;
}

const OTHER = ["input", "other"] as const;
const pairs = (kind: Kind, params: readonly [string, string], names: string, more?: Partial<Pair>) =>
  names.split(" ").map((name): [string, Pair] => [name, { kind, params, ...more }]);

const SIGNATURES: ReadonlyMap<string, Pair> = new Map([
  ...pairs(
    "tensors",
    OTHER,
    "atan2 arctan2 fmax fmin ldexp logaddexp logaddexp2 maximum minimum logical_and logical_or logical_xor lcm gcd isclose nextafter igamma igammac hypot",
  ),
  ...pairs("tensors", ["input", "values"], "heaviside"),
  ...pairs("tensors", ["abs", "angle"], "polar"),
  ...pairs("tensors", ["real", "imag"], "complex"),
  ...pairs("number second", OTHER, "eq ne lt le gt ge fmod copysign"),
  ...pairs("number second", ["input", "max"], "clamp_max"),
  ...pairs("number second", ["input", "min"], "clamp_min"),
  ...pairs(
    "either, listed with reasons",
    OTHER,
    "bitwise_left_shift bitwise_right_shift bitwise_and bitwise_or bitwise_xor remainder",
  ),
  ...pairs("either", OTHER, "xlogy special_xlog1py special_zeta", { numberFirst: "self" }),
  ...pairs("either", ["input", "exponent"], "pow float_power", { numberFirst: "self" }),
  ...pairs(
    "either",
    ["x", "n"],
    "special_chebyshev_polynomial_t special_chebyshev_polynomial_u special_chebyshev_polynomial_v special_chebyshev_polynomial_w special_hermite_polynomial_h special_hermite_polynomial_he special_laguerre_polynomial_l special_legendre_polynomial_p special_shifted_chebyshev_polynomial_t special_shifted_chebyshev_polynomial_u special_shifted_chebyshev_polynomial_v special_shifted_chebyshev_polynomial_w",
    { numberFirst: "x" },
  ),
]);

/** Python's name for the type of an argument. */
export function argumentType(v: unknown): string {
  if (v instanceof Tensor) return "Tensor";
  if (v === null || v === undefined) return "NoneType";
  if (typeof v === "boolean") return "bool";
  if (typeof v === "string") return "str";
  if (typeof v === "bigint") return "int";
  if (v instanceof Float) return "float";
  if (v instanceof Complex) return "complex";
  if (typeof v === "number") return Number.isInteger(v) ? "int" : "float";
  return Array.isArray(v) ? (Object.isFrozen(v) ? "tuple" : "list") : "dict";
}

const isWhole = (v: unknown): boolean =>
  v instanceof Tensor || typeof v === "bigint" || typeof v === "boolean" || Number.isInteger(Number(v));

/** Lengths as separate arguments or as one list. @throws TypeError in PyTorch's words for what is no whole number */
export function checkSizes(op: string, size: readonly unknown[]): void {
  const [first] = size;
  const listed = size.length === 1 && Array.isArray(first);
  const list = (listed ? first : size) as readonly unknown[];
  const at = list.findIndex((v) => !isWhole(v));
  if (at < 0) return;
  const type = argumentType(list[at]);
  throw new TypeError(
    listed || at > 0
      ? `${op}(): argument 'size' failed to unpack the object at pos ${at + 1} with error "type must be tuple of ints,but got ${type}"`
      : `${op}(): argument 'size' (position 1) must be tuple of ints, not ${type}`,
  );
}

const isNumber = (v: unknown): boolean =>
  typeof v === "number" ||
  typeof v === "bigint" ||
  typeof v === "boolean" ||
  v instanceof Number ||
  v instanceof Complex;

/** Arguments that no overload of a function takes; `expected` lists the overloads, a line each. */
export const misfit = (name: string, args: readonly unknown[], expected: string): Error =>
  new TypeError(
    `${name}() received an invalid combination of arguments - got (${args.map(argumentType).join(", ")}), but expected one of:\n${expected}`,
  );

/** How a line of {@link misfit} goes on under a signature. */
export const INVALID = "      didn't match because some of the arguments have invalid types: ";

/** The refusal of two arguments as a function of `torch` takes them; `undefined` for a function that takes all. */
export function refusalOf(name: string): ((a: unknown, b: unknown) => Error | null) | undefined {
  // PyTorch's parser knows the functions of torch.special by a longer name.
  const shown = SIGNATURES.has(name) ? name : `special_${name}`;
  const pair = SIGNATURES.get(shown);
  if (!pair) return undefined;
  const { kind, params } = pair;
  const got = (a: unknown, b: unknown): Error => misfit(shown, [a, b], overloadsOf(pair, a, b));
  if (kind === "tensors") {
    const must = (at: 0 | 1, v: unknown): Error =>
      new TypeError(
        `${shown}(): argument '${params[at]}' (position ${at + 1}) must be Tensor, not ${argumentType(v)}`,
      );
    return (a, b) => (isNumber(a) ? must(0, a) : isNumber(b) ? must(1, b) : null);
  }
  if (kind === "number second") return (a, b) => (isNumber(a) ? got(a, b) : null);
  return (a, b) => (isNumber(a) && isNumber(b) ? got(a, b) : null);
}

function overloadsOf({ kind, params: [a, b], numberFirst }: Pair, x: unknown, y: unknown): string {
  const out = "*, Tensor out = None";
  const lines = [` * (Tensor ${a}, Tensor ${b}, ${out})\n`];
  if (kind === "either") lines.push(` * (Number ${numberFirst}, Tensor ${b}, ${out})\n`);
  if (kind === "either, listed with reasons")
    lines.push(` * (Number self, Tensor ${b})\n${INVALID}(!${argumentType(x)}!, !${argumentType(y)}!)\n`);
  lines.push(` * (Tensor ${a}, Number ${b}, ${out})\n`);
  return lines.join("");
}

/** The same as a check. @returns a function that throws TypeError for arguments that the function does not take */
export function checkOf(name: string): (a: unknown, b: unknown) => void {
  const refusal = refusalOf(name);
  return (a, b) => {
    const refused = refusal?.(a, b);
    if (refused) throw refused;
  };
}
