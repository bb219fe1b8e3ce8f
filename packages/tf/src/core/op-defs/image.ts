// Written by test-fixtures/tf/op-defs/generate.py from TensorFlow 2.21.0's registry of operations. Do not edit.

export const image = `AdjustContrast|images:T contrast_factor:float32 min_value:float32 max_value:float32|output:float32|T:type{$5}
AdjustContrastv2|images:T contrast_factor:float32|output:T|T:type{$6}=float32
AdjustHue|images:T delta:float32|output:T|T:type{$6}=float32
AdjustSaturation|images:T scale:float32|output:T|T:type{$6}=float32
CTCBeamSearchDecoder|inputs:T sequence_length:int32|decoded_indices:top_paths*int64 decoded_values:top_paths*int64 decoded_shape:top_paths*int64 log_probability:T|beam_width:int>=1 top_paths:int>=1 merge_repeated:bool=true T:type{$9}=float32
CTCGreedyDecoder|inputs:T sequence_length:int32|decoded_indices:int64 decoded_values:int64 decoded_shape:int64 log_probability:T|merge_repeated:bool=false blank_index:int=-1 T:type{$9}=float32
CombinedNonMaxSuppression|boxes:float32 scores:float32 max_output_size_per_class:int32 max_total_size:int32 iou_threshold:float32 score_threshold:float32|nmsed_boxes:float32 nmsed_scores:float32 nmsed_classes:float32 valid_detections:int32|pad_per_class:bool=false clip_boxes:bool=true
CropAndResize|image:T boxes:float32 box_ind:int32 crop_size:int32|crops:float32|T:type{$29} method:string{bilinear,nearest}='bilinear' extrapolation_value:float=0
CropAndResizeGradBoxes|grads:float32 image:T boxes:float32 box_ind:int32|output:float32|T:type{$29} method:string{bilinear}='bilinear'
CropAndResizeGradImage|grads:float32 boxes:float32 box_ind:int32 image_size:int32|output:T|T:type{$30} method:string{bilinear,nearest}='bilinear'
DecodeAndCropJpeg|contents:string crop_window:int32|image:uint8|channels:int=0 ratio:int=1 fancy_upscaling:bool=true try_recover_truncated:bool=false acceptable_fraction:float=1 dct_method:string=''
DecodeBmp|contents:string|image:uint8|channels:int=0
DecodeGif|contents:string|image:uint8|
DecodeImage|contents:string|image:dtype|channels:int=0 dtype:type{$32}=uint8 expand_animations:bool=true
DecodeJpeg|contents:string|image:uint8|channels:int=0 ratio:int=1 fancy_upscaling:bool=true try_recover_truncated:bool=false acceptable_fraction:float=1 dct_method:string=''
DecodePng|contents:string|image:dtype|channels:int=0 dtype:type{$33}=uint8
DrawBoundingBoxes|images:T boxes:float32|output:T|T:type{$38}=float32
DrawBoundingBoxesV2|images:T boxes:float32 colors:float32|output:T|T:type{$38}=float32
EncodeJpeg|image:uint8|contents:string|format:string{,grayscale,rgb}='' quality:int=95 progressive:bool=false optimize_size:bool=false chroma_downsampling:bool=true density_unit:string{in,cm}='in' x_density:int=300 y_density:int=300 xmp_metadata:string=''
EncodeJpegVariableQuality|images:uint8 quality:int32|contents:string|
EncodePng|image:T|contents:string|compression:int=-1 T:type{$33}=uint8
ExtractGlimpse|input:float32 size:int32 offsets:float32|glimpse:float32|centered:bool=true normalized:bool=true uniform_noise:bool=true noise:string='uniform'
ExtractGlimpseV2|input:float32 size:int32 offsets:float32|glimpse:float32|centered:bool=true normalized:bool=true uniform_noise:bool=true noise:string='uniform'
ExtractImagePatches|images:T|patches:T|ksizes:int*>=4 strides:int*>=4 rates:int*>=4 T:type{$40} padding:string{SAME,VALID}
ExtractVolumePatches|input:T|patches:T|ksizes:int*>=5 strides:int*>=5 T:type{$31} padding:string{SAME,VALID}
HSVToRGB|images:T|output:T|T:type{$16}=float32
ImageProjectiveTransformV2|images:dtype transforms:float32 output_shape:int32|transformed_images:dtype|dtype:type{$45} interpolation:string fill_mode:string='CONSTANT'
ImageProjectiveTransformV3|images:dtype transforms:float32 output_shape:int32 fill_value:float32|transformed_images:dtype|dtype:type{$45} interpolation:string fill_mode:string='CONSTANT'
NonMaxSuppressionV2|boxes:T scores:T max_output_size:int32 iou_threshold:T_threshold|selected_indices:int32|T:type{$6}=float32 T_threshold:type{$6}=float32
NonMaxSuppressionV3|boxes:T scores:T max_output_size:int32 iou_threshold:T_threshold score_threshold:T_threshold|selected_indices:int32|T:type{$6}=float32 T_threshold:type{$6}=float32
NonMaxSuppressionV4|boxes:T scores:T max_output_size:int32 iou_threshold:T_threshold score_threshold:T_threshold|selected_indices:int32 valid_outputs:int32|T:type{$6}=float32 T_threshold:type{$6}=float32 pad_to_max_output_size:bool=false
NonMaxSuppressionV5|boxes:T scores:T max_output_size:int32 iou_threshold:T score_threshold:T soft_nms_sigma:T|selected_indices:int32 selected_scores:T valid_outputs:int32|T:type{$6}=float32 pad_to_max_output_size:bool=false
NonMaxSuppressionWithOverlaps|overlaps:float32 scores:float32 max_output_size:int32 overlap_threshold:float32 score_threshold:float32|selected_indices:int32|
RGBToHSV|images:T|output:T|T:type{$16}=float32
ResizeArea|images:T size:int32|resized_images:float32|T:type{$65} align_corners:bool=false
ResizeBicubic|images:T size:int32|resized_images:float32|T:type{$65} align_corners:bool=false half_pixel_centers:bool=false
ResizeBicubicGrad|grads:float32 original_image:T|output:T|T:type{$9} align_corners:bool=false half_pixel_centers:bool=false
ResizeBilinear|images:T size:int32|resized_images:float32|T:type{$66} align_corners:bool=false half_pixel_centers:bool=false
ResizeBilinearGrad|grads:float32 original_image:T|output:T|T:type{$67} align_corners:bool=false half_pixel_centers:bool=false
ResizeNearestNeighbor|images:T size:int32|resized_images:T|T:type{$65} align_corners:bool=false half_pixel_centers:bool=false
ResizeNearestNeighborGrad|grads:T size:int32|output:T|T:type{$68} align_corners:bool=false half_pixel_centers:bool=false
SampleDistortedBoundingBox!|image_size:T bounding_boxes:float32|begin:T size:T bboxes:float32|T:type{$71} seed:int=0 seed2:int=0 min_object_covered:float=0.100000001 aspect_ratio_range:float*=[0.75,1.3300000429153442] area_range:float*=[0.05000000074505806,1.0] max_attempts:int=100 use_image_if_no_bounding_boxes:bool=false
SampleDistortedBoundingBoxV2!|image_size:T bounding_boxes:float32 min_object_covered:float32|begin:T size:T bboxes:float32|T:type{$71} seed:int=0 seed2:int=0 aspect_ratio_range:float*=[0.75,1.3300000429153442] area_range:float*=[0.05000000074505806,1.0] max_attempts:int=100 use_image_if_no_bounding_boxes:bool=false
ScaleAndTranslate|images:T size:int32 scale:float32 translation:float32|resized_images:float32|T:type{$72} kernel_type:string='lanczos3' antialias:bool=true
ScaleAndTranslateGrad|grads:T original_image:T scale:float32 translation:float32|output:T|T:type{float32} kernel_type:string='lanczos3' antialias:bool=true`;
