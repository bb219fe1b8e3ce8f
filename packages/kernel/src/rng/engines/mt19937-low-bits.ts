import { type UniformKind, uniformBlocks } from "./blocks.js";
import { MersenneTwister } from "./mersenne-twister.js";

/**
 * The Mersenne Twister with floating numbers from the lower bits of its words, as PyTorch takes them: 53 bits of a
 * 64-bit word, 24 bits of a 32-bit one.
 *
 * @example
 * ```ts
 * import { rng } from "@cognate/kernel";
 * import { print } from "@cognate/py";
 * print(new rng.MT19937LowBits(0).nextDouble()); // prints 0.9700530018065531
 * ```
 */
export class MT19937LowBits extends MersenneTwister {
  protected override readonly doubles: UniformKind = "lower 53 of two";
  protected override readonly floats: UniformKind = "lower 24";

  override copy(): MT19937LowBits {
    const other = new MT19937LowBits();
    other.setState(this.getState(), this.twisted);
    return other;
  }
  protected override doubleOf(first: number, second: number): number {
    return ((first & 0x1fffff) * 4294967296 + second) * 2 ** -53;
  }
  override nextFloat(): number {
    return (this.next32() & 0xffffff) * 2 ** -24;
  }

  override fillFloats(out: Float32Array, from = 0, count = out.length - from): void {
    if (uniformBlocks(this, this.floats, out, from, count)) return;
    const { block } = this;
    const end = from + count;
    for (let i = from; i < end; ) {
      let at = this.available();
      const stop = Math.min(end, i + block.length - at);
      for (; i < stop; i++, at++) out[i] = (block[at]! & 0xffffff) * 2 ** -24;
      this.passTo(at);
    }
  }
}
