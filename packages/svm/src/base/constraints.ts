import { Float, repr } from "@cognate/py";
import { InvalidParameterError } from "./errors.js";

/** What a parameter may be: a test, and the words for it; without words it is not told. */
export interface Constraint {
  readonly words: string | null;
  readonly holds: (x: unknown) => boolean;
}

const isNumber = (x: unknown): boolean =>
  typeof x === "number" || x instanceof Number || typeof x === "bigint";
const isWhole = (x: unknown): boolean =>
  typeof x === "bigint" || (typeof x === "number" && Number.isInteger(x));
const isObject = (x: unknown): x is object => typeof x === "object" && x !== null;

type Bounds = `${"[" | "("}${"]" | ")"}`;

function interval(kind: "an int" | "a float", low: number, high: number, brackets: Bounds): Constraint {
  const show = (v: number): string =>
    Number.isFinite(v) ? repr(kind === "a float" ? new Float(v) : v) : v < 0 ? "-inf" : "inf";
  return {
    words: `${kind} in the range ${brackets[0]}${show(low)}, ${show(high)}${brackets[1]}`,
    holds: (x) => {
      if (!(kind === "an int" ? isWhole(x) : isNumber(x))) return false;
      const v = Number(x);
      return (brackets[0] === "[" ? v >= low : v > low) && (brackets[1] === "]" ? v <= high : v < high);
    },
  };
}

/** A number between two bounds. */
export const real = (low: number, high: number, brackets: Bounds): Constraint =>
  interval("a float", low, high, brackets);
/** A whole number between two bounds. */
export const integral = (low: number, high: number, brackets: Bounds): Constraint =>
  interval("an int", low, high, brackets);

const among = (options: readonly string[]): string => `{${options.map((o) => repr(o)).join(", ")}}`;

/** One of some words. */
export const words = (...options: string[]): Constraint => ({
  words: `a str among ${among(options)}`,
  holds: (x) => typeof x === "string" && options.includes(x),
});

/** One of some words, which errors do not mention. */
export const hidden = (...options: string[]): Constraint => ({ ...words(...options), words: null });

export const boolean: Constraint = {
  words: "an instance of 'bool' or an instance of 'numpy.bool'",
  holds: (x) => typeof x === "boolean",
};
export const callable: Constraint = { words: "a callable", holds: (x) => typeof x === "function" };
export const none: Constraint = { words: "None", holds: (x) => x === null };
export const string: Constraint = { words: "an instance of 'str'", holds: (x) => typeof x === "string" };
export const dictionary: Constraint = {
  words: "an instance of 'dict'",
  holds: (x) => x instanceof Map || (isObject(x) && Object.getPrototypeOf(x) === Object.prototype),
};
export const verbose: Constraint = {
  words: "an int in the range [0, inf), an instance of 'bool' or an instance of 'numpy.bool'",
  holds: (x) => typeof x === "boolean" || (isWhole(x) && Number(x) >= 0),
};
export const randomState: Constraint = {
  words: "an int in the range [0, 4294967295], an instance of 'numpy.random.mtrand.RandomState' or None",
  holds: (x) =>
    x === null ||
    (isWhole(x) && Number(x) >= 0 && Number(x) <= 0xffffffff) ||
    (isObject(x) && "sampler" in x),
};
export const anyReal: Constraint = { words: "an instance of 'Real'", holds: isNumber };
export const arrayLike: Constraint = {
  words: "an array-like",
  holds: (x) => isObject(x) && (Symbol.iterator in x || "length" in x),
};
export const anything: Constraint = { words: null, holds: () => true };

/** @throws InvalidParameterError for the first parameter that is nothing it may be */
export function checkParameters(
  constraints: Readonly<Record<string, readonly Constraint[]>>,
  parameters: Readonly<Record<string, unknown>>,
  owner: string,
): void {
  for (const [name, value] of Object.entries(parameters)) {
    const allowed = constraints[name];
    if (!allowed || allowed.some((c) => c.holds(value))) continue;
    const told = allowed.flatMap((c) => (c.words === null ? [] : [c.words]));
    const text = told.length === 1 ? told[0] : `${told.slice(0, -1).join(", ")} or ${told[told.length - 1]}`;
    throw new InvalidParameterError(
      `The '${name}' parameter of ${owner} must be ${text}. Got ${repr(value)} instead.`,
    );
  }
}
