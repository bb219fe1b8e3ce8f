/** `torch.fft`: discrete Fourier transforms. */
export * from "./frequencies.js";
export * from "./transform.js";
