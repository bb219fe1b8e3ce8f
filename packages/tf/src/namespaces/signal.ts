/** `tf.signal`. */

export { fftnd, ifftnd, irfftnd, rfftnd } from "../ops/fft-nd.js";
export { inverse_mdct, mdct } from "../ops/mdct.js";
export {
  dct,
  fft,
  fft2d,
  fft3d,
  fftshift,
  frame,
  hamming_window,
  hann_window,
  idct,
  ifft,
  ifft2d,
  ifft3d,
  ifftshift,
  inverse_stft,
  inverse_stft_window_fn,
  irfft,
  irfft2d,
  irfft3d,
  kaiser_bessel_derived_window,
  kaiser_window,
  linear_to_mel_weight_matrix,
  mfccs_from_log_mel_spectrograms,
  overlap_and_add,
  rfft,
  rfft2d,
  rfft3d,
  stft,
  vorbis_window,
} from "../ops/signal.js";
