import { callMethod, methodOf } from "../core/plain.js";
import { TypeError } from "../exceptions.js";
import { Complex } from "../numbers/complex.js";
import { isInt } from "../numbers/float.js";
import { numberOf, type PyNumber, toFloat } from "../protocol/convert.js";
import { NotImplemented } from "../protocol/equality.js";
import { typeName } from "../protocol/type-name.js";
import type { Numeric } from "./numeric.js";

/** A binary operator of Python: what it means for numbers, for containers, and how objects take part in it. */
export interface BinaryOperator {
  /** As error texts write it. */
  readonly symbol: string;
  /** Methods of the left operand, tried in order. */
  readonly methods: readonly string[];
  /** Methods of the right operand. */
  readonly reflected: readonly string[];
  readonly numeric?: Numeric;
  /** For strings, lists, tuples, sets, dicts; {@link NotImplemented} for others. */
  readonly containers?: (a: unknown, b: unknown) => unknown;
  /** The error's text where it is not the usual one. */
  readonly refusal?: (a: unknown, b: unknown) => string | undefined;
}

const complexOf = (x: PyNumber): Complex =>
  x.kind === "complex" ? x.value : new Complex(x.kind === "int" ? toFloat(x.value) : x.value, 0);

const doubleOf = (x: PyNumber): number => (x.kind === "int" ? toFloat(x.value) : (x.value as number));

/** The operator on two numbers, at the wider of their kinds. */
function onNumbers(op: Numeric, a: PyNumber, b: PyNumber): unknown {
  if (a.kind === "int" && b.kind === "int") return op.int ? op.int(a.value, b.value) : NotImplemented;
  if (a.kind === "complex" || b.kind === "complex")
    return op.complex ? op.complex(complexOf(a), complexOf(b)) : NotImplemented;
  return op.float ? op.float(doubleOf(a), doubleOf(b)) : NotImplemented;
}

/** JavaScript's own containers have methods of these names with other meanings (`Set.add`). */
const isContainer = (x: unknown): boolean =>
  Array.isArray(x) || x instanceof Set || x instanceof Map || x instanceof Uint8Array;

function ask(x: unknown, names: readonly string[], other: unknown): unknown {
  const own = isContainer(x) ? names.filter((n) => n.startsWith("__")) : names;
  for (const name of own)
    if (methodOf(x, name)) {
      const answer = callMethod(x as object, name, other);
      if (answer !== NotImplemented) return answer;
    }
  return NotImplemented;
}

const declares = (x: unknown, name: string): boolean => Array.isArray(x) && name in x;

/** `a op b`, or {@link NotImplemented} where neither operand knows. */
export function attempt(op: BinaryOperator, a: unknown, b: unknown): unknown {
  if (op.numeric) {
    if (typeof a === "number" && typeof b === "number") {
      const kind = isInt(a) && isInt(b) ? "int" : "float";
      if (op.numeric[kind]) return op.numeric[kind](a, b);
    }
    if (typeof a === "boolean" && typeof b === "boolean" && op.numeric.bool) return op.numeric.bool(a, b);
    const x = numberOf(a);
    const y = x && numberOf(b);
    if (x && y) {
      const answer = onNumbers(op.numeric, x, y);
      if (answer !== NotImplemented) return answer;
    }
  }
  // Tuples of other packages (shapes) may have the operator for themselves.
  const own = declares(a, op.methods[0]!) || declares(b, op.reflected[0]!);
  const answer = op.containers && !own ? op.containers(a, b) : NotImplemented;
  if (answer !== NotImplemented) return answer;
  const left = ask(a, op.methods, b);
  return left === NotImplemented ? ask(b, op.reflected, a) : left;
}

/** `a op b`. @throws TypeError in Python's words where neither operand knows */
export function binary(op: BinaryOperator, a: unknown, b: unknown): unknown {
  const answer = attempt(op, a, b);
  if (answer !== NotImplemented) return answer;
  throw new TypeError(
    op.refusal?.(a, b) ??
      `unsupported operand type(s) for ${op.symbol}: '${typeName(a)}' and '${typeName(b)}'`,
  );
}

/** A unary operator of Python. */
export interface UnaryOperator {
  /** As error texts write it, after "bad operand type for". */
  readonly label: string;
  readonly methods: readonly string[];
  int?(x: number | bigint): unknown;
  float?(x: number): unknown;
  complex?(x: Complex): unknown;
}

/** `op x`. @throws TypeError in Python's words for an operand that has none */
export function unary(op: UnaryOperator, x: unknown): unknown {
  const n = numberOf(x);
  if (n) {
    if (n.kind === "int" && op.int) return op.int(n.value);
    if (n.kind === "float" && op.float) return op.float(n.value);
    if (n.kind === "complex" && op.complex) return op.complex(n.value);
  } else {
    const names = isContainer(x) ? op.methods.filter((m) => m.startsWith("__")) : op.methods;
    for (const name of names) if (methodOf(x, name)) return callMethod(x as object, name);
  }
  throw new TypeError(`bad operand type for ${op.label}: '${typeName(x)}'`);
}
