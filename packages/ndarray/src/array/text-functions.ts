import { arrayOf } from "@cognate/kernel";
import { Tuple } from "@cognate/py";
import { asStrided } from "./create.js";
import { fromStrided, NdarrayImpl } from "./ndarray.js";
import { isText, TextArray, textArray, textOfNumbers, together } from "./text.js";

type Implementation = (...args: never[]) => unknown;

/** Whether an argument is texts or a list with texts among its items. */
const hasText = (x: unknown): boolean =>
  typeof x === "object" && x !== null
    ? x instanceof TextArray || (Array.isArray(x) && typeof x[0] !== "number" && x.some(hasText))
    : typeof x === "string";

/** An argument with its texts (and numbers beside texts) as arrays of texts: an array, or a list of arrays. */
function readTexts(x: unknown, found: TextArray[]): unknown {
  if (Array.isArray(x) && !(x.length > 0 && x.every((e) => typeof e === "string"))) {
    const list = x.map((e) => readTexts(e, found));
    return x instanceof Tuple ? Tuple.of_(list) : list;
  }
  if (x === null || x === undefined) return x;
  const texts = isText(x) ? textArray(x) : textOfNumbers(arrayOf(x) ?? asStrided(x as number));
  found.push(texts);
  return texts;
}

/** The arguments of a call with texts as numbers into one list, and that list. */
function encoded(args: readonly unknown[], places: readonly number[]) {
  const found: TextArray[] = [];
  const read = args.map((x, i) => (places.includes(i) ? readTexts(x, found) : x));
  const { codes, words, width } = together(found);
  const numbers = new Map(found.map((t, i) => [t, fromStrided(codes[i]!)]));
  const replaced = (x: unknown): unknown =>
    x instanceof TextArray
      ? numbers.get(x)
      : Array.isArray(x)
        ? x instanceof Tuple
          ? Tuple.of_(x.map(replaced))
          : x.map(replaced)
        : x;
  return { args: read.map((x, i) => (places.includes(i) ? replaced(x) : x)), words, width };
}

/** A function that also takes texts at some of its arguments, `then` making its result of what the numbers gave. */
function withTexts<F extends Implementation>(
  f: F,
  places: readonly number[],
  then: (result: unknown, words: string[], width: number) => unknown,
): F {
  const call = f as unknown as (...args: unknown[]) => unknown;
  const g = (...args: unknown[]): unknown => {
    for (const i of places)
      if (hasText(args[i])) {
        const { args: numbers, words, width } = encoded(args, places);
        return then(call(...numbers), words, width);
      }
    return call(...args);
  };
  return Object.defineProperty(g, "length", { value: f.length }) as unknown as F;
}

/** Numbers that a function gave as the texts that they stand for. */
function decoded(result: unknown, words: string[], width: number): unknown {
  if (result instanceof NdarrayImpl) return new TextArray(result._a, [...words], width);
  if (Array.isArray(result)) {
    const list = result.map((x) => decoded(x, words, width));
    return result instanceof Tuple ? Tuple.of_(list) : list;
  }
  return words[Number(result)];
}

/** A function that moves elements about, for texts too: what it returns are elements of the arguments at `places`. */
export const movesTexts = <F extends Implementation>(f: F, ...places: readonly number[]): F =>
  withTexts(f, places, decoded);

/** Like {@link movesTexts}, but only the first of several results is elements. */
export const movesTextsFirst = <F extends Implementation>(f: F, ...places: readonly number[]): F =>
  withTexts(f, places, (result, words, width) =>
    Array.isArray(result)
      ? Tuple.of_([decoded(result[0], words, width), ...result.slice(1)])
      : decoded(result, words, width),
  );

/** A function that compares and orders elements, for texts too: what it returns are places, counts or flags. */
export const ordersTexts = <F extends Implementation>(f: F, ...places: readonly number[]): F =>
  withTexts(f, places, (result) => result);

/** A function that writes the values at place `from` into the array at place 0, for texts too. */
export function writesTexts<F extends Implementation>(f: F, from: number): F {
  const call = f as unknown as (...args: unknown[]) => unknown;
  const g = (...args: unknown[]): unknown => {
    const into = args[0];
    if (!(into instanceof TextArray)) return call(...args);
    const values = fromStrided(into._numbersOf(args[from]));
    return call(...args.map((x, i) => (i === 0 ? into._codes : i === from ? values : x)));
  };
  return Object.defineProperty(g, "length", { value: f.length }) as unknown as F;
}
