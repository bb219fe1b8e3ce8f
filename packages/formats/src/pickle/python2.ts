/** Names that Python 2 had elsewhere. Pickles of protocols 0 to 2 use the old ones, written by either Python. */
const MODULES: Readonly<Record<string, string>> = {
  __builtin__: "builtins",
  copy_reg: "copyreg",
  Queue: "queue",
  cPickle: "pickle",
  _abcoll: "collections.abc",
};

const NAMES: Readonly<Record<string, string>> = {
  "__builtin__.xrange": "builtins.range",
  "__builtin__.reduce": "functools.reduce",
  "__builtin__.intern": "sys.intern",
  "__builtin__.unichr": "builtins.chr",
  "__builtin__.unicode": "builtins.str",
  "__builtin__.long": "builtins.int",
  "itertools.izip": "builtins.zip",
  "itertools.imap": "builtins.map",
  "itertools.ifilter": "builtins.filter",
  "UserDict.IterableUserDict": "collections.UserDict",
  "UserList.UserList": "collections.UserList",
  "UserString.UserString": "collections.UserString",
};

const swap = (r: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(r).map(([k, v]) => [v, k]));
const MODULES_BACK = swap(MODULES);
const NAMES_BACK = swap(NAMES);

const lookUp = (r: Readonly<Record<string, string>>, key: string): string | undefined =>
  Object.hasOwn(r, key) ? r[key] : undefined;

function split(path: string): readonly [string, string] {
  const dot = path.lastIndexOf(".");
  return [path.slice(0, dot), path.slice(dot + 1)];
}

/** Module and name as Python 3 has them. */
export function fromPython2(module: string, name: string): readonly [string, string] {
  const renamed = lookUp(NAMES, `${module}.${name}`);
  if (renamed) return split(renamed);
  if (module === "exceptions") return ["builtins", name === "StandardError" ? "Exception" : name];
  return [lookUp(MODULES, module) ?? module, name];
}

/** Module and name as Python 2 had them. */
export function toPython2(module: string, name: string): readonly [string, string] {
  const renamed = lookUp(NAMES_BACK, `${module}.${name}`);
  if (renamed) return split(renamed);
  return [lookUp(MODULES_BACK, module) ?? module, name];
}
