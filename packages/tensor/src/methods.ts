import { eachRow, type OpRow, type Scalar } from "@cognate/kernel";
import { Value } from "./value.js";

type Rest = readonly unknown[];

type Apply = (row: OpRow, inputs: readonly (Value | Scalar | null)[], params: unknown) => Value | Value[];

/** Gives {@link Value} one method a row of the table. */
export function installMethods(apply: Apply): void {
  eachRow((row) => {
    const n = row.inputs.length;
    const method = row.variadic
      ? function (this: Value, others: readonly Value[], params: unknown) {
          return apply(row, [this, ...others], params);
        }
      : n === 1
        ? function (this: Value, params: unknown) {
            return apply(row, [this], params);
          }
        : n === 2
          ? function (this: Value, b: Value | Scalar | null, params: unknown) {
              return apply(row, [this, b], params);
            }
          : function (this: Value, ...rest: Rest) {
              return apply(row, [this, ...(rest.slice(0, n - 1) as (Value | null)[])], rest[n - 1]);
            };
    Object.defineProperty(Value.prototype, row.name, { value: method, writable: true, configurable: true });
  });
}
