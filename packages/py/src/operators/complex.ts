import { OverflowError, ZeroDivisionError } from "../exceptions.js";
import { Complex } from "../numbers/complex.js";
import { floatPower, hypot } from "../numbers/power.js";

/** Smith's division, as CPython does it: scaled by the larger part of the divisor. */
export function complexDivide(a: Complex, b: Complex): Complex {
  const [re, im] = [Math.abs(b.real), Math.abs(b.imag)];
  if (re === 0 && im === 0) throw new ZeroDivisionError("complex division by zero");
  if (re >= im) {
    const ratio = b.imag / b.real;
    const bottom = b.real + b.imag * ratio;
    return new Complex((a.real + a.imag * ratio) / bottom, (a.imag - a.real * ratio) / bottom);
  }
  if (im >= re) {
    const ratio = b.real / b.imag;
    const bottom = b.real * ratio + b.imag;
    return new Complex((a.real * ratio + a.imag) / bottom, (a.imag * ratio - a.real) / bottom);
  }
  return new Complex(Number.NaN, Number.NaN);
}

const product = (a: Complex, b: Complex): Complex =>
  new Complex(a.real * b.real - a.imag * b.imag, a.real * b.imag + a.imag * b.real);

const ONE = new Complex(1, 0);

function wholePower(a: Complex, n: number): Complex {
  if (n < 0) return complexDivide(ONE, wholePower(a, -n));
  let [result, power] = [ONE, a];
  for (let rest = n; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) result = product(result, power);
    power = product(power, power);
  }
  return result;
}

function polarPower(a: Complex, b: Complex): Complex {
  const length = hypot(a.real, a.imag);
  const angle = Math.atan2(a.imag, a.real);
  let size = floatPower(length, b.real);
  let phase = angle * b.real;
  if (b.imag !== 0) {
    size /= Math.exp(angle * b.imag);
    phase += b.imag * Math.log(length);
  }
  return new Complex(size * Math.cos(phase), size * Math.sin(phase));
}

/** Python's `complex ** complex`: by multiplication for small whole exponents, else by length and angle. */
export function complexPower(a: Complex, b: Complex): Complex {
  if (b.real === 0 && b.imag === 0) return ONE;
  if (a.real === 0 && a.imag === 0) {
    if (b.imag !== 0 || b.real < 0) throw new ZeroDivisionError("0.0 to a negative or complex power");
    return new Complex(0, 0);
  }
  const small = b.imag === 0 && Number.isInteger(b.real) && Math.abs(b.real) <= 100;
  const z = small ? wholePower(a, b.real) : polarPower(a, b);
  const finite = [a.real, a.imag, b.real, b.imag].every(Number.isFinite);
  if (finite && !(Number.isFinite(z.real) && Number.isFinite(z.imag)))
    throw new OverflowError("complex exponentiation");
  return z;
}
