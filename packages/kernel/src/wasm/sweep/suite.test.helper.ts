import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { setThreads } from "../../threads/pool.js";
import { wasmBuild } from "../instance.js";
import { KERNELS } from "../kernels/table.js";
import { ELEMENTWISE_PATHS, ROWS } from "./elementwise.test.helper.js";
import { LAYER_PATHS } from "./layers.test.helper.js";
import { LINE_PATHS } from "./lines.test.helper.js";
import { REST_PATHS } from "./rest.test.helper.js";
import { isKernel, kernelsThatRan, sweep, watchKernels } from "./sweep.test.helper.js";

const PATHS = [...ELEMENTWISE_PATHS, ...LINE_PATHS, ...LAYER_PATHS, ...REST_PATHS];

/** The sweep on one build of the kernels; other builds have a process of their own. */
export function sweepOn(build: "relaxed" | "simd"): void {
  const there = wasmBuild() === build;
  describe.skipIf(!there)(`fast paths on the build ${build}`, () => {
    let names: string[];
    beforeAll(() => {
      setThreads(1);
      names = watchKernels();
    });
    afterAll(() => setThreads(1));

    test.each(PATHS.map((p) => [p.name, p] as const))("%s", (_name, path) => {
      expect(sweep(path)).toEqual([]);
    });

    test("no kernel is left out", () => {
      const ran = kernelsThatRan();
      // Those of several threads together: see threads.test.ts.
      const left = names.filter(
        (name) => isKernel(name) && !ran.has(name) && !/^(gemm_packed|pack)_/.test(name),
      );
      expect(left).toEqual([]);
      // Rows name kernels that there are, and no kernel is without a row.
      const named = new Set(ROWS.flatMap((row) => Object.values(row.simd!)));
      expect([...named].filter((name) => !(name in KERNELS))).toEqual([]);
      expect(Object.keys(KERNELS).filter((name) => !named.has(name))).toEqual([]);
    });
  });
}
