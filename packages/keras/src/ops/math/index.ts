/** `keras.ops.math`. */
export { logdet } from "../linalg/factors.js";
export { logsumexp } from "../numpy/reduction.js";
export { fft, fft2, ifft2, irfft, rfft } from "./fft.js";
export * from "./search.js";
export * from "./segment.js";
export { istft, stft } from "./stft.js";
