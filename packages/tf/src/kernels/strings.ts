import { fingerprint, sipHash } from "@cognate/keras/tensorflow";
import { int32, int64 } from "@cognate/kernel";
import { repr } from "@cognate/py";
import { KernelProblem } from "../core/errors.js";
import type { OpRow } from "../core/row.js";
import { bytesOf, fromBytes, StringArray, toBytes } from "../core/strings.js";
import type { Value } from "../shared.js";
import { formatted } from "./as-string.js";
import { fullMatch, replaced } from "./regex.js";
import { fingerprints, ngrams, split } from "./string-pieces.js";
import { stretchStrings } from "./string-places.js";
import { summary } from "./summary.js";
import { broadcastDims, intsValue, numbers, reshape, same, size, stretched, valueOf } from "./tools.js";
import { unicode } from "./unicode.js";

const strings = (d: unknown): StringArray => d as StringArray;
const mapped = (f: (text: string) => string): OpRow => ({
  run: ([x]) => new StringArray(strings(x).shape, strings(x).data.map(f)),
  shape: same,
});
/** Letters of other case: those of ASCII, or all in UTF-8. */
const cased = (f: (text: string) => string, ascii: RegExp): OpRow => ({
  run: ([x], a) => {
    const all = a.text("encoding") === "utf-8";
    return new StringArray(
      strings(x).shape,
      strings(x).data.map((t) => (all ? toBytes(f(fromBytes(t))) : t.replace(ascii, f))),
    );
  },
  shape: same,
});
const numbered = (x: StringArray, list: readonly (number | bigint)[], type: typeof int32): Value =>
  reshape(valueOf([...list], type), x.shape);

const UNITS = { BYTE: (t: string) => t, UTF8_CHAR: (t: string) => [...fromBytes(t)] } as const;
const units = (text: string, unit: string): readonly string[] =>
  unit === "UTF8_CHAR" ? UNITS.UTF8_CHAR(text).map(toBytes) : [...text];

function joined(list: readonly StringArray[], separator: string): StringArray {
  const shape = list.reduce<readonly number[]>((s, x) => broadcastDims(s, x.shape) as number[], []);
  const bad = list.find((x) => x.shape.length > 0 && x.shape.join() !== shape.join());
  if (bad)
    throw new KernelProblem(`Input shapes do not match: [${shape.join(",")}] vs. [${bad.shape.join(",")}]`);
  const wide = list.map((x) => stretchStrings(x, shape));
  return new StringArray(
    shape,
    Array.from({ length: wide[0]?.length ?? 0 }, (_, i) => wide.map((w) => w[i]).join(separator)),
  );
}

function reduceJoin(x: StringArray, axes: readonly number[], separator: string, keep: boolean): StringArray {
  const rank = x.shape.length;
  const dims = axes.map((a) => (a < 0 ? a + rank : a));
  const kept = x.shape.map((_, i) => i).filter((i) => !dims.includes(i));
  const strides = x.shape.map((_, i) => x.shape.slice(i + 1).reduce((p, d) => p * d, 1));
  const offsets = (list: readonly number[]): number[] =>
    list.reduce<number[]>(
      (out, d) => out.flatMap((o) => Array.from({ length: x.shape[d]! }, (_, i) => o + i * strides[d]!)),
      [0],
    );
  // The first axis is joined first.
  const inner = offsets([...dims].reverse());
  const data = offsets(kept).map((o) => inner.map((i) => x.data[o + i]).join(separator));
  return new StringArray(
    x.shape.flatMap((d, i) => (dims.includes(i) ? (keep ? [1] : []) : [d])),
    data,
  );
}

function substr(x: StringArray, pos: Value, len: Value, unit: string): StringArray {
  const shape = broadcastDims(x.shape, pos.shape) as number[];
  const texts = stretchStrings(x, shape);
  const [from, size] = [pos, len].map((v) => numbers(v.expand({ shape }) as Value)) as [number[], number[]];
  return new StringArray(
    shape,
    texts.map((t, i) => {
      const list = units(t, unit);
      const p = from[i]!;
      if (p > list.length || p < -list.length)
        throw new KernelProblem(`pos ${p} out of range for string ${reprBytes(t)} at index ${i}`);
      const start = p < 0 ? p + list.length : p;
      return list.slice(start, size[i]! < 0 ? undefined : start + size[i]!).join("");
    }),
  );
}
const reprBytes = (t: string): string => repr(bytesOf(t));

