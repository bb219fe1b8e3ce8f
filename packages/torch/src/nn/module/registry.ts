// Whole pickled models name their classes; the layers of this package and those that a program has used are found here.

const layers = new Map<string, Function>();

/** Notes the class of a layer under its path in Python. */
export const noteLayer = (path: string, C: Function): void => void layers.set(path, C);

/** The class that Python knows by that path. */
export const layerNamed = (path: string): Function | undefined => layers.get(path);

const used = new Set<Function>();

/** Notes the class of a new module. */
export const noteClass = (C: Function): void => void used.add(C);

/** The classes of all modules made so far. */
export const usedClasses = (): Iterable<Function> => used;
