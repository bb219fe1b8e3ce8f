import { describe, expect, test } from "vitest";
import { float32, float64, int32 } from "../dtype/dtype.js";
import { fill } from "../ops/scalar.js";
import { add, matmul, maxPool, mul, sum } from "../ops/table.js";
import { Strided } from "../strided/strided.js";
import { setThreads } from "../threads/pool.js";
import { begin, giveAndTake, scratch } from "../wasm/call.js";
import { wasmBuild } from "../wasm/instance.js";
import { random } from "../wasm/testing.js";
import { heapUse, moveEverything, setHeapLimit } from "./heap.js";
import { Ranges } from "./ranges.js";
import { reclaimable } from "./reclaim.js";
import { SWEEPS } from "./torture.js";

const total = (x: Strided): number => (sum.run([x], {}) as Strided).peek[0] as number;
const whole = (shape: number[], v: number): Strided => fill(Strided.zeros(float32, shape), v);

describe("where arrays are", () => {
  test("a typed array that was handed out stays the array's memory", () => {
    const x = random([100, 100]);
    const held = x.data as Float32Array;
    const y = add.run([x, 1], undefined, x) as Strided;
    expect(y).toBe(x);
    held[5] = 77;
    expect(x.data[5]).toBe(77);
    const twice = mul.run([x, 2], undefined) as Strided;
    expect(twice.data[5]).toBe(154);
    mul.run([x, 0], undefined, x);
    expect(held[5]).toBe(0);
  });

  test("moved out and in again, nothing is lost", () => {
    const xs = Array.from({ length: 5 }, (_, i) => add.run([whole([64, 64], i), 0.5], undefined) as Strided);
    moveEverything();
    xs.forEach((x, i) => expect(total(x)).toBe(4096 * (i + 0.5)));
    moveEverything();
    xs.forEach((x, i) => expect(total(add.run([x, 1], undefined) as Strided)).toBe(4096 * (i + 1.5)));
  });

  test("aliases see the same memory with versions of their own", () => {
    const x = random([5000]);
    const alias = new Strided(x.storage.alias(), x.dtype, x.shape, x.strides, 0);
    expect(alias.storage.sameMemory(x.storage)).toBe(true);
    mul.run([x, 0], undefined, x);
    expect(total(alias)).toBe(0);
    alias.storage.version++;
    expect(x.storage.version).toBe(0);
    expect(alias.storage.address).toBe(x.storage.address);
    expect(random([5000]).storage.sameMemory(x.storage)).toBe(false);
  });

  test("bytes under another type", () => {
    const x = fill(Strided.zeros(float32, [4096]), 1);
    expect(x.storage.data(int32)[7]).toBe(0x3f800000);
    const y = add.run([x, x], undefined) as Strided;
    expect(y.storage.peek(int32)[7]).toBe(0x40000000);
    expect(y.storage.byteLength).toBe(4 * 4096);
  });

  test("memory that was given back is nobody's, and others keep theirs", () => {
    const [a, b] = [add.run([random([4096]), 1], undefined) as Strided, whole([4096], 3)];
    const c = add.run([b, 1], undefined) as Strided;
    a.storage.release();
    expect(total(c)).toBe(4 * 4096);
    if (SWEEPS) expect(() => total(a)).toThrow("after its memory had been given back");
    else if (wasmBuild() !== "off") expect(total(a)).toBe(0);
  });
});

describe.skipIf(wasmBuild() === "off")("a synchronous loop", () => {
  test("holds its memory without a free call", () => {
    setHeapLimit(32 << 20);
    let x = random([256, 256], -1, 1);
    // 1 MB a turn, 1.5 GB in all: far beyond the limit.
    for (let i = 0; i < 1500; i++) {
      const y = mul.run([x, 0.25], undefined) as Strided;
      const z = add.run([y, x], undefined) as Strided;
      x = mul.run([z, 0.5], undefined) as Strided;
      void (mul.run([x, x], undefined) as Strided);
    }
    expect(Number.isFinite(total(x))).toBe(true);
    expect(heapUse().used).toBeLessThanOrEqual(512 << 20);
    expect(heapUse().size).toBeLessThan(600 << 20);
  });

  // Skipped where sweeps do not work.
  test.skipIf(!reclaimable())("lets go of what was pooled without a full collection", () => {
    setHeapLimit(1 << 30);
    const x = random([8, 16, 64, 64]);
    const halves = { kernel: [2, 2], stride: [2, 2] };
    // 1.5 MB a turn, 900 MB in all.
    for (let i = 0; i < 600; i++) void maxPool.run([x], halves);
    expect(heapUse().used).toBeLessThan(300 << 20);
  });

  test("what is alive survives, however much there is", () => {
    setHeapLimit(16 << 20);
    const kept = Array.from(
      { length: 80 },
      (_, i) => add.run([whole([256, 256], i), 1], undefined) as Strided,
    );
    for (let i = 0; i < 200; i++) void add.run([kept[i % 80]!, 1], undefined);
    kept.forEach((x, i) => expect(total(x)).toBe(65536 * (i + 1)));
  });
});

