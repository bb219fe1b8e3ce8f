// Written by test-fixtures/tf/op-defs/generate.py from TensorFlow 2.21.0's registry of operations. Do not edit.

export const random = `AllCandidateSampler!|true_classes:int64|sampled_candidates:int64 true_expected_count:float32 sampled_expected_count:float32|num_true:int>=1 num_sampled:int>=1 unique:bool seed:int=0 seed2:int=0
BatchNormWithGlobalNormalization|t:T m:T v:T beta:T gamma:T|result:T|T:type{$10} variance_epsilon:float scale_after_normalization:bool
BatchNormWithGlobalNormalizationGrad|t:T m:T v:T gamma:T backprop:T|dx:T dm:T dv:T db:T dg:T|T:type{$10} variance_epsilon:float scale_after_normalization:bool
ComputeAccidentalHits|true_classes:int64 sampled_candidates:int64|indices:int32 ids:int64 weights:float32|num_true:int seed:int=0 seed2:int=0
FixedUnigramCandidateSampler!|true_classes:int64|sampled_candidates:int64 true_expected_count:float32 sampled_expected_count:float32|num_true:int>=1 num_sampled:int>=1 unique:bool range_max:int>=1 vocab_file:string='' distortion:float=1 num_reserved_ids:int=0 num_shards:int>=1=1 shard:int>=0=0 unigrams:float*=[] seed:int=0 seed2:int=0
LearnedUnigramCandidateSampler!|true_classes:int64|sampled_candidates:int64 true_expected_count:float32 sampled_expected_count:float32|num_true:int>=1 num_sampled:int>=1 unique:bool range_max:int>=1 seed:int=0 seed2:int=0
LogUniformCandidateSampler!|true_classes:int64|sampled_candidates:int64 true_expected_count:float32 sampled_expected_count:float32|num_true:int>=1 num_sampled:int>=1 unique:bool range_max:int>=1 seed:int=0 seed2:int=0
Multinomial!|logits:T num_samples:int32|output:output_dtype|seed:int=0 seed2:int=0 T:type{$31} output_dtype:type{$7}=int64
ParameterizedTruncatedNormal!|shape:T means:dtype stdevs:dtype minvals:dtype maxvals:dtype|output:dtype|seed:int=0 seed2:int=0 dtype:type{$16} T:type{$7}
RandomCrop!|image:T size:int64|output:T|T:type{$5} seed:int=0 seed2:int=0
RandomGamma!|shape:S alpha:T|output:T|seed:int=0 seed2:int=0 S:type{$7} T:type{$25}
RandomGammaGrad|alpha:T sample:T|output:T|T:type{$9}
RandomIndexShuffle|index:dtype seed:Tseed max_index:dtype|output:dtype|rounds:int=4 dtype:type{$61} Tseed:type{$61}
RandomPoisson!|shape:S rate:dtype|output:dtype|seed:int=0 seed2:int=0 S:type{$7} dtype:type{$25}
RandomPoissonV2!|shape:S rate:R|output:dtype|seed:int=0 seed2:int=0 S:type{$7} R:type{$62}=float64 dtype:type{$62}=int64
RandomShuffle!|value:T|output:T|seed:int=0 seed2:int=0 T:type
RandomStandardNormal!|shape:T|output:dtype|seed:int=0 seed2:int=0 dtype:type{$16} T:type{$7}
RandomUniform!|shape:T|output:dtype|seed:int=0 seed2:int=0 dtype:type{$16} T:type{$7}
RandomUniformInt!|shape:T minval:Tout maxval:Tout|output:Tout|seed:int=0 seed2:int=0 Tout:type{$7} T:type{$7}
RngReadAndSkip!|resource:resource alg:int32 delta:uint64|value:int64|
RngSkip!|resource:resource algorithm:int64 delta:int64||
StatefulRandomBinomial!|resource:resource algorithm:int64 shape:S counts:T probs:T|output:dtype|S:type{$7} T:type{$62}=float64 dtype:type{$62}=int64
StatefulStandardNormal!|resource:resource shape:shape_dtype|output:dtype|dtype:type=float32 shape_dtype:type=int64
StatefulStandardNormalV2!|resource:resource algorithm:int64 shape:shape_dtype|output:dtype|dtype:type=float32 shape_dtype:type=int64
StatefulTruncatedNormal!|resource:resource algorithm:int64 shape:shape_dtype|output:dtype|dtype:type=float32 shape_dtype:type=int64
StatefulUniform!|resource:resource algorithm:int64 shape:shape_dtype|output:dtype|dtype:type=float32 shape_dtype:type=int64
StatefulUniformFullInt!|resource:resource algorithm:int64 shape:shape_dtype|output:dtype|dtype:type=uint64 shape_dtype:type=int64
StatefulUniformInt!|resource:resource algorithm:int64 shape:shape_dtype minval:dtype maxval:dtype|output:dtype|dtype:type=int64 shape_dtype:type=int64
StatelessMultinomial|logits:T num_samples:int32 seed:Tseed|output:output_dtype|T:type{$31} Tseed:type{$7}=int64 output_dtype:type{$7}=int64
StatelessParameterizedTruncatedNormal|shape:S seed:Tseed means:dtype stddevs:dtype minvals:dtype maxvals:dtype|output:dtype|S:type{$7} Tseed:type{$7}=int64 dtype:type{$25}
StatelessRandomBinomial|shape:S seed:Tseed counts:T probs:T|output:dtype|S:type{$7} Tseed:type{$7}=int64 T:type{$62}=float64 dtype:type{$62}=int64
StatelessRandomGammaV2|shape:T seed:Tseed alpha:dtype|output:dtype|dtype:type{$25} T:type{$7} Tseed:type{$7}=int64
StatelessRandomGammaV3|shape:shape_dtype key:uint64 counter:uint64 alg:int32 alpha:dtype|output:dtype|dtype:type{$25} shape_dtype:type{$7}=int32
StatelessRandomGetAlg!||alg:int32|
StatelessRandomGetKeyCounter|seed:Tseed|key:uint64 counter:uint64|Tseed:type{$7}=int64
StatelessRandomGetKeyCounterAlg|seed:Tseed|key:uint64 counter:uint64 alg:int32|Tseed:type{$7}=int64
StatelessRandomNormal|shape:T seed:Tseed|output:dtype|dtype:type{$16}=float32 T:type{$7}=int32 Tseed:type{$7}=int64
StatelessRandomNormalV2|shape:Tshape key:uint64 counter:uint64 alg:int32|output:dtype|dtype:type{$16}=float32 Tshape:type{$7}=int32
StatelessRandomPoisson|shape:T seed:Tseed lam:Rtype|output:dtype|Rtype:type{$62} dtype:type{$62} T:type{$7} Tseed:type{$7}=int64
StatelessRandomUniform|shape:T seed:Tseed|output:dtype|dtype:type{$16}=float32 T:type{$7}=int32 Tseed:type{$7}=int64
StatelessRandomUniformFullInt|shape:T seed:Tseed|output:dtype|dtype:type{$80}=uint64 T:type{$7}=int32 Tseed:type{$80}=int64
StatelessRandomUniformFullIntV2|shape:Tshape key:uint64 counter:uint64 alg:int32|output:dtype|dtype:type{$80}=uint64 Tshape:type{$7}=int32
StatelessRandomUniformInt|shape:T seed:Tseed minval:dtype maxval:dtype|output:dtype|dtype:type{$7} T:type{$7} Tseed:type{$7}=int64
StatelessRandomUniformIntV2|shape:Tshape key:uint64 counter:uint64 alg:int32 minval:dtype maxval:dtype|output:dtype|dtype:type{$80} Tshape:type{$7}=int32
StatelessRandomUniformV2|shape:Tshape key:uint64 counter:uint64 alg:int32|output:dtype|dtype:type{$16}=float32 Tshape:type{$7}=int32
StatelessSampleDistortedBoundingBox|image_size:T bounding_boxes:float32 min_object_covered:float32 seed:Tseed|begin:T size:T bboxes:float32|T:type{$71} Tseed:type{$7} aspect_ratio_range:float*=[0.75,1.3300000429153442] area_range:float*=[0.05000000074505806,1.0] max_attempts:int=100 use_image_if_no_bounding_boxes:bool=false
StatelessShuffle|value:T key:uint64 counter:uint64 alg:int32|output:T|T:type
StatelessTruncatedNormal|shape:T seed:Tseed|output:dtype|dtype:type{$16}=float32 T:type{$7}=int32 Tseed:type{$7}=int64
StatelessTruncatedNormalV2|shape:Tshape key:uint64 counter:uint64 alg:int32|output:dtype|dtype:type{$16}=float32 Tshape:type{$7}=int32
TruncatedNormal!|shape:T|output:dtype|seed:int=0 seed2:int=0 dtype:type{$16} T:type{$7}
UniformCandidateSampler!|true_classes:int64|sampled_candidates:int64 true_expected_count:float32 sampled_expected_count:float32|num_true:int>=1 num_sampled:int>=1 unique:bool range_max:int>=1 seed:int=0 seed2:int=0`;
