import { many, mapOf, message, sub, subs } from "./proto.js";

// Field numbers are those of tensorflow/core/example/feature.proto and example.proto.

export const BytesList = message("BytesList", { value: many("bytes", 1) });
export const FloatList = message("FloatList", { value: many("float", 1) });
export const Int64List = message("Int64List", { value: many("long", 1) });
export const Feature = message("Feature", {
  bytes_list: sub(() => BytesList, 1),
  float_list: sub(() => FloatList, 2),
  int64_list: sub(() => Int64List, 3),
});
export const Features = message("Features", { feature: mapOf(() => Feature, 1) });
export const FeatureList = message("FeatureList", { feature: subs(() => Feature, 1) });
export const FeatureLists = message("FeatureLists", { feature_list: mapOf(() => FeatureList, 1) });
export const Example = message("Example", { features: sub(() => Features, 1) });
export const SequenceExample = message("SequenceExample", {
  context: sub(() => Features, 1),
  feature_lists: sub(() => FeatureLists, 2),
});
