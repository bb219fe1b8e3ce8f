import { type Def, def as pyDef, TypeError } from "@cognate/py";
import { one } from "../core/execute.js";
import { PLAIN_CALLS } from "../core/op-defs/plain-calls.js";
import type { Tensor, TensorLike } from "../shared.js";

/* Makers of public functions that are one operation. */

/** The name of a call, for graphs and messages. */
export type Name = string | null;
/** What tensor arguments may be. */
export type Data = TensorLike;

/** Python's complaint about arguments as TensorFlow's dispatching functions word it. */
function dispatched(e: unknown, name: string): unknown {
  if (!(e instanceof TypeError) || !e.message.startsWith(`${name}() `)) return e;
  const words = e.message.slice(name.length + 3);
  if (words.startsWith("missing ")) return new TypeError("Missing required positional argument");
  const many = /^takes (?:from \d+ to )?(\d+) positional arguments? but (\d+) (?:was|were) given/.exec(words);
  if (many) return new TypeError(`Too many arguments were given. Expected ${many[1]} but got ${many[2]}.`);
  return /^got (an unexpected|multiple values)/.test(words) ? new TypeError(`G${words.slice(1)}`) : e;
}

/** Functions with the names under which they complain themselves. */
const own = new Map(
  PLAIN_CALLS.split(" ").map((text) => {
    const [path, name = text.slice(text.lastIndexOf(".") + 1)] = text.split("=") as [string, string?];
    return [path, name] as const;
  }),
);

type Implementation = (...args: never[]) => unknown;
/** A public function, called as in Python, with TensorFlow's words for arguments that do not fit. */
export function def<const S extends string, F extends Implementation>(
  name: string,
  signature: S,
  impl: F,
): Def<S, F> {
  const path = name.slice("tensorflow.".length);
  // What the dispatcher does not see has Python's words, which cost nothing.
  const plain = own.get(path);
  if (plain !== undefined) return pyDef(`tensorflow.${plain}`, signature, impl);
  const d = pyDef(name, signature, impl);
  const call = d as unknown as (...args: unknown[]) => unknown;
  const f = (...args: unknown[]): unknown => {
    try {
      return call(...args);
    } catch (e) {
      throw dispatched(e, d.__name__);
    }
  };
  Object.defineProperty(f, "name", { value: d.__name__, configurable: true });
  return Object.assign(f, { __name__: d.__name__, impl, signature: d.signature }) as unknown as Def<S, F>;
}

/** A function of one tensor that is one operation. */
export const unary = (py: string, type: string) =>
  def(`tensorflow.${py}`, "x name", (x: Data, name: Name = null): Tensor => one(type, [x], {}, name));

/** The same under another name of its parameter. */
export const unaryOf = <const P extends string>(py: string, type: string, parameter: P) =>
  def(
    `tensorflow.${py}`,
    `${parameter} name` as const,
    (x: Data, name: Name = null): Tensor => one(type, [x], {}, name),
  );

/** A function of two tensors that is one operation. */
export const binary = (py: string, type: string) =>
  def(
    `tensorflow.${py}`,
    "x y name",
    (x: Data, y: Data, name: Name = null): Tensor => one(type, [x, y], {}, name),
  );
