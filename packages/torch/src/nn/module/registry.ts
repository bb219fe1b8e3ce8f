// Whole pickled models name their classes; those that a program has used are found here.

const used = new Set<Function>();

/** Notes the class of a new module. */
export const noteClass = (C: Function): void => void used.add(C);

/** The classes of all modules made so far. */
export const usedClasses = (): Iterable<Function> => used;
