import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import type { Strided } from "../strided/strided.js";
import { wasmBuild } from "../wasm/instance.js";
import { SWEEPS } from "./torture.js";

type Kernel = typeof import("../index.js") & typeof import("../ops/table.js");

const MB = 1 << 20;
/** What the machine of these tests has: for WASM, and for arrays on the JavaScript heap. */
const WASM_PAGES = (48 * MB) / 65536;
const HEAP = 40 * MB;

/** A machine with little memory: arrays on the JavaScript heap are counted and never collected. */
function small(): { spent: number } {
  const machine = { spent: 0 };
  const { Memory } = WebAssembly;
  const REAL = Float32Array;
  vi.stubGlobal("WebAssembly", {
    ...Object.fromEntries(
      ["Module", "Instance", "validate"].map((k) => [k, WebAssembly[k as keyof typeof WebAssembly]]),
    ),
    Memory: class extends Memory {
      constructor(d: WebAssembly.MemoryDescriptor) {
        super({ ...d, maximum: WASM_PAGES });
      }
    },
  });
  vi.stubGlobal(
    "Float32Array",
    class Float32Array extends REAL {
      constructor(...args: [number]) {
        // Small ones there are always.
        const bytes = typeof args[0] === "number" && args[0] > 1024 ? args[0] * 4 : 0;
        if (machine.spent + bytes > HEAP) throw new RangeError("Array buffer allocation failed");
        super(...args);
        machine.spent += bytes;
      }
    },
  );
  return machine;
}

describe.skipIf(wasmBuild() === "off" || SWEEPS)("where memory ends", () => {
  let kernel: Kernel;
  let machine: { spent: number };
  beforeAll(async () => {
    machine = small();
    vi.stubGlobal("SharedArrayBuffer", undefined);
    vi.resetModules();
    kernel = { ...(await import("../index.js")), ...(await import("../ops/table.js")) };
  });
  afterAll(() => {
    vi.unstubAllGlobals();
    vi.resetModules();
  });

  test("the error says what was asked for, nothing is lost, and it goes on when there is room", () => {
    const { Strided, fill, add, mul, sum, float32, MemoryError, heapUse } = kernel;
    const one = (y: unknown) => y as Strided;
    const total = (x: Strided): number => one(sum.run([x], {})).peek[0] as number;
    const N = 1 << 18;
    const base = fill(Strided.zeros(float32, [N]), 1);
    let kept: Strided[] = [];
    const fillUp = (): unknown => {
      try {
        for (let i = kept.length; i < 500; i++) kept.push(one(add.run([base, i], undefined)));
      } catch (e) {
        return e;
      }
      return undefined;
    };
    const error = fillUp();
    expect(error).toBeInstanceOf(MemoryError);
    expect(String(error)).toBe(
      `MemoryError: out of memory: asked for ${4 * N} bytes (${N} entries of Float32Array).`,
    );
    // Most of both memories was used before it was refused.
    expect(kept.length).toBeGreaterThan(60);
    expect(heapUse().used).toBeGreaterThan(30 * MB);
    kept.forEach((x, i) => expect(total(x)).toBe(N * (i + 1)));

    // In place there is room, and what fails in the middle leaves its operands as they were.
    mul.run([kept[3]!, 2], undefined, kept[3]);
    expect(total(kept[3]!)).toBe(8 * N);
    expect(() => add.run([kept[3]!, base], undefined)).toThrow(MemoryError);
    expect(total(kept[3]!)).toBe(8 * N);
    expect(total(base)).toBe(N);

    kept = kept.slice(0, 20);
    machine.spent = 0;
    expect(fillUp()).toBeInstanceOf(MemoryError);
    expect(kept.length).toBeGreaterThan(40);
    kept.forEach((x, i) => {
      if (i !== 3) expect(total(x)).toBe(N * (i + 1));
    });
  });
});
