/** Discrete Fourier transforms, NumPy's `numpy.fft`. */
export { fftfreq, fftshift, ifftshift, rfftfreq } from "./helpers.js";
export {
  fft,
  fft2,
  fftn,
  hfft,
  ifft,
  ifft2,
  ifftn,
  ihfft,
  irfft,
  irfft2,
  irfftn,
  type Norm,
  rfft,
  rfft2,
  rfftn,
} from "./transforms.js";
