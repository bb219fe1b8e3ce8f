import { freezeInto, Parenthesized } from "../sequences/parenthesized.js";
import { repr, reprList, textOf } from "../text/repr.js";
import { className, exposeName, nameClass } from "./names.js";
import { isPlainObject } from "./plain.js";

/**
 * Python's exceptions as JavaScript errors: `e instanceof ValueError`, `e.message`, and the hierarchy of the Python
 * manual ("Built-in Exceptions"). The classes are called with or without `new` and extended like any class.
 *
 * @example
 * ```ts
 * import { IndexError, LookupError, print, repr, str, ValueError } from "@cognate/py";
 * const e = new IndexError("list index out of range");
 * print(e, e instanceof LookupError, repr(e)); // prints list index out of range True IndexError('list index out of range')
 * print(str(ValueError("a", 1)), e.args); // prints ('a', 1) ('list index out of range',)
 * ```
 */
export interface BaseException extends Error {
  /** What the exception was made of. */
  readonly args: Parenthesized;
  readonly __name__: string;
  __str__(): string;
  __repr__(): string;
}

/** An exception's class: `throw new ValueError("…")`, `throw ValueError("…")`, `class Mine extends ValueError {}`. */
export interface ExceptionClass<E extends BaseException = BaseException> {
  new (...args: readonly unknown[]): E;
  (...args: readonly unknown[]): E;
  readonly prototype: E;
  readonly name: string;
  readonly __name__: string;
}

/** What an exception makes of its arguments. */
export interface Reading {
  text(args: readonly unknown[]): string;
  /** Properties besides `args`, which they may replace. */
  fields?(args: readonly unknown[]): Readonly<Record<string, unknown>>;
}

const READING = Symbol("reading");

const plain: Reading = {
  text: (args) => (args.length === 0 ? "" : args.length === 1 ? textOf(args[0]) : `(${reprList(args)})`),
};

/** A missing key shows as its repr, so that `''` can be seen. */
export const keyReading: Reading = {
  text: (args) => (args.length === 1 ? repr(args[0]) : plain.text(args)),
};

/** `[Errno 2] No such file or directory: 'a.pt'`. */
export const systemReading: Reading = {
  text(args) {
    if (args.length < 2 || args.length > 5) return plain.text(args);
    const file = args[2] === null || args[2] === undefined ? "" : `: ${repr(args[2])}`;
    return `[Errno ${textOf(args[0])}] ${textOf(args[1])}${file}`;
  },
  fields(args) {
    if (args.length < 2 || args.length > 5) return { errno: null, strerror: null, filename: null };
    const [errno, strerror, filename = null] = args;
    return { errno, strerror, filename, args: freezeInto(new Parenthesized(), [errno, strerror]) };
  },
};

/** `'utf-8' codec can't decode byte 0xff in position 0: invalid start byte`. */
export const codecReading: Reading = {
  text(args) {
    if (args.length !== 5) return plain.text(args);
    const [encoding, bytes, start, end, reason] = args as [string, Uint8Array, number, number, string];
    const where =
      end === start + 1
        ? `byte 0x${bytes[start]!.toString(16).padStart(2, "0")} in position ${start}`
        : `bytes in position ${start}-${end - 1}`;
    return `'${encoding}' codec can't decode ${where}: ${reason}`;
  },
};

/** The first argument under a name: `StopIteration.value`, `SystemExit.code`. */
export const firstAs = (name: string): Reading => ({
  text: plain.text,
  fields: (args) => ({ [name]: args[0] ?? null }),
});

/** JavaScript's error options, `{ cause }`, which may stand last. */
const isOptions = (x: unknown): x is ErrorOptions => isPlainObject(x) && "cause" in x;

interface Traced {
  captureStackTrace?(e: Error, from: Function): void;
}

/**
 * Makes an exception's class. It is a function, not a `class`, so that Python's `raise ValueError("…")` needs no `new`.
 *
 * @param reading - what instances of it and its subclasses make of their arguments, where not as its base does
 */
export function defineException<E extends BaseException = BaseException>(
  name: string,
  Base: Function,
  reading?: Reading,
): ExceptionClass<E> {
  const C = function (...given: readonly unknown[]): object {
    const last = given[given.length - 1];
    const [args, options] = isOptions(last) ? [given.slice(0, -1), [last]] : [given, []];
    const target = (new.target as Function | undefined) ?? C;
    const { text, fields } = (target.prototype as { [READING]: Reading })[READING];
    const e = Reflect.construct(Error, [text(args), ...options], target) as Error;
    const own = { args: freezeInto(new Parenthesized(), args), ...fields?.(args) };
    for (const [key, value] of Object.entries(own))
      Object.defineProperty(e, key, { value, writable: true, configurable: true });
    (Error as Traced).captureStackTrace?.(e, target);
    return e;
  } as Function;
  const prototype = Object.create(Base.prototype as object) as object;
  Object.defineProperty(prototype, "constructor", { value: C, writable: true, configurable: true });
  if (reading) Object.defineProperty(prototype, READING, { value: reading });
  Object.setPrototypeOf(C, Base);
  Object.defineProperties(C, {
    name: { value: name, configurable: true },
    prototype: { value: prototype, writable: false },
  });
  return nameClass(`builtins.${name}`, C) as ExceptionClass<E>;
}

export const BaseException: ExceptionClass = defineException("BaseException", Error, plain);

exposeName(BaseException);

Object.defineProperties(
  BaseException.prototype,
  Object.getOwnPropertyDescriptors({
    get name(): string {
      return className(this.constructor);
    },
    get __name__(): string {
      return className(this.constructor);
    },
    __str__(this: BaseException): string {
      return this.message;
    },
    __repr__(this: BaseException): string {
      return `${this.name}(${reprList(this.args)})`;
    },
  }),
);
