/// <reference types="node" />
import { describe, expect, test } from "vitest";
import { wasm, wasmBuild } from "./instance.js";
import { wasmMode } from "./mode.js";

/** A module of one function that multiplies and adds, fused or not. */
const FUSED = new Uint8Array([
  0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 1, 8, 1, 0x60, 3, 0x7b, 0x7b, 0x7b, 1, 0x7b, 3, 2, 1, 0, 10, 13, 1, 11,
  0, 0x20, 0, 0x20, 1, 0x20, 2, 0xfd, 0x85, 0x02, 0x0b,
]);

describe.skipIf(wasmMode() !== "auto")("the build", () => {
  const before = WebAssembly.validate(FUSED);

  test("is that with fused multiply-add, in Node 20 too", () => {
    expect(wasm()).not.toBeNull();
    expect(wasmBuild()).toBe("relaxed");
  });

  test("leaves the platform as it was", () => {
    expect(WebAssembly.validate(FUSED)).toBe(before);
    if (process.versions.node.startsWith("20.")) expect(before).toBe(false);
  });
});
