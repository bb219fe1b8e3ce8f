import {
  FormatError,
  type ImageMode,
  looksLikeBmp,
  looksLikeGif,
  looksLikePng,
  type Pixels,
  readBmp,
  readGif,
  readPng,
  writePng,
} from "@cognate/formats";
import { float32, int32, ops, uint8, uint16 } from "@cognate/kernel";
import type { Attrs } from "../core/attrs.js";
import { KernelProblem, UnimplementedError } from "../core/errors.js";
import type { Datum, OpRow } from "../core/row.js";
import { bytesOf, codesOf, StringArray } from "../core/strings.js";
import type { Value } from "../shared.js";
import { castValue, filled, reshape, run, valueOf } from "./tools.js";

/* Files of images: PNG, BMP and GIF. */

const MODES: Readonly<Record<number, ImageMode>> = { 1: "L", 2: "LA", 3: "RGB", 4: "RGBA" };
const CHANNELS: Readonly<Record<ImageMode, number>> = { L: 1, LA: 2, RGB: 3, RGBA: 4 };

/** Channels [from, from + count) of an image [height, width, channels]. */
const part = (x: Value, start: number, length: number): Value =>
  x.slice({ dim: 2, start, step: 1, length }) as Value;
/** Grey of colours in fixed point, as libpng has it: 8 bits are cut, 16 bits rounded. */
function grey(x: Value): Value {
  const wide = castValue(x, int32);
  const sum = part(wide, 0, 1)
    .mul(9797)
    .add(part(wide, 1, 1).mul(19235))
    .add(part(wide, 2, 1).mul(3736));
  return castValue(sum.add(x.dtype === uint16 ? 16384 : 0).floorDiv(32768) as Value, x.dtype);
}
/** An image with so many channels: colours become grey, missing alpha is opaque. */
function withChannels(x: Value, channels: number): Value {
  const [h, w, own] = x.shape as [number, number, number];
  if (channels === 0 || channels === own) return x;
  const colours = own > 2 ? part(x, 0, 3) : part(x, 0, 1);
  const base =
    channels < 3
      ? own > 2
        ? grey(colours)
        : colours
      : own > 2
        ? colours
        : (colours.expand({ shape: [h, w, 3] }) as Value);
  if (channels % 2 === 1) return base;
  const alpha = own % 2 === 0 ? part(x, own - 1, 1) : filled(x, [h, w, 1], x.dtype === uint16 ? 65535 : 255);
  return run(ops.cat, [base, alpha], { dim: 2 });
}

const arrayOf = (p: Pixels): Value => reshape(valueOf(p.data), [p.height, p.width, CHANNELS[p.mode]]);
/** 8 or 16 bits, or shares of the largest number. */
function withType(x: Value, type: string): Value {
  if (type === "uint8")
    return x.dtype === uint16 ? castValue(castValue(x, int32).floorDiv(256) as Value, uint8) : x;
  const wide = castValue(x, int32);
  const full = x.dtype === uint16 ? wide : (wide.mul(257) as Value);
  return type === "uint16" ? castValue(full, uint16) : (castValue(full, float32).mul(1 / 65535) as Value);
}

const REFUSED: readonly (readonly [name: string, ...start: number[]])[] = [
  ["JPEG", 0xff, 0xd8, 0xff],
  ["WebP", 0x52, 0x49, 0x46, 0x46],
];
/** The image of a file, `[frames, height, width, channels]` of an animation. */
function decoded(text: string, channels: number, type: string, animated: boolean): Value {
  const bytes = bytesOf(text);
  const refused = REFUSED.find(([, ...start]) => start.every((b, i) => bytes[i] === b));
  if (refused)
    throw new KernelProblem(
      `${refused[0]} images are not decoded here: save them as PNG, BMP or GIF.`,
      UnimplementedError,
    );
  try {
    if (looksLikePng(bytes)) return withType(withChannels(arrayOf(readPng(bytes)), channels), type);
    if (looksLikeBmp(bytes)) return withType(withChannels(arrayOf(readBmp(bytes)), channels), type);
    if (looksLikeGif(bytes)) {
      const { width, height, frames } = readGif(bytes);
      const list = frames.map((f) => withType(reshape(valueOf(f), [height, width, 3]), type));
      return animated ? run(ops.stack, list, { dim: 0 }) : withChannels(list[0]!, channels);
    }
  } catch (e) {
    if (e instanceof FormatError) throw new KernelProblem(`Invalid image data: ${e.message}`);
    throw e;
  }
  throw new KernelProblem("Unknown image file format. One of JPEG, PNG, GIF, BMP required.");
}

const decoder = (animated: (a: Attrs) => boolean, rank: readonly null[] | null): OpRow => ({
  run: ([contents], a) => {
    const file = contents as StringArray;
    if (file.size !== 1)
      throw new KernelProblem(`contents must be scalar but got shape[${file.shape.join(",")}]`);
    const has = (name: string): boolean => a.def.attrs.some((d) => d.name === name);
    const type = has("dtype") ? a.type("dtype").name : "uint8";
    return decoded(file.data[0]!, has("channels") ? a.int("channels") : 0, type, animated(a));
  },
  shape: ({ attrs }) => {
    const channels = attrs.def.attrs.some((d) => d.name === "channels") ? attrs.int("channels") : 0;
    return [rank && channels > 0 ? [...rank.slice(0, -1), channels] : rank];
  },
});

function encoded(x: Value): Datum {
  const lead = x.shape.slice(0, -3);
  const [height, width, channels] = x.shape.slice(-3) as [number, number, number];
  const mode = MODES[channels];
  if (x.shape.length < 3)
    throw new KernelProblem(`images must be at least rank 3, but got rank [${x.shape.join(",")}]`);
  if (!mode)
    throw new KernelProblem(`image must have 1, 2, 3, or 4 channels, instead got ${channels} channels`);
  const count = lead.reduce((p, d) => p * d, 1);
  const flat = reshape(x, [count, height * width * channels]);
  const files = Array.from({ length: count }, (_, i) => {
    const own = flat.slice({ dim: 0, start: i, step: 1, length: 1 }) as Value;
    const data = reshape(own, [height * width * channels]).array.flat();
    return codesOf(
      writePng({
        width,
        height,
        mode,
        bits: x.dtype === uint16 ? 16 : 8,
        data: data as Uint8Array | Uint16Array,
      }),
    );
  });
  return new StringArray(lead, files);
}

export const imageFiles: Readonly<Record<string, OpRow>> = {
  EncodePng: {
    run: ([x]) => encoded(x as Value),
    shape: ({ shapes: [x] }) => [x ? x.slice(0, -3) : null],
  },
  DecodePng: decoder(() => false, [null, null, null]),
  DecodeJpeg: decoder(() => false, [null, null, null]),
  DecodeBmp: decoder(() => false, [null, null, null]),
  DecodeGif: decoder(() => true, [null, null, null, null]),
  DecodeImage: decoder((a) => a.bool("expand_animations"), null),
};
