import { expect, test } from "vitest";
import { bool, type DType, float32, int8, int32, int64 } from "../../dtype/dtype.js";
import { castTo } from "../../strided/copy.js";
import { Strided } from "../../strided/strided.js";
import { cumprod } from "./cumprod.js";
import { cumsum } from "./cumsum.js";

const array = (type: DType, values: readonly number[]): Strided => {
  const x = Strided.zeros(int32, [values.length]);
  values.forEach((v, i) => {
    x.data[i] = v;
  });
  return castTo(x, type);
};
const scanned = (row: typeof cumsum, x: Strided, dtype?: DType): [string, unknown[]] => {
  const y = row.run([x], { dim: 0, dtype }) as Strided;
  return [y.dtype.name, [...y.data]];
};

test("integers and bools add up in the type that is asked for", () => {
  const cases: [DType, DType | undefined, unknown[]][] = [
    [bool, int32, [1, 1, 2]],
    [bool, undefined, [1n, 1n, 2n]],
    [int32, int32, [1, 1, 2]],
    [int32, float32, [1, 1, 2]],
    [int64, int32, [1, 1, 2]],
    [int64, float32, [1, 1, 2]],
  ];
  for (const [from, to, y] of cases)
    expect(scanned(cumsum, array(from, [1, 0, 1]), to)).toEqual([to?.name ?? "int64", y]);
  expect(scanned(cumprod, array(int32, [3, 4, -2]), int32)).toEqual(["int32", [3, 12, -24]]);
});

test("a narrow type wraps around", () => {
  expect(scanned(cumsum, array(int8, [100, 27, 3]), int8)).toEqual(["int8", [100, 127, -126]]);
});
