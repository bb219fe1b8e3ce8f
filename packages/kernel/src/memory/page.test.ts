import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import type { Strided } from "../strided/strided.js";
import { wasmBuild } from "../wasm/instance.js";

declare const process: { memoryUsage(): { arrayBuffers: number } };

type Kernel = typeof import("../index.js") & typeof import("../ops/table.js");

describe.skipIf(wasmBuild() === "off")("in a page that is not cross-origin isolated", () => {
  let kernel: Kernel;
  beforeAll(async () => {
    // Such a page has no SharedArrayBuffer; and nothing there ends a job's hold on weak references.
    vi.stubGlobal("SharedArrayBuffer", undefined);
    vi.stubGlobal("WeakRef", undefined);
    vi.resetModules();
    kernel = { ...(await import("../index.js")), ...(await import("../ops/table.js")) };
  });
  afterAll(() => {
    vi.unstubAllGlobals();
    vi.resetModules();
  });

  const one = (y: unknown) => y as Strided;

  test("work that is worth sharing stays on one thread", () => {
    const { Strided, matmul, float32, fill, setThreads } = kernel;
    setThreads(2);
    const x = fill(Strided.zeros(float32, [200, 200]), 0.5);
    for (let i = 0; i < 20; i++) expect(one(matmul.run([x, x], undefined)).peek[7]).toBe(50);
    setThreads(1);
  });

  test("what a synchronous loop drops is collected, moved out of WASM memory or not", () => {
    const { Strided, mul, float32, fill, setHeapLimit, heapUse } = kernel;
    setHeapLimit(16 << 20);
    const x = fill(Strided.zeros(float32, [512, 512]), 2);
    const before = process.memoryUsage().arrayBuffers;
    // 1 MB a turn, 1.2 GB in all.
    for (let i = 0; i < 1200; i++) mul.run([x, 0.5], undefined);
    expect(one(mul.run([x, 0.5], undefined)).peek[5]).toBe(1);
    expect(heapUse().size).toBeLessThan(64 << 20);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(400 << 20);
  });
});
