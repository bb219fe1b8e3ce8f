import { className, isPlainObject, repr, Tuple } from "@cognate/py";

/** An estimator as its text needs it. */
interface Shown {
  readonly _required: Record<string, unknown>;
  get_params(options: { deep: boolean }): Record<string, unknown>;
}

const WIDTH = 80;

const isShown = (x: unknown): x is Shown & object =>
  typeof x === "object" && x !== null && "get_params" in x && "_parameter_names" in x;

const defaults = new WeakMap<object, Record<string, unknown>>();

/** The parameters of a class as its constructor sets them by itself. */
function defaultsOf(x: Shown & object): Record<string, unknown> {
  const Class = x.constructor as new (p: Record<string, unknown>) => Shown;
  let known = defaults.get(Class);
  if (!known) {
    known = new Class(x._required).get_params({ deep: false });
    for (const name of Object.keys(x._required)) delete known[name];
    defaults.set(Class, known);
  }
  return known;
}

function changed(x: Shown & object): [string, unknown][] {
  const standard = defaultsOf(x);
  return Object.entries(x.get_params({ deep: false })).filter(
    ([name, value]) => !(name in standard && repr(value) === repr(standard[name])),
  );
}

/** Where keys are labels, whole numbers are numbers: JavaScript's objects have texts for them. */
const labelOf = (key: string): string | number => (/^(0|-?[1-9]\d{0,14})$/.test(key) ? Number(key) : key);

/** A dict's entries as its text shows them: by key. */
const sortedEntries = (x: object): [string | number, unknown][] =>
  Object.entries(x)
    .map(([k, v]): [string | number, unknown] => [labelOf(k), v])
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));

/** The text on one line. */
function short(x: unknown): string {
  if (isShown(x)) {
    const parts = changed(x).map(([k, v]) => `${k}=${short(v)}`);
    return `${className(x.constructor)}(${parts.join(", ")})`;
  }
  if (x instanceof Tuple) {
    const parts = [...x].map(short);
    return `(${parts.join(", ")}${parts.length === 1 ? "," : ""})`;
  }
  if (Array.isArray(x)) return `[${x.map(short).join(", ")}]`;
  if (isPlainObject(x))
    return `{${sortedEntries(x)
      .map(([k, v]) => `${repr(k)}: ${short(v)}`)
      .join(", ")}}`;
  return repr(x).replace(/\s*\n\s*/g, " ");
}

/** Items in lines as long as they may be, `indent` before all but the first; an item too long for a line is broken. */
function filled(
  parts: readonly { readonly head: string; readonly value: unknown }[],
  indent: number,
  allowance: number,
): string {
  let out = "";
  let between = "";
  const newline = `,\n${" ".repeat(indent)}`;
  let most = WIDTH - indent + 1;
  let room = most;
  parts.forEach(({ head, value }, i) => {
    const last = i === parts.length - 1;
    if (last) {
      most -= allowance;
      room -= allowance;
    }
    const text = head + short(value);
    const need = text.length + 2;
    if (room < need) {
      room = most;
      if (between) between = newline;
    }
    if (room >= need) {
      room -= need;
      out += between + text;
      between = ", ";
      return;
    }
    out += between + head + broken(value, indent + head.length, last ? allowance : 1);
    between = newline;
  });
  return out;
}

function broken(x: unknown, indent: number, allowance: number): string {
  const line = short(x);
  if (line.length <= WIDTH - indent - allowance) return line;
  if (isShown(x)) {
    const name = className(x.constructor);
    const parts = changed(x).map(([k, value]) => ({ head: `${k}=`, value }));
    return `${name}(${filled(parts, indent + name.length + 1, allowance + 1)})`;
  }
  if (Array.isArray(x)) {
    const [open, close] = x instanceof Tuple ? ["(", ")"] : ["[", "]"];
    const parts = [...x].map((value) => ({ head: "", value }));
    return open + filled(parts, indent + 1, allowance + 1) + close;
  }
  if (isPlainObject(x)) {
    const parts = sortedEntries(x).map(([k, value]) => ({ head: `${repr(k)}: `, value }));
    return `{${filled(parts, indent + 1, allowance + 1)}}`;
  }
  return repr(x);
}

/** What `print` shows of an estimator: its class and the parameters that are not the defaults. */
export const estimatorText = (x: object): string => broken(x, 0, 0);
