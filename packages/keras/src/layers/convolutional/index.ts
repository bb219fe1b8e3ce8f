export {
  Conv1DTranspose,
  Conv1DTranspose as Convolution1DTranspose,
  Conv2DTranspose,
  Conv2DTranspose as Convolution2DTranspose,
  Conv3DTranspose,
  Conv3DTranspose as Convolution3DTranspose,
} from "./conv-transpose.js";
export { Conv1D, Conv1D as Convolution1D } from "./conv1d.js";
export { Conv2D, Conv2D as Convolution2D } from "./conv2d.js";
export { Conv3D, Conv3D as Convolution3D } from "./conv3d.js";
export { DepthwiseConv1D, DepthwiseConv2D } from "./depthwise-conv.js";
export {
  SeparableConv1D,
  SeparableConv1D as SeparableConvolution1D,
  SeparableConv2D,
  SeparableConv2D as SeparableConvolution2D,
} from "./separable-conv.js";
