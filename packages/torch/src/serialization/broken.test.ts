import { fixtureBytes, fixtureExists } from "@cognate/testing";
import { describe, expect, test } from "vitest";
import * as torch from "../index.js";
import * as safetensors from "../safetensors/index.js";

// Files broken at random: each opens with a result, or with an error of Python's that says what is wrong.

const { process } = globalThis as unknown as {
  process: { env: Record<string, string | undefined>; memoryUsage(): { arrayBuffers: number } };
};
/** Broken copies of each file; more by the environment variable for a long run. */
const ROUNDS = Number(process.env.COGNATE_FUZZ ?? 60);
const SLOWEST = 5000;
const allowance = (size: number) => 16 * 2 ** 20 + 32 * size;

/** A sequence that depends on its seed alone. */
function randoms(seed: number): (n: number) => number {
  let s = seed;
  return (n) => {
    s = (Math.imul(s ^ (s >>> 15), 0x2c1b3c6d) + 0x9e3779b9) | 0;
    let x = Math.imul(s ^ (s >>> 12), 0x297a2d39);
    x ^= x >>> 15;
    return Math.floor(((x >>> 0) / 2 ** 32) * n);
  };
}

function broken(bytes: Uint8Array, random: (n: number) => number): Uint8Array {
  const out = bytes.slice();
  const kind = random(8);
  if (kind === 0) return out.subarray(0, random(out.length));
  if (kind === 1) out.copyWithin(random(out.length), random(out.length), random(out.length));
  else if (kind === 2) {
    const at = random(out.length);
    out.fill(random(256), at, at + random(64));
  } else for (let i = 0; i <= random(6); i++) out[random(out.length)] = random(256);
  return out;
}

const whole = (b: Uint8Array): unknown => torch.load(b, { weights_only: false });
const FILES: Readonly<Record<string, readonly ((b: Uint8Array) => unknown)[]>> = {
  "formats/torch/checkpoint.pt": [torch.load, whole],
  "formats/torch/views.pt": [torch.load],
  "formats/torch/dtypes.pt": [torch.load],
  "formats/torch/module.pt": [whole],
  "formats/torch/module.pth": [whole],
  "formats/torch/nested.pth": [torch.load, whole],
  "formats/torch/tar.pth": [whole],
  "formats/safetensors/names.safetensors": [safetensors.load],
  "torch/resume/adamw-onecycle.pt": [torch.load],
  "torch/jit/flow.pt": [torch.jit.load, whole],
  "torch/jit/vae.pt": [torch.jit.load],
  "torch/jit/network-traced.pt": [torch.jit.load],
  "torch/export/layers.pt2": [(b) => torch.export.load(b).module()],
  "torch/export/branches.pt2": [(b) => torch.export.load(b).module()],
};

/** Errors that JavaScript itself raises: a value was taken for something that it is not. */
const ACCIDENTS = [TypeError, RangeError, ReferenceError, SyntaxError];

describe("broken files", () => {
  const cases = Object.entries(FILES).flatMap(([file, loads]) => loads.map((load, i) => ({ file, load, i })));
  test.each(cases)("$file $i", ({ file, load, i }) => {
    expect(fixtureExists(file)).toBe(true);
    const bytes = fixtureBytes(file);
    const random = randoms([...file].reduce((h, c) => Math.imul(h, 31) + c.charCodeAt(0), i + 7));
    for (let round = 0; round < ROUNDS; round++) {
      const input = broken(bytes, random);
      const [start, before] = [performance.now(), process.memoryUsage().arrayBuffers];
      try {
        load(input);
      } catch (e) {
        expect(e).toBeInstanceOf(Error);
        const accident = ACCIDENTS.some((C) => (e as Error).constructor === C);
        if (accident) throw new Error(`round ${round}: ${String(e)}`, { cause: e });
        expect((e as Error).message.length + (e as Error).constructor.name.length).toBeGreaterThan(0);
      }
      expect(performance.now() - start).toBeLessThan(SLOWEST);
      expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(allowance(bytes.length));
    }
  });
});
