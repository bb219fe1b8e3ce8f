/** How the channels of an image are meant: grey, grey with alpha, colours, colours with alpha. */
export type ImageMode = "L" | "LA" | "RGB" | "RGBA";
export const CHANNELS: Readonly<Record<ImageMode, number>> = { L: 1, LA: 2, RGB: 3, RGBA: 4 };

/** An image in memory: rows from the top, pixels from the left, channels next to each other. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly mode: ImageMode;
  /** 8 or 16. */
  readonly bits: number;
  readonly data: Uint8Array | Uint16Array;
}

/** Weights of red, green and blue in grey, out of 65536, as in ITU-R 601. */
const LUMA = [19595, 38470, 7471] as const;
/** Those of libpng, which has 15 bits for them. */
const LIBPNG = [19596, 38470, 7470] as const;

/** 16 bits as their upper 8. */
function narrowed(data: Uint8Array | Uint16Array): Uint8Array {
  if (data instanceof Uint8Array) return data;
  const out = new Uint8Array(data.length);
  for (let i = 0; i < out.length; i++) out[i] = data[i]! >> 8;
  return out;
}

/**
 * An image of 8 bits with other channels: colours become grey by ITU-R 601, missing alpha is opaque.
 *
 * @param rounded - whether grey is rounded, as Pillow does it, or cut off, as libpng does
 */
export function converted(image: Pixels, mode: ImageMode, rounded = true): Pixels {
  const from = narrowed(image.data);
  const n = image.width * image.height;
  const [a, b] = [CHANNELS[image.mode], CHANNELS[mode]];
  if (a === b) return { ...image, bits: 8, data: from };
  const out = new Uint8Array(n * b);
  const [[red, green, blue], half] = rounded ? [LUMA, 0x8000] : [LIBPNG, 0];
  for (let i = 0; i < n; i++) {
    const [p, q] = [i * a, i * b];
    const colours = a > 2;
    if (b > 2) {
      out[q] = from[p]!;
      out[q + 1] = from[colours ? p + 1 : p]!;
      out[q + 2] = from[colours ? p + 2 : p]!;
    } else
      out[q] = colours
        ? (from[p]! * red + from[p + 1]! * green + from[p + 2]! * blue + half) >> 16
        : from[p]!;
    if (b === 2 || b === 4) out[q + b - 1] = a === 2 || a === 4 ? from[p + a - 1]! : 255;
  }
  return { width: image.width, height: image.height, mode, bits: 8, data: out };
}
