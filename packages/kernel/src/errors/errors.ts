/** The root of the kernel's own errors; façades put the words of their library in front of the user. */
export class CognateError extends Error {
  readonly code: string = "COGNATE";
  override readonly name: string = "CognateError";
}

const fmtShape = (shape: readonly number[]): string => `[${shape.join(", ")}]`;

/** An argument's shape is not what the op takes. */
export class ShapeError extends CognateError {
  override readonly name: string = "ShapeError";
  override readonly code: string = "COGNATE_SHAPE";
  constructor(
    readonly op: string,
    readonly arg: string,
    readonly got: readonly number[],
    readonly want: string,
    fix = "",
  ) {
    super(`${op}: \`${arg}\` has shape ${fmtShape(got)}, expected ${want}.${fix && ` ${fix}`}`);
  }
}

/** Two shapes do not stretch to a common one. */
export class BroadcastError extends ShapeError {
  override readonly name = "BroadcastError";
  override readonly code = "COGNATE_BROADCAST";
  constructor(
    op: string,
    arg: string,
    /** What the operands before came to. */
    readonly before: readonly number[],
    got: readonly number[],
  ) {
    super(op, arg, got, `a shape that broadcasts with ${fmtShape(before)}`);
  }
}

/** An integer divided by zero. */
export class DivisionByZeroError extends CognateError {
  override readonly name = "DivisionByZeroError";
  override readonly code = "COGNATE_DIVISION_BY_ZERO";
  constructor(readonly op: string) {
    super(`${op}: an integer is divided by zero.`);
  }
}

/** A gradient was asked for by an input in which the op is not differentiated. */
export class MissingDerivativeError extends CognateError {
  override readonly name = "MissingDerivativeError";
  override readonly code = "COGNATE_NO_DERIVATIVE";
  constructor(
    readonly op: string,
    readonly input: string,
  ) {
    super(`${op}: there is no derivative with respect to \`${input}\`.`);
  }
}

/** An argument's element type is not one that the op computes. */
export class DTypeError extends CognateError {
  override readonly name = "DTypeError";
  override readonly code = "COGNATE_DTYPE";
  constructor(
    readonly op: string,
    readonly arg: string,
    readonly got: string,
    readonly want: string,
  ) {
    super(`${op}: \`${arg}\` is ${got}, expected ${want}.`);
  }
}

/** A parameter has a value outside its domain. */
export class ParamError extends CognateError {
  override readonly name = "ParamError";
  override readonly code = "COGNATE_PARAM";
  constructor(
    readonly op: string,
    readonly param: string,
    readonly got: unknown,
    readonly want: string,
  ) {
    super(`${op}: \`${param}\` is ${String(got)}, expected ${want}.`);
  }
}

/** An index lies outside the axis that it indexes. */
export class IndexRangeError extends CognateError {
  override readonly name = "IndexRangeError";
  override readonly code = "COGNATE_INDEX";
  constructor(
    readonly op: string,
    readonly index: number,
    readonly axis: number,
    readonly size: number,
  ) {
    super(`${op}: index ${index} is out of bounds for axis ${axis} with size ${size}.`);
  }
}

/** Memory that was asked for could not be had. */
export class MemoryError extends CognateError {
  override readonly name = "MemoryError";
  override readonly code = "COGNATE_MEMORY";
  constructor(
    readonly bytes: number,
    what: string,
    options?: ErrorOptions,
  ) {
    super(`out of memory: asked for ${bytes} bytes (${what}).`, options);
  }
}
