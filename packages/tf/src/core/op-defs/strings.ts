// Written by test-fixtures/tf/op-defs/generate.py from TensorFlow 2.21.0's registry of operations. Do not edit.

export const strings = `AsString|input:T|output:string|T:type{$14} precision:int=-1 scientific:bool=false shortest:bool=false width:int=-1 fill:string=''
DecodeBase64|input:string|output:string|
DecodeRaw|bytes:string|output:out_type|out_type:type{$34} little_endian:bool=true
EditDistance|hypothesis_indices:int64 hypothesis_values:T hypothesis_shape:int64 truth_indices:int64 truth_values:T truth_shape:int64|output:float32|normalize:bool=true T:type
EncodeBase64|input:string|output:string|pad:bool=false
Fact||fact:string|
Fingerprint|data:T method:string|fingerprint:uint8|T:type
HistogramSummary|tag:string values:T|summary:string|T:type{$31}=float32
ImageSummary|tag:string tensor:T|summary:string|max_images:int>=1=3 T:type{$46}=float32 bad_color:tensor=tensor
MergeSummary|inputs:N*string|summary:string|N:int>=1
ParseTensor|serialized:string|output:out_type|out_type:type
ReadFile|filename:string|contents:string|
ReduceJoin|inputs:string reduction_indices:int32|output:string|keep_dims:bool=false separator:string=''
RegexFullMatch|input:string pattern:string|output:bool|
RegexReplace|input:string pattern:string rewrite:string|output:string|replace_global:bool=true
ScalarSummary|tags:string values:T|summary:string|T:type{$31}
SerializeTensor|tensor:T|serialized:string|T:type
StaticRegexFullMatch|input:string|output:bool|pattern:string
StaticRegexReplace|input:string|output:string|pattern:string rewrite:string replace_global:bool=true
StringFormat|inputs:[T]|output:string|T:type*>=0 template:string='%s' placeholder:string='%s' summarize:int=3
StringJoin|inputs:N*string|output:string|N:int>=0 separator:string=''
StringLength|input:string|output:int32|unit:string{BYTE,UTF8_CHAR}='BYTE'
StringLower|input:string|output:string|encoding:string=''
StringNGrams|data:string data_splits:Tsplits|ngrams:string ngrams_splits:Tsplits|separator:string ngram_widths:int*>=0 left_pad:string right_pad:string pad_width:int preserve_short_sequences:bool Tsplits:type{$7}=int64
StringSplit|input:string delimiter:string|indices:int64 values:string shape:int64|skip_empty:bool=true
StringSplitV2|input:string sep:string|indices:int64 values:string shape:int64|maxsplit:int=-1
StringStrip|input:string|output:string|
StringToHashBucket|string_tensor:string|output:int64|num_buckets:int>=1
StringToHashBucketFast|input:string|output:int64|num_buckets:int>=1
StringToHashBucketStrong|input:string|output:int64|num_buckets:int>=1 key:int*
StringToNumber|string_tensor:string|output:out_type|out_type:type{$81}=float32
StringUpper|input:string|output:string|encoding:string=''
Substr|input:string pos:T len:T|output:string|T:type{$7} unit:string{BYTE,UTF8_CHAR}='BYTE'
UnicodeDecode|input:string|row_splits:Tsplits char_values:int32|input_encoding:string errors:string{strict,replace,ignore}='replace' replacement_char:int=65533 replace_control_characters:bool=false Tsplits:type{$7}=int64
UnicodeDecodeWithOffsets|input:string|row_splits:Tsplits char_values:int32 char_to_byte_starts:int64|input_encoding:string errors:string{strict,replace,ignore}='replace' replacement_char:int=65533 replace_control_characters:bool=false Tsplits:type{$7}=int64
UnicodeEncode|input_values:int32 input_splits:Tsplits|output:string|errors:string{ignore,replace,strict}='replace' output_encoding:string{UTF-8,UTF-16-BE,UTF-32-BE} replacement_char:int=65533 Tsplits:type{$7}=int64
UnicodeScript|input:int32|output:int32|
UnicodeTranscode|input:string|output:string|input_encoding:string output_encoding:string{UTF-8,UTF-16-BE,UTF-32-BE} errors:string{strict,replace,ignore}='replace' replacement_char:int=65533 replace_control_characters:bool=false
UnsortedSegmentJoin|inputs:string segment_ids:Tindices num_segments:Tnumsegments|output:string|separator:string='' Tindices:type{$7} Tnumsegments:type{$7}=int32
WriteFile!|filename:string contents:string||`;
