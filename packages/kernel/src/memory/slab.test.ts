import { describe, expect, test } from "vitest";
import { bool, complex128, type DType, float32, float64, int32, int64 } from "../dtype/dtype.js";
import { add } from "../ops/table.js";
import { Strided } from "../strided/strided.js";
import { Slab } from "./slab.js";
import { TORTURE } from "./torture.js";

describe.skipIf(TORTURE)("small arrays cut from shared buffers", () => {
  test("they begin with zeros and none reaches into another", () => {
    const types: DType[] = [float32, float64, int64, bool, complex128];
    const arrays = Array.from({ length: 400 }, (_, i) => Strided.zeros(types[i % 5]!, [(i * 7) % 50]));
    arrays.forEach((x, i) => {
      expect(x.data).toHaveLength(x.size * x.dtype.lanes);
      expect([...x.data].every((v) => Number(v) === 0)).toBe(true);
      (x.data as Float32Array).fill((x.dtype.big ? BigInt(i) : i) as number);
    });
    arrays.forEach((x, i) => {
      expect([...x.data].every((v) => Number(v) === (x.dtype === bool ? i % 256 : i))).toBe(true);
    });
  });

  test("one that is parted keeps its elements and every array that shares it", () => {
    const x = Strided.zeros(float32, [30]);
    const row = x.view([10], [1], 20);
    add.run([x, 2.5], undefined, x);
    expect(x.data.buffer).toBeInstanceOf(Slab);
    expect(x.storage.data(int32)[7]).toBe(0x40200000);
    const alias = new Strided(x.storage.alias(), float32, [30], [1], 0);
    x.storage.part();
    expect(x.data.buffer.byteLength).toBe(120);
    add.run([row, 1], undefined, row);
    expect([x.data[19], x.data[20], alias.data[29]]).toEqual([2.5, 3.5, 3.5]);
    expect(x.storage.data(int32)[29]).toBe(0x40600000);
  });

  test("an address stays what it was told to be", () => {
    const x = Strided.zeros(float32, [30]);
    const { address } = x.storage;
    x.storage.part();
    expect(x.storage.address).toBe(address);
    expect(Strided.zeros(float32, [30]).storage.address).not.toBe(address);
  });

  test("what somebody else took is left alone", () => {
    const own = new Float32Array(64).subarray(8, 40);
    const x = Strided.over(own, float32, [32]);
    x.storage.part();
    expect(x.data).toBe(own);
  });
});