describe.skipIf(wasmBuild() === "off")("sweeps", () => {
  /** Takes and drops a gigabyte. */
  const churn = (turns = 1000): void => {
    const x = whole([512, 512], 1);
    for (let i = 0; i < turns; i++) void add.run([x, i], undefined);
  };
  const family = (n = 60): Strided[] =>
    Array.from({ length: n }, (_, i) => add.run([whole([64, 64], i), 1], undefined) as Strided);
  const intact = (xs: readonly Strided[]): void => {
    xs.forEach((x, i) => expect(total(x)).toBe(4096 * (i + 1)));
  };

  test("work in Node", () => {
    expect(reclaimable()).toBe(true);
  });

  test("are given up where the stack ends before all is seen", () => {
    const kept = family();
    const [big, small] = [whole([1024, 1024], 1), whole([64, 64], 2)];
    const row = add;
    let caught = 0;
    let bottom = 0;
    const dive = (): void => {
      try {
        dive();
      } catch (e) {
        if (!(e instanceof RangeError)) throw e;
        caught++;
      }
      // On the way up there is a little more of it each time.
      if (++bottom > 400) return;
      try {
        void row.run([bottom % 2 ? big : small, 1], undefined);
      } catch (e) {
        if (!(e instanceof RangeError)) throw e;
      }
    };
    dive();
    expect(caught).toBeGreaterThan(0);
    intact(kept);
    churn(200);
    intact(kept);
  });

  test("do not hang on what a program tells Node's inspector", async () => {
    const util = (await import("node:util" as string)) as {
      inspect: { defaultOptions: Record<string, unknown> };
    };
    const before = { ...util.inspect.defaultOptions };
    Object.assign(util.inspect.defaultOptions, {
      customInspect: false,
      maxArrayLength: 3,
      depth: 0,
      showHidden: false,
      showProxy: true,
      compact: false,
    });
    try {
      const kept = family();
      churn();
      intact(kept);
    } finally {
      Object.assign(util.inspect.defaultOptions, before);
    }
  });

  test("leave what only a view, an alias or a typed array still looks at", () => {
    const views = family().map((x) => x.view([64], [64], 0));
    const aliases = family().map((x) => new Strided(x.storage.alias(), x.dtype, x.shape, x.strides, 0));
    const arrays = family().map((x) => x.data as Float32Array);
    churn();
    views.forEach((x, i) => expect(total(x)).toBe(64 * (i + 1)));
    intact(aliases);
    arrays.forEach((data, i) => expect(data.every((v) => v === i + 1)).toBe(true));
  });

  test("leave what a closure holds, and what a thread works on", () => {
    const later = family().map((x) => () => x);
    setThreads(2);
    const [a, b] = [whole([300, 300], 1), whole([300, 300], 2)];
    for (let i = 0; i < 60; i++) {
      // The operands have no other holder than the call.
      const y = matmul.run(
        [add.run([a, 0], undefined) as Strided, add.run([b, 0], undefined) as Strided],
        undefined,
      );
      expect(total(y as Strided)).toBe(300 * 300 * 600);
      if (i % 10 === 0) churn(40);
    }
    setThreads(1);
    intact(later.map((f) => f()));
  });

  test("what an op left behind that ended by an exception is nobody's", () => {
    const held = whole([100], 5);
    void held.data;
    const x = whole([1000], 1);
    begin();
    expect(giveAndTake(held)).not.toBe(0);
    expect(scratch(2 << 20)).not.toBe(0);
    const { used } = heapUse();
    // Neither `end` nor `abandon`: the next op finds the call open.
    const y = add.run([x, 1], undefined) as Strided;
    expect(total(y)).toBe(2000);
    expect(total(held)).toBe(500);
    expect(heapUse().used).toBeLessThan(used);
  });
});

test("free ranges are merged and fit again", () => {
  const r = new Ranges();
  for (let i = 0; i < 10; i++) r.give(1000 + i * 64, 64);
  r.give(5000, 128);
  expect(r.take(640)).toBe(1000);
  expect(r.take(64)).toBe(5000);
  expect(r.take(64)).toBe(5064);
  expect(r.take(64)).toBe(0);
});

test("too much is refused with what was asked for", () => {
  expect(() => Strided.zeros(float64, [2 ** 40])).toThrow(/elements of float64/);
});
