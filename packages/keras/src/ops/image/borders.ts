import { ops } from "@cognate/kernel";
import { repr, ValueError } from "@cognate/py";
import { valueOf } from "../../backend/create.js";
import { type Shape, shapeText } from "../../backend/shape.js";
import { type Tensor, type TensorLike, wrap } from "../../backend/tensor.js";
import { apply, op } from "../make.js";
import { type DataFormat, isLast } from "../nn/windows.js";

/*
 * Bars around images, and images without their edges. Of each axis two of three are given: how much before, how much
 * behind, and the length that results.
 */

type Given = number | null;
type Kind = "padding" | "cropping";

/** What is wanted of one axis, with the names that errors call it by. */
interface Side {
  readonly before: Given;
  readonly after: Given;
  readonly target: Given;
  readonly names: readonly [before: string, after: string, target: string];
}

function sidesOf(
  kind: Kind,
  [top, left, bottom, right, height, width]: readonly Given[],
): readonly [Side, Side] {
  return [
    {
      before: top!,
      after: bottom!,
      target: height!,
      names: [`top_${kind}`, `bottom_${kind}`, "target_height"],
    },
    {
      before: left!,
      after: right!,
      target: width!,
      names: [`left_${kind}`, `right_${kind}`, "target_width"],
    },
  ];
}
function checkSides(sides: readonly Side[]): void {
  for (const { before, after, target, names } of sides) {
    const given = [before, after, target];
    if (given.filter((x) => x === null).length !== 1)
      throw new ValueError(
        `Must specify exactly two of ${names.join(", ")}. Received: ${names.map((n, i) => `${n}=${repr(given[i])}`).join(", ")}`,
      );
  }
  for (const which of [0, 1, 2])
    for (const { before, after, target, names } of sides)
      notNegative([before, after, target][which]!, names[which]!);
}
function notNegative(x: Given, name: string): void {
  if (x !== null && x < 0) throw new ValueError(`${name} must be >= 0. Received: ${name}=${x}`);
}
/** How much lies before, and how long the axis is afterwards. */
function solved(kind: Kind, { before, after, target, names }: Side, length: number): [number, number] {
  const sign = kind === "padding" ? 1 : -1;
  const start = before ?? sign * (target! - length) - after!;
  const end = after ?? sign * (target! - length) - start;
  notNegative(start, names[0]);
  if (kind === "padding") notNegative(end, names[1]);
  const size = target ?? length + sign * (start + end);
  notNegative(size, names[2]);
  return [start, size];
}

interface Plan {
  readonly axis: number;
  readonly start: number;
  readonly size: number;
}
function planned(kind: Kind, shape: readonly number[], given: readonly Given[], format: DataFormat): Plan[] {
  if (shape.length !== 3 && shape.length !== 4)
    throw new ValueError(
      `Invalid images rank: expected rank 3 (single image) or rank 4 (batch of images). Received: images.shape=${shapeText(shape)}`,
    );
  const sides = sidesOf(
    kind,
    given.map((x) => (x === null || x === undefined ? null : Number(x))),
  );
  checkSides(sides);
  const first = shape.length - (isLast(format) ? 3 : 2);
  return sides.map((side, i) => {
    const [start, size] = solved(kind, side, shape[first + i]!);
    return { axis: first + i, start, size };
  });
}
const shapeAfter =
  (kind: Kind) =>
  ([shape]: readonly Shape[], config: Readonly<Record<string, unknown>>): Shape | undefined => {
    if (shape!.includes(null)) return undefined;
    const of = (name: string): Given => (config[name] as Given | undefined) ?? null;
    const given = ["top", "left", "bottom", "right"].map((s) => of(`${s}_${kind}`));
    const plan = planned(
      kind,
      shape as readonly number[],
      [...given, of("target_height"), of("target_width")],
      (config.data_format as DataFormat | undefined) ?? null,
    );
    return shape!.map((n, i) => plan.find((p) => p.axis === i)?.size ?? n);
  };

/** Images with zeros around them. @throws ValueError */
export const pad_images = op(
  "image.PadImages",
  "pad_images",
  "images top_padding left_padding bottom_padding right_padding target_height target_width data_format",
  (
    images: TensorLike,
    top_padding: Given = null,
    left_padding: Given = null,
    bottom_padding: Given = null,
    right_padding: Given = null,
    target_height: Given = null,
    target_width: Given = null,
    data_format: DataFormat = null,
  ): Tensor => {
    const v = valueOf(images);
    const given = [top_padding, left_padding, bottom_padding, right_padding, target_height, target_width];
    const plan = planned("padding", v.shape, given, data_format);
    const pads = v.shape.map((n, i): [number, number] => {
      const own = plan.find((p) => p.axis === i);
      return own ? [own.start, own.size - own.start - n] : [0, 0];
    });
    return wrap(apply(ops.pad, [v], { pads, mode: "constant", value: 0 }));
  },
  { shape: shapeAfter("padding"), keepsType: true },
);
/** The inner part of images. @throws ValueError */
export const crop_images = op(
  "image.CropImages",
  "crop_images",
  "images top_cropping left_cropping bottom_cropping right_cropping target_height target_width data_format",
  (
    images: TensorLike,
    top_cropping: Given = null,
    left_cropping: Given = null,
    bottom_cropping: Given = null,
    right_cropping: Given = null,
    target_height: Given = null,
    target_width: Given = null,
    data_format: DataFormat = null,
  ): Tensor => {
    const v = valueOf(images);
    const given = [top_cropping, left_cropping, bottom_cropping, right_cropping, target_height, target_width];
    const plan = planned("cropping", v.shape, given, data_format);
    return wrap(
      plan.reduce(
        (x, { axis, start, size }) => apply(ops.slice, [x], { dim: axis, start, step: 1, length: size }),
        v,
      ),
    );
  },
  { shape: shapeAfter("cropping"), keepsType: true },
);
