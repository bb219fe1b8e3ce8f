// Differences along axes as estimates of derivatives.
import { def, RuntimeError, Tuple } from "@cognate/py";
import { Tensor } from "../tensor/tensor.js";
import { axes, type Dims, type Int } from "./args.js";
import { cat } from "./joining.js";

type Spacing = number | Number | readonly (number | Number | Tensor)[];

/** Weighted sums of neighbours: the part from `from` on, `count` long, times its weight. */
type Term = readonly [from: number, weight: number | Tensor];

function combined(x: Tensor, dim: number, count: number, terms: readonly Term[]): Tensor {
  return terms.map(([from, w]) => x.narrow(dim, from, count).mul(w)).reduce((a, b) => a.add(b));
}

/** Places equally far apart. */
function even(x: Tensor, dim: number, h: number, order: number): Tensor {
  const n = x.shape[dim]!;
  const part = (from: number, count = 1): Tensor => x.narrow(dim, from, count);
  const inner = part(2, n - 2)
    .sub(part(0, n - 2))
    .div(2 * h);
  const [first, last] =
    order === 1
      ? [
          part(1).sub(part(0)).div(h),
          part(n - 1)
            .sub(part(n - 2))
            .div(h),
        ]
      : [
          part(1)
            .mul(4)
            .sub(part(0).mul(3))
            .sub(part(2))
            .div(2 * h),
          part(n - 1)
            .mul(3)
            .sub(part(n - 2).mul(4))
            .add(part(n - 3))
            .div(2 * h),
        ];
  return cat([first!, inner, last!], dim);
}

/** Places at coordinates. */
function uneven(x: Tensor, dim: number, places: Tensor, order: number): Tensor {
  const n = x.shape[dim]!;
  const steps = places.diff();
  const column = (t: Tensor): Tensor => t.view(...Array.from(x.shape, (_, i) => (i === dim ? -1 : 1)));
  const d1 = column(steps.narrow(0, 0, n - 2));
  const d2 = column(steps.narrow(0, 1, n - 2));
  const both = d1.add(d2);
  const inner = combined(x, dim, n - 2, [
    [0, d2.neg().div(d1.mul(both))],
    [1, d2.sub(d1).div(d1.mul(d2))],
    [2, d1.div(d2.mul(both))],
  ]);
  const step = (i: number): Tensor => column(steps.narrow(0, i, 1));
  if (order === 1) {
    const edge = (at: number): Tensor =>
      x
        .narrow(dim, at + 1, 1)
        .sub(x.narrow(dim, at, 1))
        .div(step(at));
    return cat([edge(0), inner, edge(n - 2)], dim);
  }
  const [a, b, y, z] = [step(0), step(1), step(n - 3), step(n - 2)] as [Tensor, Tensor, Tensor, Tensor];
  const first = combined(x, dim, 1, [
    [
      0,
      a
        .mul(2)
        .add(b)
        .neg()
        .div(a.mul(a.add(b))),
    ],
    [1, a.add(b).div(a.mul(b))],
    [2, a.neg().div(b.mul(a.add(b)))],
  ]);
  const last = combined(x, dim, 1, [
    [n - 3, z.div(y.mul(y.add(z)))],
    [n - 2, y.add(z).neg().div(y.mul(z))],
    [
      n - 1,
      z
        .mul(2)
        .add(y)
        .div(z.mul(y.add(z))),
    ],
  ]);
  return cat([first, inner, last], dim);
}

/**
 * Estimates of the derivatives along axes, one tensor an axis: central differences inside, one-sided at the ends.
 *
 * @param spacing - the distance between places, for all axes or each, or the coordinates of the places
 * @param edge_order - 1 or 2, the order of the estimates at the ends
 * @throws RuntimeError for too few places
 *
 * @example
 * ```ts
 * import * as torch from "@cognate/torch";
 * import { print } from "@cognate/py";
 * print(torch.gradient(torch.tensor([1, 4, 9.5, 16]))); // prints (tensor([3.0000, 4.2500, 6.0000, 6.5000]),)
 * ```
 */
export const gradient = def(
  "torch.gradient",
  "input * spacing dim edge_order",
  (
    input: Tensor,
    spacing: Spacing | null = 1,
    dim: Dims | undefined = undefined,
    edge_order: Int = 1,
  ): Tuple<Tensor> => {
    const x = input;
    if (x.dtype.itemsize === 1 && !x.dtype.is_signed && String(x.dtype) === "torch.uint8")
      throw new RuntimeError("torch.gradient does not support uint8 input.");
    const order = Number(edge_order);
    if (order !== 1 && order !== 2)
      throw new RuntimeError("torch.gradient only supports edge_order=1 and edge_order=2.");
    const none = dim === undefined || dim === null;
    const listed: readonly (number | Number | Tensor)[] | null = Array.isArray(spacing) ? spacing : null;
    const dims = Array.isArray(dim) && dim.length === 0 ? [] : (axes(dim, x.ndim) ?? [...x.shape.keys()]);
    if (listed && listed.length !== dims.length)
      throw new RuntimeError(
        none
          ? `torch.gradient expected spacing to be unspecified, a scalar, or a list of length equal to 'self.dim() = ${x.ndim}', since dim argument was not given, but got a list of length ${listed.length}`
          : `torch.gradient expected spacing to be unspecified, a scalar or it's spacing and dim arguments to have the same length, but got a spacing argument of length ${listed.length} and a dim argument of length ${dims.length}.`,
      );
    return Tuple.of_(
      dims.map((d, i) => {
        if (x.shape[d]! <= order)
          throw new RuntimeError("torch.gradient expected each dimension size to be at least edge_order+1");
        const by = listed ? listed[i]! : ((spacing ?? 1) as number);
        return by instanceof Tensor ? uneven(x, d, by, order) : even(x, d, Number(by), order);
      }),
    );
  },
);
