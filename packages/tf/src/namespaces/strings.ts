/** `tf.strings`. */

export {
  unicode_decode,
  unicode_decode_with_offsets,
  unicode_encode,
  unicode_split,
  unicode_split_with_offsets,
  unicode_transcode,
} from "../ops/strings/unicode.js";
export {
  as_string,
  bytes_split,
  format,
  join,
  length,
  lower,
  ngrams,
  reduce_join,
  regex_full_match,
  regex_replace,
  split,
  strip,
  substr,
  to_hash_bucket,
  to_hash_bucket_fast,
  to_hash_bucket_strong,
  to_number,
  unsorted_segment_join,
  upper,
} from "../ops/strings.js";
