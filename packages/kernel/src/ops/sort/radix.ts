const LITTLE_ENDIAN = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1;
const [LOW, HIGH] = LITTLE_ENDIAN ? [0, 1] : [1, 0];

/** Shorter lines are left to the engine's own sort. */
const LEAST = 4096;
/** A number is six digits of 11 bits; the highest has 9. */
const BUCKETS = 2048;
const MASK = BUCKETS - 1;
/** For each digit the half that it lies in and by how much that is shifted; the third lies in both. */
const DIGITS = [[LOW, 0], [LOW, 11], null, [HIGH, 1], [HIGH, 12], [HIGH, 23]] as const;

/**
 * Sorts numbers in place, −0 before 0 and NaN last: digit by digit from the lowest, by their bits, which leaves the negative
 * ones behind the others and the wrong way round.
 */
export function sortFloats(line: Float64Array): void {
  if (line.length < LEAST) {
    line.sort();
    return;
  }
  const n = numbersFirst(line);
  let from = line.slice(0, n);
  let to = new Float64Array(n);
  const counts = countDigits(words(from), n);
  DIGITS.forEach((place, digit) => {
    const starts = counts.subarray(digit * BUCKETS, (digit + 1) * BUCKETS);
    if (!accumulate(starts, n)) return;
    if (place) pass(from, words(from), to, starts, place[0], place[1]);
    else passAcross(from, words(from), to, starts);
    [from, to] = [to, from];
  });
  unfold(from, line, n);
}

const words = (x: Float64Array): Int32Array => new Int32Array(x.buffer, x.byteOffset, 2 * x.length);

/** Moves NaNs to the end; returns how many numbers there are. */
function numbersFirst(line: Float64Array): number {
  let n = 0;
  for (let i = 0; i < line.length; i++) {
    const v = line[i]!;
    if (!Number.isNaN(v)) line[n++] = v;
  }
  line.fill(Number.NaN, n);
  return n;
}

function countDigits(x: Int32Array, n: number): Uint32Array {
  const counts = new Uint32Array(DIGITS.length * BUCKETS);
  for (let i = 0; i < 2 * n; i += 2) {
    const [low, high] = [x[i + LOW]!, x[i + HIGH]!];
    counts[low & MASK]!++;
    counts[BUCKETS + ((low >>> 11) & MASK)]!++;
    counts[2 * BUCKETS + (((low >>> 22) | (high << 10)) & MASK)]!++;
    counts[3 * BUCKETS + ((high >>> 1) & MASK)]!++;
    counts[4 * BUCKETS + ((high >>> 12) & MASK)]!++;
    counts[5 * BUCKETS + (high >>> 23)]!++;
  }
  return counts;
}

/** Counts become starts; `false` where all numbers share the digit. */
function accumulate(counts: Uint32Array, n: number): boolean {
  let sum = 0;
  for (let b = 0; b < counts.length; b++) {
    const count = counts[b]!;
    if (count === n) return false;
    counts[b] = sum;
    sum += count;
  }
  return true;
}

function pass(
  from: Float64Array,
  x: Int32Array,
  to: Float64Array,
  starts: Uint32Array,
  half: number,
  shift: number,
): void {
  for (let i = 0, o = half; i < from.length; i++, o += 2) to[starts[(x[o]! >>> shift) & MASK]!++] = from[i]!;
}

function passAcross(from: Float64Array, x: Int32Array, to: Float64Array, starts: Uint32Array): void {
  for (let i = 0, o = 0; i < from.length; i++, o += 2)
    to[starts[((x[o + LOW]! >>> 22) | (x[o + HIGH]! << 10)) & MASK]!++] = from[i]!;
}

/** Writes numbers that are in order of their bits in their own order. */
function unfold(from: Float64Array, to: Float64Array, n: number): void {
  let [low, high] = [0, n];
  while (low < high) {
    const mid = (low + high) >> 1;
    if (from[mid]! < 0 || Object.is(from[mid], -0)) high = mid;
    else low = mid + 1;
  }
  const negatives = n - low;
  to.set(from.subarray(0, low), negatives);
  for (let i = 0, j = n - 1; i < negatives; i++, j--) to[i] = from[j]!;
}
