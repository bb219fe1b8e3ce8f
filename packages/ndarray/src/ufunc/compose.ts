import {
  bool,
  broadcastShapes,
  broadcastTo,
  type DType,
  type Operand,
  type OpRow,
  ops,
  Strided,
  scalarArray,
} from "@cognate/kernel";

interface Runs<P> {
  run(inputs: readonly Operand[], params: P): Strided | readonly Strided[];
}

/** A row's result. */
export const run = <P>(row: Runs<P>, params: P, ...inputs: readonly Operand[]): Strided =>
  row.run(inputs, params) as Strided;

export const realOf = (x: Strided): Strided => run(ops.real, undefined as never, x);
export const imagOf = (x: Strided): Strided => run(ops.imag, undefined as never, x);
export const both = (a: Strided, b: Strided): Strided => run(ops.logicalAnd, undefined, a, b);
export const either = (a: Strided, b: Strided): Strided => run(ops.logicalOr, undefined, a, b);

/** a where the condition holds, else b. */
export function select(condition: Strided, a: Strided, b: Strided): Strided {
  const shape = broadcastShapes("select", [condition.shape, a.shape, b.shape]);
  return ops.where.run([broadcastTo(a, shape), condition, b], undefined) as Strided;
}

/** A number where the condition holds, else b. */
export const whereNumber = (condition: Strided, value: number, b: Strided, d: DType): Strided =>
  select(condition, scalarArray(value, d), b);

type Compare = OpRow<void>;

/** A strict order of complex numbers: by real parts, and by imaginary parts where those are equal. */
export function lexicographic(strict: Compare, a: Strided, b: Strided): Strided {
  const [ar, ai, br, bi] = [realOf(a), imagOf(a), realOf(b), imagOf(b)];
  return either(
    run(strict, undefined, ar, br),
    both(run(ops.eq, undefined, ar, br), run(strict, undefined, ai, bi)),
  );
}

/** All false, in the shape of x. */
export const falseLike = (x: Strided): Strided => Strided.zeros(bool, x.shape);
