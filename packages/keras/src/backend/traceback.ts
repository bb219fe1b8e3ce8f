import { Exception, repr } from "@cognate/py";
import * as tree from "../tree.js";
import { OpError } from "./errors.js";
import { sessionAttribute, setSessionAttribute } from "./global-state.js";
import { Tensor } from "./tensor.js";
import { Variable } from "./variable.js";

/* Errors inside of a layer's `call` say which layer it was, and on which arguments. */

/** Whether errors inside of a `call` tell about it (`keras.config.is_traceback_filtering_enabled`). */
export const is_traceback_filtering_enabled = (): boolean =>
  sessionAttribute("tracebackFiltering", () => true);
export function enable_traceback_filtering(): void {
  setSessionAttribute("tracebackFiltering", true);
}
export function disable_traceback_filtering(): void {
  setSessionAttribute("tracebackFiltering", false);
}

/** Errors that already tell. */
const told = new WeakSet<object>();

/** What Python shows for keywords that none were given of. */
const NO_KEYWORDS = "<class 'inspect._empty'>";

const argumentText = (x: unknown): string => {
  if (x instanceof Tensor) return `tf.Tensor(shape=${x.shape}, dtype=${x._type.name})`;
  if (x instanceof Variable) return `tf.Tensor(shape=${x.shape}, dtype=${x.dtype})`;
  return repr(x ?? null);
};

/** An argument as the error shows it: texts of the tensors in their structure. */
const shown = (x: unknown): string => (tree.isNested(x) ? repr(tree.map(argumentText, x)) : argumentText(x));

/** The error of a call, with its arguments in the message. */
export function withArguments(
  e: unknown,
  owner: string,
  named: Iterable<readonly [string, unknown]>,
): unknown {
  if (!(e instanceof Error) || told.has(e) || !is_traceback_filtering_enabled()) return e;
  const lines = [...named].map(([name, value]) => {
    const missing = name === "kwargs" && (value === undefined || Object.keys(value as object).length === 0);
    return `  • ${name}=${missing ? NO_KEYWORDS : shown(value)}`;
  });
  if (lines.length === 0) return e;
  const message = `Exception encountered when calling ${owner}.\n\n\u001b[1m${e.message}\u001b[0m\n\nArguments received by ${owner}:\n${lines.join("\n")}`;
  const C = e.constructor as new (message: string) => Error;
  const rewritten =
    e instanceof Exception && !(e instanceof OpError) ? new C(message) : Object.assign(e, { message });
  if (rewritten !== e) {
    rewritten.cause = e;
    if (e.stack) rewritten.stack = e.stack.replace(e.message, () => message);
  }
  told.add(rewritten);
  return rewritten;
}
