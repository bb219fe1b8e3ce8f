import { ParamError } from "../../errors/errors.js";
import type { BoxMullerSampler } from "./box-muller.js";

// The bytes of PyTorch's CPU generator: seed (8), words left (4), seeded (4), next word (8), 624 words (8 each), the
// Box-Muller pair x, y, rho (8 each) and whether y waits (4, padded to 8), a waiting float32 (4) and whether it does (4).
const WORDS = 624;
const STATE_AT = 24;
const NORMAL_AT = STATE_AT + 8 * WORDS;
/** Size of a saved state in bytes. */
export const GENERATOR_STATE_BYTES = NORMAL_AT + 40;

/** The state of a sampler and its seed as PyTorch saves them. */
export function packGeneratorState(sampler: BoxMullerSampler, seed: bigint): Uint8Array {
  const bytes = new Uint8Array(GENERATOR_STATE_BYTES);
  const view = new DataView(bytes.buffer);
  const { engine } = sampler;
  const { key, position } = engine.getState();
  view.setBigUint64(0, BigInt.asUintN(64, seed), true);
  // A fresh seed has handed out nothing of a block that does not exist yet.
  view.setInt32(8, engine.twisted ? WORDS - position + 1 : 1, true);
  view.setInt32(12, 1, true);
  view.setUint32(16, engine.twisted ? position : 0, true);
  for (let i = 0; i < WORDS; i++) view.setUint32(STATE_AT + 8 * i, key[i]!, true);
  view.setFloat64(NORMAL_AT + 8, sampler.spareNormal ?? 0, true);
  view.setInt32(NORMAL_AT + 24, sampler.spareNormal === null ? 0 : 1, true);
  view.setFloat32(NORMAL_AT + 32, sampler.spareNormal32 ?? 0, true);
  view.setUint8(NORMAL_AT + 36, sampler.spareNormal32 === null ? 0 : 1);
  return bytes;
}

/**
 * Sets a sampler to saved bytes; returns the seed.
 *
 * @throws ParamError for bytes that are no state; the sampler is then as it was
 */
export function unpackGeneratorState(bytes: Uint8Array, sampler: BoxMullerSampler): bigint {
  if (bytes.length !== GENERATOR_STATE_BYTES)
    throw new ParamError("state", "bytes", bytes.length, `${GENERATOR_STATE_BYTES} bytes`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const left = view.getInt32(8, true);
  const next = view.getUint32(16, true);
  if (view.getInt32(12, true) === 0 || left <= 0 || left > WORDS || next > WORDS)
    throw new ParamError("state", "bytes", `${left} left, next ${next}`, "the state of a Mersenne Twister");
  const key = new Uint32Array(WORDS);
  for (let i = 0; i < WORDS; i++) key[i] = view.getUint32(STATE_AT + 8 * i, true);
  const twisted = left > 1 || next > 0;
  sampler.engine.setState({ key, position: left === 1 ? WORDS : next }, twisted);
  sampler.spareNormal = view.getInt32(NORMAL_AT + 24, true) ? view.getFloat64(NORMAL_AT + 8, true) : null;
  sampler.spareNormal32 = view.getUint8(NORMAL_AT + 36) ? view.getFloat32(NORMAL_AT + 32, true) : null;
  return view.getBigUint64(0, true);
}
