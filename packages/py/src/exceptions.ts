/**
 * Python's exception classes as subclasses of JavaScript's `Error`: `e instanceof ValueError`, `e.message`, and the
 * hierarchy of the Python manual ("Built-in Exceptions").
 *
 * @example
 * ```ts
 * import { IndexError, LookupError } from "@cognate/py";
 * console.log(new IndexError("list index out of range") instanceof LookupError); // true
 * ```
 */
export class BaseException extends Error {
  /** What Python's `e.args` holds. */
  readonly args: readonly unknown[];

  constructor(message?: unknown, options?: ErrorOptions) {
    super(message === undefined ? "" : String(message), options);
    this.args = message === undefined ? [] : [message];
  }

  /** The class's name, as a traceback prints it. */
  override get name(): string {
    return classNameOf(this);
  }
  get __name__(): string {
    return classNameOf(this);
  }
  __str__(): string {
    return this.message;
  }
}

const classNames = new WeakMap<Function, string>();

const classNameOf = (e: object): string => classNames.get(e.constructor) ?? e.constructor.name;

/** Gives a class the name that Python prints for it, which minification must not change. */
export function named<C extends abstract new (...args: never[]) => unknown>(name: string, C: C): C {
  classNames.set(C, name);
  return C;
}

export class Exception extends BaseException {}
export class KeyboardInterrupt extends BaseException {}
export class SystemExit extends BaseException {}
export class GeneratorExit extends BaseException {}
export class ArithmeticError extends Exception {}
export class FloatingPointError extends ArithmeticError {}
export class OverflowError extends ArithmeticError {}
export class ZeroDivisionError extends ArithmeticError {}
export class AssertionError extends Exception {}
export class AttributeError extends Exception {}
export class BufferError extends Exception {}
export class EOFError extends Exception {}
export class ImportError extends Exception {}
export class ModuleNotFoundError extends ImportError {}
export class LookupError extends Exception {}
export class IndexError extends LookupError {}
/** A missing key; its text is the key's repr, as in Python. */
export class KeyError extends LookupError {}
export class MemoryError extends Exception {}
export class NameError extends Exception {}
export class OSError extends Exception {}
export class FileExistsError extends OSError {}
export class FileNotFoundError extends OSError {}
export class IsADirectoryError extends OSError {}
export class PermissionError extends OSError {}
export class ReferenceError extends Exception {}
export class RuntimeError extends Exception {}
export class NotImplementedError extends RuntimeError {}
export class RecursionError extends RuntimeError {}
export class StopIteration extends Exception {}
export class SyntaxError extends Exception {}
export class SystemError extends Exception {}
export class TypeError extends Exception {}
export class ValueError extends Exception {}
export class UnicodeError extends ValueError {}
export class Warning extends Exception {}
export class DeprecationWarning extends Warning {}
export class FutureWarning extends Warning {}
export class RuntimeWarning extends Warning {}
export class UserWarning extends Warning {}
/** `pickle.UnpicklingError`. */
export class UnpicklingError extends Exception {}
/** `pickle.PicklingError`. */
export class PicklingError extends Exception {}

for (const [name, C] of Object.entries({
  BaseException,
  Exception,
  KeyboardInterrupt,
  SystemExit,
  GeneratorExit,
  ArithmeticError,
  FloatingPointError,
  OverflowError,
  ZeroDivisionError,
  AssertionError,
  AttributeError,
  BufferError,
  EOFError,
  ImportError,
  ModuleNotFoundError,
  LookupError,
  IndexError,
  KeyError,
  MemoryError,
  NameError,
  OSError,
  FileExistsError,
  FileNotFoundError,
  IsADirectoryError,
  PermissionError,
  ReferenceError,
  RuntimeError,
  NotImplementedError,
  RecursionError,
  StopIteration,
  SyntaxError,
  SystemError,
  TypeError,
  ValueError,
  UnicodeError,
  Warning,
  DeprecationWarning,
  FutureWarning,
  RuntimeWarning,
  UserWarning,
  UnpicklingError,
  PicklingError,
}))
  classNames.set(C, name);

const warned = new Set<string>();

/**
 * Python's `warnings.warn`: to stderr, once for each text.
 *
 * @example
 * ```ts
 * import { warn, UserWarning } from "@cognate/py";
 * warn("lr is deprecated", UserWarning); // stderr: UserWarning: lr is deprecated
 * ```
 */
export function warn(message: string, category: typeof Warning = UserWarning): void {
  const text = `${classNames.get(category) ?? category.name}: ${message}`;
  if (warned.has(text)) return;
  warned.add(text);
  console.warn(text);
}
