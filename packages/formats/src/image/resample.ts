import { CHANNELS, type Pixels } from "./pixels.js";

/* Images of 8 bits in another size, as Pillow does it: a filter along each axis, in whole numbers. */

export type Resampling = "nearest" | "bilinear" | "bicubic" | "hamming" | "box" | "lanczos";
const sinc = (x: number): number => (x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x));
/** Filters and how far they reach. */
const FILTERS: Readonly<
  Record<Exclude<Resampling, "nearest">, readonly [reach: number, f: (x: number) => number]>
> = {
  box: [0.5, (x) => (x > -0.5 && x <= 0.5 ? 1 : 0)],
  bilinear: [1, (x) => Math.max(0, 1 - Math.abs(x))],
  hamming: [
    1,
    (given) => {
      const x = Math.abs(given);
      return x === 0 ? 1 : x >= 1 ? 0 : sinc(x) * (0.54 + 0.46 * Math.cos(Math.PI * x));
    },
  ],
  bicubic: [
    2,
    (given) => {
      const [x, a] = [Math.abs(given), -0.5];
      if (x < 1) return ((a + 2) * x - (a + 3)) * x * x + 1;
      return x < 2 ? (((x - 5) * x + 8) * x - 4) * a : 0;
    },
  ],
  lanczos: [3, (x) => (x >= -3 && x < 3 ? sinc(x) * sinc(x / 3) : 0)],
};
/** Bits behind the point: 32, less those of a pixel and two to spare. */
const PRECISION = 32 - 8 - 2;

/** A part of an image: left, top, right, bottom. */
export type Box = readonly [number, number, number, number];

interface Taps {
  readonly first: Int32Array;
  readonly weights: readonly Int32Array[];
}
function tapsOf(
  size: number,
  from: number,
  to: number,
  out: number,
  kind: Exclude<Resampling, "nearest">,
): Taps {
  const [reach, f] = FILTERS[kind];
  const scale = (to - from) / out;
  const wide = Math.max(scale, 1);
  const support = reach * wide;
  const first = new Int32Array(out);
  const weights: Int32Array[] = [];
  for (let i = 0; i < out; i++) {
    const centre = from + (i + 0.5) * scale;
    const low = Math.max(0, Math.trunc(centre - support + 0.5));
    const high = Math.min(size, Math.trunc(centre + support + 0.5));
    const own = Array.from({ length: high - low }, (_, k) => f((k + low - centre + 0.5) * (1 / wide)));
    const sum = own.reduce((s, w) => s + w, 0);
    first[i] = low;
    weights.push(
      Int32Array.from(own, (w) => {
        const x = (sum === 0 ? w : w / sum) * 2 ** PRECISION;
        return Math.trunc(x < 0 ? x - 0.5 : x + 0.5);
      }),
    );
  }
  return { first, weights };
}

/** One axis of `[outer, size, inner]` filtered. */
function along(data: Uint8Array, outer: number, size: number, inner: number, taps: Taps): Uint8Array {
  const n = taps.first.length;
  const out = new Uint8ClampedArray(outer * n * inner);
  for (let o = 0; o < outer; o++)
    for (let i = 0; i < n; i++) {
      const own = taps.weights[i]!;
      const start = (o * size + taps.first[i]!) * inner;
      for (let k = 0; k < inner; k++) {
        let sum = 1 << (PRECISION - 1);
        for (let t = 0; t < own.length; t++) sum += data[start + t * inner + k]! * own[t]!;
        out[(o * n + i) * inner + k] = Math.floor(sum / 2 ** PRECISION);
      }
    }
  return new Uint8Array(out.buffer);
}

function nearest(image: Pixels, data: Uint8Array, width: number, height: number, box: Box): Uint8Array {
  const channels = CHANNELS[image.mode];
  const out = new Uint8Array(width * height * channels);
  const place = (i: number, from: number, to: number, n: number): number =>
    Math.trunc(from + (i + 0.5) * ((to - from) / n));
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const p = (place(y, box[1], box[3], height) * image.width + place(x, box[0], box[2], width)) * channels;
      for (let k = 0; k < channels; k++) out[(y * width + x) * channels + k] = data[p + k]!;
    }
  return out;
}

/** Colours times alpha, or that taken back: transparent pixels must not colour their neighbours. */
function weighted(data: Uint8Array, channels: number, back: boolean): Uint8Array {
  if (channels !== 2 && channels !== 4) return data;
  const out = data.slice();
  for (let p = 0; p < data.length; p += channels) {
    const a = data[p + channels - 1]!;
    for (let k = p; k < p + channels - 1; k++) {
      const v = data[k]!;
      if (back) out[k] = a === 0 || a === 255 ? v : Math.min(255, Math.trunc((255 * v) / a));
      else {
        const t = v * a + 128;
        out[k] = ((t >> 8) + t) >> 8;
      }
    }
  }
  return out;
}

/** An image of 8 bits, or a part of it, in another size. Source: Pillow's Resample.c. */
export function resampled(
  image: Pixels,
  width: number,
  height: number,
  kind: Resampling,
  box: Box = [0, 0, image.width, image.height],
): Pixels {
  const channels = CHANNELS[image.mode];
  const given = image.data as Uint8Array;
  const made = (data: Uint8Array): Pixels => ({ width, height, mode: image.mode, bits: 8, data });
  if (kind === "nearest") return made(nearest(image, given, width, height, box));
  let data = weighted(given, channels, false);
  const whole = (n: number, from: number, to: number, out: number): boolean =>
    from === 0 && to === n && n === out;
  if (!whole(image.width, box[0], box[2], width))
    data = along(data, image.height, image.width, channels, tapsOf(image.width, box[0], box[2], width, kind));
  if (!whole(image.height, box[1], box[3], height))
    data = along(data, 1, image.height, width * channels, tapsOf(image.height, box[1], box[3], height, kind));
  return made(weighted(data, channels, true));
}
