import { add, divide, LOW, multiply } from "../../math/precise/double-double.js";
import { exp } from "../../math/precise/exp.js";
import { log, logOfPair } from "../../math/precise/log.js";

/**
 * The 256 layers of a ziggurat (G. Marsaglia, W. Tsang, "The Ziggurat Method for Generating Random Variables", 2000):
 * a whole number k of layer i is accepted at once if below `inside[i]`, its abscissa is k·width[i], and the density at
 * the layer's edge is `density[i]`.
 */
export interface Ziggurat {
  readonly inside: Float64Array;
  readonly width: Float64Array;
  readonly density: Float64Array;
}

/** Where the normal tail begins. */
export const NORMAL_TAIL = 3.654152885361009;
/** 1 / {@link NORMAL_TAIL}. */
export const NORMAL_TAIL_INVERSE = 0.2736612373297583;
/** Area of a layer of the normal ziggurat; its last bits are those of NumPy's tables, not of the exact integral. */
const NORMAL_AREA = 0.004928673233974652;
/** Where the exponential tail begins. */
export const EXPONENTIAL_TAIL = 7.69711747013105;

const roundEven = (x: number): number => {
  const r = Math.round(x);
  return r - x === 0.5 && r % 2 !== 0 ? r - 1 : r;
};

const empty = (): Ziggurat => ({
  inside: new Float64Array(256),
  width: new Float64Array(256),
  density: new Float64Array(256),
});

/** Edges of the layers by the recurrence from the tail upwards. */
function normalEdges(): { edge: Float64Array; density: Float64Array } {
  const edge = new Float64Array(256);
  const density = new Float64Array(256);
  let x = NORMAL_TAIL;
  edge[255] = x;
  density[255] = exp(-0.5 * x * x);
  for (let i = 254; i > 0; i--) {
    x = Math.sqrt(-2 * log(NORMAL_AREA / x + density[i + 1]!));
    edge[i] = x;
    density[i] = exp(-0.5 * x * x);
    // The exp that made NumPy's tables rounded this one the other way, which the recurrence carries upwards.
    if (i === 38) density[i]! += 2 ** -53;
  }
  density[0] = 1;
  return { edge, density };
}

function makeNormal(): Ziggurat {
  const z = empty();
  const { edge, density } = normalEdges();
  const scale = 2 ** 52;
  z.density.set(density);
  for (let i = 1; i < 256; i++) {
    z.width[i] = edge[i]! / scale;
    if (i > 1) z.inside[i] = roundEven((edge[i - 1]! / edge[i]!) * scale);
  }
  z.inside[0] = roundEven(((NORMAL_TAIL * density[255]!) / NORMAL_AREA) * scale);
  z.width[0] = NORMAL_AREA / density[255]! / scale;
  return z;
}

function makeNormal32(): Ziggurat {
  const z = empty();
  const wide = normal();
  for (let i = 0; i < 256; i++) {
    z.inside[i] = Math.round(wide.inside[i]! / 2 ** 29);
    z.width[i] = Math.fround(wide.width[i]! * 2 ** 29);
    z.density[i] = Math.fround(wide.density[i]!);
  }
  return z;
}

function makeExponential(): Ziggurat {
  const z = empty();
  const scale = 2 ** 53;
  // NumPy's bounds have 52 bits and a zero after them.
  const even = (hi: number, lo: number): number => {
    const v = Math.floor(hi * 2 ** 52);
    return 2 * (v === hi * 2 ** 52 && lo < 0 ? v - 1 : v);
  };
  // Edges and densities as pairs: rounding along the recurrence would show in the last bits.
  let [x, xl] = [EXPONENTIAL_TAIL, -3.6248703662397484e-16];
  let [f, fl] = [4.5413435384149677e-4, -9.774760372415716e-21];
  const [area, areaLow] = [0.003949659822581557, 2.014715786725663e-19];
  z.width[255] = x / scale;
  z.density[255] = f;
  z.width[0] = divide(area, areaLow, f, fl) / scale;
  const top = multiply(x, xl, f, fl);
  const ratio = divide(top, LOW[0]!, area, areaLow);
  z.inside[0] = even(ratio, LOW[0]!);
  for (let i = 254; i > 0; i--) {
    const rise = divide(area, areaLow, x, xl);
    f = add(rise, LOW[0]!, f, fl);
    fl = LOW[0]!;
    const logarithm = logOfPair(f, fl);
    const [edge, edgeLow] = [-logarithm, -LOW[0]!];
    const inside = divide(edge, edgeLow, x, xl);
    z.inside[i + 1] = even(inside, LOW[0]!);
    x = edge;
    xl = edgeLow;
    z.width[i] = x / scale;
    z.density[i] = f;
  }
  z.density[0] = 1;
  z.inside[1] = 0;
  return z;
}

function makeExponential32(): Ziggurat {
  const z = empty();
  const wide = exponential();
  // NumPy lists these with nine digits.
  const listed = (x: number): number => Math.fround(Number(x.toPrecision(9)));
  for (let i = 0; i < 256; i++) {
    z.inside[i] = Math.round(wide.inside[i]! / 2 ** 30);
    z.width[i] = listed(wide.width[i]! * 2 ** 30);
    z.density[i] = listed(wide.density[i]!);
  }
  return z;
}

let normalTable: Ziggurat | undefined;
let normalTable32: Ziggurat | undefined;
let exponentialTable: Ziggurat | undefined;
let exponentialTable32: Ziggurat | undefined;

/** The normal ziggurat for 52-bit numbers. */
export const normal = (): Ziggurat => (normalTable ??= makeNormal());
/** The normal ziggurat for 23-bit numbers and float32 arithmetic. */
export const normal32 = (): Ziggurat => (normalTable32 ??= makeNormal32());
/** The exponential ziggurat for 53-bit numbers. */
export const exponential = (): Ziggurat => (exponentialTable ??= makeExponential());
/** The exponential ziggurat for 23-bit numbers and float32 arithmetic. */
export const exponential32 = (): Ziggurat => (exponentialTable32 ??= makeExponential32());
