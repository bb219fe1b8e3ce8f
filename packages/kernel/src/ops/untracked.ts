import type { DType } from "../dtype/dtype.js";
import { type Shape, Strided } from "../strided/strided.js";
import type { Operand, OpRow, Scalar } from "./row.js";
import { eachRow } from "./rows.js";
import { fill } from "./scalar.js";
import type { Value } from "./value.js";

/** An array without history under the interface that compositions of ops are written with. */
class Untracked {
  constructor(readonly array: Strided) {}
  get shape(): Shape {
    return this.array.shape;
  }
  get dtype(): DType {
    return this.array.dtype;
  }
  get size(): number {
    return this.array.size;
  }
  full(shape: Shape, value: Scalar): Untracked {
    return new Untracked(fill(Strided.zeros(this.dtype, shape), value));
  }
  detach(): Untracked {
    return this;
  }
}

const operandOf = (x: unknown): Operand => (x instanceof Untracked ? x.array : (x as Operand));

function call(row: OpRow, inputs: readonly unknown[], params: unknown): Untracked | Untracked[] {
  const y = row.run(inputs.map(operandOf), params);
  return Array.isArray(y)
    ? (y as readonly Strided[]).map((a) => new Untracked(a))
    : new Untracked(y as Strided);
}

eachRow((row) => {
  const n = row.inputs.length;
  const value = row.variadic
    ? function (this: Untracked, others: readonly unknown[], params: unknown) {
        return call(row, [this, ...others], params);
      }
    : function (this: Untracked, ...rest: readonly unknown[]) {
        return call(row, [this, ...rest.slice(0, n - 1)], rest[n - 1]);
      };
  Object.defineProperty(Untracked.prototype, row.name, { value, writable: true, configurable: true });
});

/** What a composition of ops, written for values with a history, computes on plain arrays. */
export const onArrays = (f: (values: readonly Value[]) => Value, arrays: readonly Strided[]): Strided =>
  (f(arrays.map((a) => new Untracked(a) as unknown as Value)) as unknown as Untracked).array;
