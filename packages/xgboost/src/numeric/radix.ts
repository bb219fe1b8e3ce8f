const BITS = 11;
const RADIX = 1 << BITS;

let room = 0;
let keys = new Uint32Array(0);
let otherKeys = new Uint32Array(0);
let otherValues = new Float32Array(0);
const counts = new Uint32Array(3 * RADIX);

/** Sorts the first `n` float32 keys ascending (no NaN), moving values along; equal keys keep their order. */
export function radixSort(floats: Float32Array, values: Float32Array, n: number): void {
  if (n > room) {
    room = n;
    keys = new Uint32Array(n);
    otherKeys = new Uint32Array(n);
    otherValues = new Float32Array(n);
  }
  const bits = new Uint32Array(floats.buffer, floats.byteOffset, n);
  counts.fill(0);
  for (let i = 0; i < n; i++) {
    const b = bits[i]!;
    // Ordered as unsigned: negative numbers upside down, the others above them.
    const k = (b ^ ((b >> 31) | 0x80000000)) >>> 0;
    keys[i] = k;
    counts[k & (RADIX - 1)]!++;
    counts[RADIX + ((k >>> BITS) & (RADIX - 1))]!++;
    counts[2 * RADIX + (k >>> (2 * BITS))]!++;
  }
  for (let pass = 0; pass < 3; pass++) {
    let sum = 0;
    for (let i = pass * RADIX; i < (pass + 1) * RADIX; i++) {
      const c = counts[i]!;
      counts[i] = sum;
      sum += c;
    }
  }
  move(keys, values, otherKeys, otherValues, n, 0, 0);
  move(otherKeys, otherValues, keys, values, n, BITS, RADIX);
  move(keys, values, otherKeys, otherValues, n, 2 * BITS, 2 * RADIX);
  values.set(otherValues.subarray(0, n));
  for (let i = 0; i < n; i++) {
    const k = otherKeys[i]!;
    bits[i] = k & 0x80000000 ? k ^ 0x80000000 : ~k;
  }
}

function move(
  fromKeys: Uint32Array,
  from: Float32Array,
  toKeys: Uint32Array,
  to: Float32Array,
  n: number,
  shift: number,
  base: number,
): void {
  for (let i = 0; i < n; i++) {
    const k = fromKeys[i]!;
    const at = counts[base + ((k >>> shift) & (RADIX - 1))]!++;
    toKeys[at] = k;
    to[at] = from[i]!;
  }
}
