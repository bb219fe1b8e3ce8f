import { float32, ops } from "@cognate/kernel";
import { type OpRow, row } from "../core/row.js";
import type { Value } from "../shared.js";
import { channel, hsvToRgb, joined, rgbToHsv } from "./colours.js";
import { cropAndResize, extractPatches } from "./crops.js";
import { imageBoxes } from "./image-boxes.js";
import { imageFiles } from "./image-files.js";
import { area, FILTERS, resize, resizedShape, spans, weighted } from "./resample.js";
import { suppression } from "./suppression.js";
import { castValue, filled, numbers, run, same } from "./tools.js";

/** Images. */
export const image: Readonly<Record<string, OpRow>> = {
  ResizeBilinear: resize({ kernel: "linear" }, false),
  ResizeBicubic: {
    ...resize({ kernel: "cubic", a: -0.5, renormalize: true, table: 1024 }, false),
    run: (inputs, a) =>
      (a.bool("half_pixel_centers")
        ? resize({ kernel: "cubic", a: -0.5, renormalize: true, table: 1024 }, false)
        : resize({ kernel: "cubic", a: -0.75, table: 1024 }, false)
      ).run(inputs, a),
  },
  ResizeNearestNeighbor: resize({ kernel: "nearest" }, true),
  ResizeArea: row(([x, size]) => {
    const [h, w] = numbers(size!) as [number, number];
    return area(area(castValue(x!, float32), 1, h), 2, w);
  }, resizedShape),
  ScaleAndTranslate: row(([x, size, scale, move], a) => {
    const [h, w] = numbers(size!) as [number, number];
    const [sh, sw] = numbers(scale!) as [number, number];
    const [th, tw] = numbers(move!) as [number, number];
    const filter = FILTERS[a.text("kernel_type")]!;
    const own = castValue(x!, float32);
    const antialias = a.bool("antialias");
    const y = weighted(own, 1, spans(own.shape[1]!, h, sh, th, filter, antialias));
    return weighted(y, 2, spans(own.shape[2]!, w, sw, tw, filter, antialias));
  }, resizedShape),
  RGBToHSV: row(([x]) => rgbToHsv(x!), same),
  HSVToRGB: row(([x]) => hsvToRgb(x!), same),
  AdjustContrastv2: row(([x, factor]) => {
    const n = x!.shape.length;
    const mean = x!.mean({ dims: [n - 3, n - 2], keepdim: true });
    return x!.sub(mean).mul(castValue(factor!, x!.dtype)).add(mean) as Value;
  }, same),
  AdjustHue: row(([x, delta]) => {
    const hsv = rgbToHsv(x!);
    const h = channel(hsv, 0).add(castValue(delta!, x!.dtype));
    const turned = run(ops.mod, [h as Value, filled(x!, [], 1)], undefined as never);
    return hsvToRgb(joined([turned, channel(hsv, 1), channel(hsv, 2)]));
  }, same),
  AdjustSaturation: row(([x, scale]) => {
    const hsv = rgbToHsv(x!);
    const s = channel(hsv, 1).mul(castValue(scale!, x!.dtype)).clampMin(0).clampMax(1) as Value;
    return hsvToRgb(joined([channel(hsv, 0), s, channel(hsv, 2)]));
  }, same),
  CropAndResize: row(([x, boxes, index, size], a) => cropAndResize(x!, boxes!, index!, size!, a)),
  ExtractImagePatches: row(([x], a) => extractPatches(x!, a)),
  ...suppression,
  ...imageBoxes,
  ...imageFiles,
};
