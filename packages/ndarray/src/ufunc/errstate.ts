import {
  bool,
  broadcastTo,
  type DType,
  knownFinite,
  ops,
  type Scalar,
  Strided,
  scalarArray,
} from "@cognate/kernel";
import { context, def, FloatingPointError, print, RuntimeWarning, ValueError, warn } from "@cognate/py";
import { asLine } from "../array/order.js";

/** What happens on a floating-point error. */
export type ErrMode = "ignore" | "warn" | "raise" | "call" | "print" | "log";

/** What `np.seterr` sets, one mode a kind of error. */
export interface ErrState {
  readonly divide: ErrMode;
  readonly over: ErrMode;
  readonly under: ErrMode;
  readonly invalid: ErrMode;
}

type Handler = ((kind: string, flag: number) => unknown) | { write(text: string): void } | null;

let state: ErrState = { divide: "warn", over: "warn", under: "ignore", invalid: "warn" };
let handler: Handler = null;

const MODES: readonly unknown[] = ["ignore", "warn", "raise", "call", "print", "log"];

type Changes = { readonly [K in keyof ErrState]?: ErrMode | null };

function changed(all: ErrMode | null, changes: Changes): ErrState {
  const next: Record<string, ErrMode> = { ...state };
  for (const kind of Object.keys(state)) {
    const mode = changes[kind as keyof ErrState] ?? all;
    if (mode === null) continue;
    if (!MODES.includes(mode)) throw new ValueError(`invalid error mode '${mode}'`);
    next[kind] = mode;
  }
  return next as unknown as ErrState;
}

/** Sets what happens on floating-point errors and returns what happened before. */
export const seterr = def(
  "numpy.seterr",
  "all divide over under invalid",
  (
    all: ErrMode | null = null,
    divide: ErrMode | null = null,
    over: ErrMode | null = null,
    under: ErrMode | null = null,
    invalid: ErrMode | null = null,
  ): ErrState => {
    const before = state;
    state = changed(all, { divide, over, under, invalid });
    return { ...before };
  },
);

/** What happens on each kind of floating-point error. */
export const geterr = (): ErrState => ({ ...state });

/** Sets what the modes `call` and `log` call, and returns what it was. */
export function seterrcall(func: Handler): Handler {
  const before = handler;
  handler = func;
  return before;
}

/** What the modes `call` and `log` call. */
export const geterrcall = (): Handler => handler;

const enter = def(
  "numpy.errstate",
  "* call all divide over under invalid",
  (
    call: Handler | undefined = undefined,
    all: ErrMode | null = null,
    divide: ErrMode | null = null,
    over: ErrMode | null = null,
    under: ErrMode | null = null,
    invalid: ErrMode | null = null,
  ) => ({ state: changed(all, { divide, over, under, invalid }), call }),
);

/**
 * Other reactions to floating-point errors inside a callback or a `using` block.
 *
 * @example
 * ```ts
 * import * as np from "@cognate/numpy";
 * import { print } from "@cognate/py";
 * np.errstate({ divide: "ignore" }, () => print(np.array([1, -1]).div(0))); // prints [ inf -inf]
 * ```
 */
export const errstate = context((...args: Parameters<typeof enter>) => {
  let before = { state, handler };
  return {
    enter: (): null => {
      before = { state, handler };
      const next = enter(...args);
      state = next.state;
      if (next.call !== undefined) handler = next.call;
      return null;
    },
    exit: (): void => {
      ({ state, handler } = before);
    },
  };
});

const FLAGS: Readonly<Record<keyof ErrState, number>> = { divide: 1, over: 2, under: 4, invalid: 8 };
const WORDS: Readonly<Record<keyof ErrState, string>> = {
  divide: "divide by zero",
  over: "overflow",
  under: "underflow",
  invalid: "invalid value",
};

