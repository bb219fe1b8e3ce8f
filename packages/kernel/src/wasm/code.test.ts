/// <reference types="node" />
import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { patch, unpack } from "./code.js";
import { CODE, DIGESTS, PARTS } from "./generated.js";

const digest = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex").slice(0, 32);

test("The packed code unpacks to what the compiler wrote, in all three builds", () => {
  const [simd, common, difference] = unpack(CODE, PARTS);
  expect({
    simd: digest(simd!),
    relaxed: digest(patch(simd!, difference!)),
    common: digest(common!),
  }).toEqual(DIGESTS);
});

test("A difference copies from anywhere in the base, also backwards", () => {
  const base = Uint8Array.from([10, 11, 12, 13, 14]);
  // The head of a section. Two new bytes and three from place 2; none and two from place 0 (5 before the last end); one new byte.
  expect([...patch(base, Uint8Array.from([11, 12, 4, 1, 2, 4, 6, 0, 9, 4, 2, 200, 0, 0]))]).toEqual([
    1, 2, 12, 13, 14, 10, 11, 200,
  ]);
});
