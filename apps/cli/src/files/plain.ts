import {
  BLOCKED_MODULES,
  type ByteSource,
  inertGlobal,
  NUMPY_GLOBALS,
  readArray,
  readNpy,
  readNpz,
  readSafetensorsHeader,
  STANDARD_GLOBALS,
  unpickle,
} from "@cognate/formats";
import { type Contents, entryOf, type Format, type OpenOptions } from "./contents.js";
import { flatten } from "./pickled.js";

const common = (path: string, source: ByteSource, format: Format, title: string) => ({
  path,
  format,
  title,
  size: source.size,
  metadata: {},
  values: {},
  model: false,
  close: () => source.close?.(),
});

/** Tensors in safetensors: the header is read now, each tensor when it is asked for. */
export function openSafetensors(path: string, source: ByteSource): Contents {
  const { tensors, metadata } = readSafetensorsHeader(source);
  const entries = [...tensors].map(([name, { dtype, shape, offset }]) => ({
    name,
    shape,
    dtype,
    array: () => readArray(source, offset, dtype, shape),
  }));
  return {
    ...common(path, source, "safetensors", "safetensors"),
    entries,
    metadata: metadata ? Object.fromEntries(metadata) : {},
  };
}

/** What the one array of a `.npy` file goes by in formats that need a name. */
export const NPY_NAME = "array";

export function openNpy(path: string, source: ByteSource, { data }: OpenOptions): Contents {
  return {
    ...common(path, source, "npy", "NumPy array"),
    entries: [entryOf(NPY_NAME, readNpy(source, { data }))],
  };
}

export function openNpz(path: string, source: ByteSource, { data }: OpenOptions): Contents {
  const entries = [...readNpz(source, { data })].map(([name, array]) => entryOf(name, array));
  return { ...common(path, source, "npz", "NumPy archive"), entries };
}

/** What only a hostile pickle names, besides PyTorch's list: it could run a command or a text as a program. */
const HOSTILE =
  /^(subprocess|shutil|runpy|socket|importlib)\.|^builtins\.(eval|exec|compile|open|getattr|__import__)$/;

/** A pickle of Python's or NumPy's values. Objects of other classes are described, and nothing is made of them. */
export function openPickle(path: string, source: ByteSource): Contents {
  const value = unpickle(source.read(0, source.size), {
    findClass: (module, name) => {
      const known = `${module}.${name}`;
      if (BLOCKED_MODULES.has(module) || HOSTILE.test(known)) return undefined;
      return STANDARD_GLOBALS.get(known) ?? NUMPY_GLOBALS.get(known) ?? inertGlobal(module, name);
    },
    encoding: "latin1",
  });
  const { entries, values, objects } = flatten(value);
  const classes = [...new Set([...objects.values()].map((o) => o.callable.path))];
  return {
    ...common(path, source, "pickle", "Python pickle"),
    entries,
    values,
    metadata: classes.length ? { classes } : {},
  };
}