/** FarmHash's and Python's relatives live elsewhere; this is FNV-like `Hash64` of TensorFlow (MurmurHash64A). */
function hash64(text: string, seed = 0xdecafcaffen): bigint {
  const m = 0xc6a4a7935bd1e995n;
  const mask = 0xffffffffffffffffn;
  const b = bytesOf(text);
  let h = (seed ^ (BigInt(b.length) * m)) & mask;
  const whole = b.length - (b.length % 8);
  const word = (at: number, n: number): bigint => {
    let k = 0n;
    for (let i = n - 1; i >= 0; i--) k = (k << 8n) | BigInt(b[at + i]!);
    return k;
  };
  for (let i = 0; i < whole; i += 8) {
    let k = (word(i, 8) * m) & mask;
    k ^= k >> 47n;
    k = (k * m) & mask;
    h = ((h ^ k) * m) & mask;
  }
  if (whole < b.length) {
    h ^= word(whole, b.length - whole);
    h = (h * m) & mask;
  }
  h ^= h >> 47n;
  h = (h * m) & mask;
  h ^= h >> 47n;
  return h;
}

const digits = (text: string): string => text.trim();
function toNumber(text: string, type: string): number | bigint {
  const t = digits(text);
  const whole = type.startsWith("int");
  const ok = whole
    ? /^[-+]?\d+$/.test(t)
    : t !== "" &&
      (/^[-+]?0x[\da-f]+$/i.test(t) ||
        /^[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?$/.test(t) ||
        /^[-+]?(inf|infinity|nan)$/i.test(t));
  if (!ok) throw new KernelProblem(`StringToNumberOp could not correctly convert string: ${text}`);
  if (type === "int64") return BigInt(t);
  if (/inf/i.test(t)) return t.startsWith("-") ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  if (/0x/i.test(t)) return (t.startsWith("-") ? -1 : 1) * Number.parseInt(t.replace(/^[-+]/, ""), 16);
  return /nan/i.test(t) ? Number.NaN : Number(t);
}

const BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
function encode64(text: string, pad: boolean): string {
  let out = "";
  for (let i = 0; i < text.length; i += 3) {
    const n =
      (text.charCodeAt(i) << 16) | ((text.charCodeAt(i + 1) || 0) << 8) | (text.charCodeAt(i + 2) || 0);
    const k = Math.min(3, text.length - i);
    for (let j = 0; j <= k; j++) out += BASE64[(n >> (18 - 6 * j)) & 63];
    if (pad) out += "=".repeat(3 - k);
  }
  return out;
}
function decode64(text: string): string {
  let bits = 0;
  let n = 0;
  let out = "";
  for (const c of text.replace(/=+$/, "")) {
    const v = BASE64.indexOf(c);
    if (v < 0) throw new KernelProblem("Invalid character found in base64.");
    bits = (bits << 6) | v;
    n += 6;
    if (n >= 8) {
      n -= 8;
      out += String.fromCharCode((bits >> n) & 255);
    }
  }
  return out;
}

/** Texts. */
export const stringRows: Readonly<Record<string, OpRow>> = {
  StringJoin: {
    run: (xs, a) =>
      xs.length === 0 ? new StringArray([], [""]) : joined(xs.map(strings), toBytes(a.text("separator"))),
  },
  ReduceJoin: {
    run: ([x, axes], a) =>
      reduceJoin(strings(x), numbers(axes as Value), toBytes(a.text("separator")), a.bool("keep_dims")),
  },
  StringLower: cased((t) => t.toLowerCase(), /[A-Z]+/g),
  StringUpper: cased((t) => t.toUpperCase(), /[a-z]+/g),
  StringStrip: mapped((t) => t.replace(/^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$/g, "")),
  StringLength: {
    run: ([x], a) =>
      numbered(
        strings(x),
        strings(x).data.map((t) => units(t, a.text("unit")).length),
        int32,
      ),
    shape: same,
  },
  Substr: {
    run: ([x, p, n], a) => substr(strings(x), p as Value, n as Value, a.text("unit")),
    shape: (c) => stretched({ ...c, shapes: c.shapes.slice(0, 2) }),
  },
  StringToNumber: {
    run: ([x], a) => {
      const type = a.type("out_type");
      return reshape(
        valueOf(
          strings(x).data.map((t) => toNumber(t, type.name)),
          type.kernel,
        ),
        strings(x).shape,
      );
    },
    shape: same,
  },
  AsString: {
    run: ([x], a) => {
      if (x instanceof StringArray) {
        const width = a.int("width");
        const left = a.text("fill") === "-";
        return new StringArray(
          x.shape,
          x.data.map((t) => (width < 0 ? t : left ? t.padEnd(width) : t.padStart(width))),
        );
      }
      return formatted(x as Value, a);
    },
    shape: same,
  },
  RegexReplace: {
    run: ([x, p, r], a) =>
      replaced(strings(x), strings(p).data[0]!, strings(r).data[0]!, a.bool("replace_global")),
    shape: ({ shapes }) => [shapes[0]!],
  },
  StaticRegexReplace: {
    run: ([x], a) =>
      replaced(strings(x), toBytes(a.text("pattern")), toBytes(a.text("rewrite")), a.bool("replace_global")),
    shape: same,
  },
  RegexFullMatch: {
    run: ([x, p]) => fullMatch(strings(x), strings(p).data[0]!),
    shape: ({ shapes }) => [shapes[0]!],
  },
  StaticRegexFullMatch: { run: ([x], a) => fullMatch(strings(x), toBytes(a.text("pattern"))), shape: same },
  StringSplitV2: {
    run: ([x, sep], a) => {
      const rows = strings(x).data.map((t) => split(t, strings(sep).data[0]!, a.int("maxsplit")));
      const most = Math.max(0, ...rows.map((r) => r.length));
      const flat = rows.flat();
      return [
        reshape(
          intsValue(
            rows.flatMap((r, i) => r.flatMap((_, j) => [i, j])),
            int64,
          ),
          [flat.length, 2],
        ),
        new StringArray([flat.length], flat),
        intsValue([rows.length, most], int64),
      ];
    },
    shape: () => [[null, 2], [null], [2]],
  },
  StringToHashBucketFast: {
    run: ([x], a) =>
      numbered(
        strings(x),
        strings(x).data.map((t) => fingerprint(bytesOf(t)) % BigInt(a.int("num_buckets"))),
        int64,
      ),
    shape: same,
  },
  StringToHashBucketStrong: {
    run: ([x], a) => {
      const [k0, k1] = a.ints("key").map((k) => BigInt.asUintN(64, BigInt(k))) as [bigint, bigint];
      return numbered(
        strings(x),
        strings(x).data.map((t) => sipHash(bytesOf(t), [k0, k1]) % BigInt(a.int("num_buckets"))),
        int64,
      );
    },
    shape: same,
  },
  StringFormat: {
    run: (xs, a) => {
      const parts = a.text("template").split(a.text("placeholder"));
      const text = parts.reduce(
        (out, p, i) => out + (i > 0 ? summary(xs[i - 1]!, a.int("summarize")) : "") + p,
        "",
      );
      return new StringArray([], [toBytes(text)]);
    },
    shape: () => [[]],
  },
  StringToHashBucket: {
    run: ([x], a) =>
      numbered(
        strings(x),
        strings(x).data.map((t) => hash64(t) % BigInt(a.int("num_buckets"))),
        int64,
      ),
    shape: same,
  },
  EncodeBase64: {
    run: ([x], a) =>
      new StringArray(
        strings(x).shape,
        strings(x).data.map((t) => encode64(t, a.bool("pad"))),
      ),
    shape: same,
  },
  DecodeBase64: mapped(decode64),
  UnsortedSegmentJoin: {
    run: ([x, ids, n], a) => {
      const list = numbers(ids as Value);
      const count = numbers(n as Value)[0]!;
      const inner = strings(x).shape.slice((ids as Value).shape.length);
      const each = size(inner);
      const out = Array.from({ length: count * each }, (_, k) =>
        list
          .flatMap((id, i) => (id === Math.floor(k / each) ? [strings(x).data[i * each + (k % each)]!] : []))
          .join(a.text("separator")),
      );
      return new StringArray([count, ...inner], out);
    },
  },
  StringNGrams: ngrams,
  ...unicode,
  Fingerprint: fingerprints,
  ShardedFilename: {
    run: ([base, shard, n]) => {
      const [i, all] = [shard, n].map((v) => String(numbers(v as Value)[0]).padStart(5, "0"));
      return new StringArray([], [`${strings(base).data[0]}-${i}-of-${all}`]);
    },
    shape: () => [[]],
  },
  ShardedFilespec: {
    run: ([base, n]) =>
      new StringArray(
        [],
        [`${strings(base).data[0]}-?????-of-${String(numbers(n as Value)[0]).padStart(5, "0")}`],
      ),
    shape: () => [[]],
  },
};
