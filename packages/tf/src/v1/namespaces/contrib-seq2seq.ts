/*
 * `tf.contrib.seq2seq`. TensorFlow 2.21 does not have it: the meaning is that of TensorFlow 1.15's documentation, which
 * TensorFlow Addons kept, and the fixtures restate it in NumPy.
 */
export { BahdanauAttention, LuongAttention } from "../seq2seq/attention.js";
export {
  BeamSearchDecoder,
  BeamSearchDecoderOutput,
  BeamSearchDecoderState,
  FinalBeamSearchDecoderOutput,
  gather_tree,
} from "../seq2seq/beam.js";
export { BasicDecoder, BasicDecoderOutput, dynamic_decode } from "../seq2seq/decoder.js";
export {
  CustomHelper,
  GreedyEmbeddingHelper,
  SampleEmbeddingHelper,
  TrainingHelper,
} from "../seq2seq/helpers.js";
export { sequence_loss, tile_batch } from "../seq2seq/loss.js";
export { AttentionWrapper, AttentionWrapperState } from "../seq2seq/wrapper.js";
