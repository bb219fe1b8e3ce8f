/** `keras.initializers`: first values of variables. */
export {
  Constant,
  Constant as constant,
  Identity,
  Identity as identity,
  Identity as IdentityInitializer,
  Ones,
  Ones as ones,
  Zeros,
  Zeros as zeros,
} from "./constant.js";
export { deserialize, get, type InitializerFunction, type InitializerLike, serialize } from "./get.js";
export { Initializer } from "./initializer.js";
export {
  GlorotNormal,
  GlorotNormal as glorot_normal,
  GlorotUniform,
  GlorotUniform as glorot_uniform,
  HeNormal,
  HeNormal as he_normal,
  HeUniform,
  HeUniform as he_uniform,
  LecunNormal,
  LecunNormal as lecun_normal,
  LecunUniform,
  LecunUniform as lecun_uniform,
  Orthogonal,
  Orthogonal as orthogonal,
  Orthogonal as OrthogonalInitializer,
  RandomNormal,
  RandomNormal as random_normal,
  RandomUniform,
  RandomUniform as random_uniform,
  TruncatedNormal,
  TruncatedNormal as truncated_normal,
  VarianceScaling,
  VarianceScaling as variance_scaling,
} from "./random.js";
export { STFT, STFT as stft, STFT as STFTInitializer } from "./stft.js";
