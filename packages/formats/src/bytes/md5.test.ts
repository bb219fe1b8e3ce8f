import { expect, test } from "vitest";
import { md5 } from "./md5.js";

/* The sums of RFC 1321, and those of lengths around a block's end. */

const LETTERS = "abcdefghijklmnopqrstuvwxyz";
test.each([
  ["", "d41d8cd98f00b204e9800998ecf8427e"],
  ["a", "0cc175b9c0f1b6a831c399e269772661"],
  ["abc", "900150983cd24fb0d6963f7d28e17f72"],
  ["message digest", "f96b697d7cb7938d525a2f31aaf161d0"],
  [LETTERS, "c3fcd3d76192e4007dfb496cca67e13b"],
  [`${LETTERS.toUpperCase()}${LETTERS}0123456789`, "d174ab98d277d9f5a5611c2c9f419d9f"],
  ["1234567890".repeat(8), "57edf4a22be3c955ac49da2e2107b67a"],
  ["x".repeat(55), "04364420e25c512fd958a70738aa8f72"],
  ["x".repeat(56), "668a72d5ba17f08e62dabcafad6db14b"],
  ["x".repeat(57), "693037871c4a9d3d8685018905cb530a"],
  ["x".repeat(63), "7dc2ca208106a2f703567bdff99d8981"],
  ["x".repeat(64), "c1bb4f81d892b2d57947682aeb252456"],
  ["x".repeat(65), "1bc932052302d074bdec39795fe00cf6"],
  ["x".repeat(119), "ab347a5f68c8a443cfcddc633f12c24f"],
  ["x".repeat(120), "fb98667f98096de92620b64f46e1c5b5"],
  ["x".repeat(1000), "398533d48111e9f664b1f64cb10c4b63"],
])("MD5 of %j", (text, want) => {
  const sum = md5(new TextEncoder().encode(text));
  expect([...sum].map((b) => b.toString(16).padStart(2, "0")).join("")).toBe(want);
});
