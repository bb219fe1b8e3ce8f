/** That many random bits from the platform, for seeds that nobody chose. */
export function freshEntropy(bits: number): bigint {
  const words = new Uint32Array(Math.ceil(bits / 32));
  globalThis.crypto.getRandomValues(words);
  let v = 0n;
  for (const w of words) v = (v << 32n) | BigInt(w);
  return BigInt.asUintN(bits, v);
}