/** Reacts to an error that was seen in an op as the state says. */
export function report(kind: keyof ErrState, op: string): void {
  const mode = state[kind];
  if (mode === "ignore") return;
  const text = `${WORDS[kind]} encountered in ${op}`;
  if (mode === "raise") throw new FloatingPointError(text);
  if (mode === "warn") warn(text, RuntimeWarning);
  else if (mode === "print") print(`Warning: ${text}`);
  else if (mode === "call" && typeof handler === "function") handler(WORDS[kind], FLAGS[kind]);
  else if (mode === "log" && handler !== null && typeof handler === "object")
    handler.write(`Warning: ${text}\n`);
}

/** Which input's zeros make an infinite result a division by zero; `"all"` if any infinite result is one. */
export type Pole = number | "all";

/** From this size on a sum by a kernel is quicker than a loop here. */
const LARGE = 2048;

function hasNonFinite(y: Strided): boolean {
  if (y.contiguous && y.size < LARGE && !y.dtype.half) {
    const { lanes } = y.dtype;
    const data = y.peek as Float64Array;
    const end = (y.offset + y.size) * lanes;
    // x − x is 0 for every finite x, and NaN else.
    let s = 0;
    for (let i = y.offset * lanes; i < end; i++) s += data[i]! - data[i]!;
    return s !== 0;
  }
  const line = asLine(y);
  if (!line || y.dtype.half) return true;
  if (line.size >= LARGE && line.dtype.kind === "float") {
    // A sum of finite numbers may overflow, yet one with an infinity or NaN in it is never finite.
    const sum = ops.sum.run([line], {}) as Strided;
    if (Number.isFinite(sum.peek[sum.offset])) return false;
  }
  const data = line.peekFlat() as Float64Array;
  // 0·x is 0 for every finite x, and NaN else.
  let s = 0;
  for (let i = 0; i < data.length; i++) s += 0 * data[i]!;
  return s !== 0;
}

const test = (row: typeof ops.isnan, x: Strided): Strided => row.run([x], undefined) as Strided;
const both = (a: Strided, b: Strided): Strided => ops.logicalAnd.run([a, b], undefined) as Strided;
const not = (a: Strided): Strided => ops.logicalNot.run([a], undefined) as Strided;
const some = (a: Strided): boolean => (ops.any.run([a], {}) as Strided).peek[0] === 1;

/** Looks for floating-point errors in what an op computed from its inputs, and reports them. */
export function checkErrors(
  op: string,
  inputs: readonly (Strided | Scalar)[],
  type: DType,
  y: Strided,
  pole?: Pole,
): void {
  if (y.dtype.kind !== "float" && y.dtype.kind !== "complex") return;
  if (knownFinite(y)) return;
  if (state.divide === "ignore" && state.over === "ignore" && state.invalid === "ignore") return;
  if (!hasNonFinite(y)) return;
  const arrays = inputs.map((x) => broadcastTo(x instanceof Strided ? x : scalarArray(x, type), y.shape));
  const fromNaN = arrays
    .map((x) => test(ops.isnan, x))
    .reduce((a, b) => ops.logicalOr.run([a, b], undefined) as Strided);
  if (some(both(test(ops.isnan, y), not(fromNaN)))) report("invalid", op);
  const finite = arrays.map((x) => test(ops.isfinite, x)).reduce(both);
  const burst = both(test(ops.isinf, y), finite);
  if (!some(burst)) return;
  const atPole = pole === undefined ? undefined : pole === "all" ? burst : both(burst, isZero(arrays[pole]!));
  const divided = atPole !== undefined && some(atPole);
  if (divided) report("divide", op);
  if (!atPole || some(both(burst, not(atPole)))) report("over", op);
}

const isZero = (x: Strided): Strided => not(ops.cast.run([x], { dtype: bool }) as Strided);

/** Reports a division by zero where an integer divisor holds one. */
export function checkDivisor(op: string, divisor: Strided | Scalar): void {
  if (state.divide === "ignore") return;
  if (divisor instanceof Strided ? some(isZero(divisor)) : Number(divisor) === 0) report("divide", op);
}
