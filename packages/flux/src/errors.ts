import { Exception, nameClass } from "@cognate/py";

/** Sizes that do not go together. */
export class DimensionMismatch extends Exception {}
/** An index past the ends. */
export class BoundsError extends Exception {}
/** An argument that makes no sense. */
export class ArgumentError extends Exception {}
/** No method for the arguments that were given. */
export class MethodError extends Exception {}
for (const C of [DimensionMismatch, BoundsError, ArgumentError, MethodError]) nameClass(C.name, C);
