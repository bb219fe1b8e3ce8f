import { AttributeError } from "@cognate/py";

interface Runtime {
  process?: { argv?: readonly string[] };
}

/** What flags are defined and given as. */
interface Flag {
  value: unknown;
  readonly parse: (text: string) => unknown;
  readonly help: string;
}
const flags = new Map<string, Flag>();
let read = false;

/** Reads `--name=value`, `--name value`, `--name` and `--noname` of the command line, once. */
function readArguments(
  argv: readonly string[] = (globalThis as Runtime).process?.argv?.slice(2) ?? [],
): void {
  read = true;
  for (let i = 0; i < argv.length; i++) {
    const m = /^--?([A-Za-z_]\w*)(?:=(.*))?$/s.exec(argv[i]!);
    if (!m) continue;
    const off = m[1]!.startsWith("no") ? flags.get(m[1]!.slice(2)) : undefined;
    const flag = flags.get(m[1]!);
    if (!flag && off && typeof off.value === "boolean") off.value = false;
    else if (flag && m[2] !== undefined) flag.value = flag.parse(m[2]);
    else if (flag && typeof flag.value === "boolean") flag.value = true;
    else if (flag && argv[i + 1] !== undefined) flag.value = flag.parse(argv[++i]!);
  }
}

const define =
  (parse: (text: string) => unknown) =>
  (name: string, otherwise: unknown, help = ""): void => {
    flags.set(name, { value: otherwise, parse, help });
  };

/** The flags' values as properties. @throws AttributeError for one that is not defined */
const FLAGS = new Proxy(function FLAGS() {} as unknown as Record<string, unknown>, {
  apply: (_t, _self, [argv]: [readonly string[]]) => readArguments(argv.slice(1)),
  get: (_t, name) => {
    if (typeof name !== "string") return undefined;
    if (!read) readArguments();
    const f = flags.get(name);
    if (!f) throw new AttributeError(`Unknown command line flag '${name}'`);
    return f.value;
  },
  set: (_t, name, value) => {
    const f = flags.get(String(name));
    if (!f) throw new AttributeError(`Unknown command line flag '${String(name)}'`);
    f.value = value;
    return true;
  },
  has: (_t, name) => flags.has(String(name)),
});

const asInt = (t: string): number => Math.trunc(Number(t));
const asBool = (t: string): boolean => /^(true|t|1|yes)$/i.test(t);
const asText = (t: string): string => t;

/** `tf.app.flags` */
export const appFlags = {
  FLAGS,
  DEFINE_string: define(asText),
  DEFINE_integer: define(asInt),
  DEFINE_float: define(Number),
  DEFINE_bool: define(asBool),
  DEFINE_boolean: define(asBool),
  DEFINE_enum: (name: string, otherwise: unknown, _values: readonly string[], help = ""): void =>
    define(asText)(name, otherwise, help),
  DEFINE_list: (name: string, otherwise: unknown, help = ""): void =>
    define((t) => t.split(","))(name, otherwise, help),
} as const;

/** `tf.app`: flags, and the program that is run with them. */
export const app = {
  flags: appFlags,
  run: (main: (argv: readonly string[]) => unknown, argv: readonly string[] | null = null): unknown => {
    readArguments(argv ?? undefined);
    return main(argv ?? (globalThis as Runtime).process?.argv?.slice(1) ?? []);
  },
} as const;
