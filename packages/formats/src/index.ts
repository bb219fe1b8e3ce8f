/**
 * Readers and writers of model files. They know no framework's classes: what they read are plain structures and arrays
 * of the kernel, which façades make their own objects of.
 *
 * Nothing from a file is ever executed, and no memory is taken on the word of a file alone.
 *
 * @packageDocumentation
 */

export { readWav, type Sound } from "./audio/wav.js";
export { type ArrayReadOptions, bytesOfArray, readArray, swapBytes } from "./bytes/arrays.js";
export { crc32 } from "./bytes/crc32.js";
export { Cursor } from "./bytes/cursor.js";
export { FileError, FormatError, type FormatProblem, WriteError } from "./bytes/errors.js";
export {
  type AsyncByteInput,
  bytesOf,
  bytesOfAsync,
  readFile,
  type WriteFileOptions,
  writeFileAtomic,
} from "./bytes/io.js";
export { md5 } from "./bytes/md5.js";
export { type FileSystem, nodeFileSystem } from "./bytes/node.js";
export { joinBytes, Sink, utf8Bytes } from "./bytes/sink.js";
export {
  type ByteInput,
  type ByteSource,
  FileSource,
  MemorySource,
  sourceOf,
  withSource,
} from "./bytes/source.js";
export type { AttributeValue, Hdf5Attributes } from "./hdf5/attributes.js";
export type { Hdf5Type } from "./hdf5/datatype.js";
export { Hdf5Dataset, Hdf5File, Hdf5Group, looksLikeHdf5 } from "./hdf5/reader.js";
export type { Hdf5Value } from "./hdf5/values.js";
export {
  type AttributeInput,
  type DatasetInput,
  Hdf5DatasetBuilder,
  Hdf5GroupBuilder,
  Hdf5Text,
  Hdf5Writer,
} from "./hdf5/writer.js";
export { looksLikeBmp, readBmp } from "./image/bmp.js";
export { type Frames, looksLikeGif, readGif } from "./image/gif.js";
export type { ImageMode, Pixels } from "./image/pixels.js";
export { converted } from "./image/pixels.js";
export { looksLikePng, readPng } from "./image/png.js";
export { writePng } from "./image/png-writer.js";
export { readImage } from "./image/read.js";
export { type Box, type Resampling, resampled } from "./image/resample.js";
export {
  type KerasArchive,
  kerasArchiveFiles,
  kerasArchiveOf,
  kerasArchivePieces,
  pythonJson,
  readKerasArchive,
  writeKerasArchive,
} from "./keras-archive.js";
export { npyPieces, npzPieces, readNpy, readNpz, writeNpy, writeNpz } from "./npy.js";
export {
  Global,
  type GlobalHandlers,
  inertGlobal,
  type PickleContext,
  PickledObject,
  STANDARD_GLOBALS,
} from "./pickle/globals.js";
export { NUMPY_GLOBALS, PickledArray, PickledDType } from "./pickle/numpy.js";
export type { OpName } from "./pickle/opcodes.js";
export { PersistentId, type PickleOptions, Pickler, pickle } from "./pickle/pickler.js";
export { type PlainOptions, plainDicts } from "./pickle/plain.js";
export { GlobalRefusedError, OpcodeRefusedError } from "./pickle/refused.js";
export { type UnpickleOptions, Unpickler, unpickle } from "./pickle/unpickler.js";
export {
  Counter,
  DefaultDict,
  Deque,
  OrderedDict,
  type PickleValues,
  PyByteArray,
  PyComplex,
  PyDict,
  PyFloat,
  PyFrozenSet,
  PyTuple,
  plainValues,
} from "./pickle/values.js";
export {
  readSafetensors,
  readSafetensorsHeader,
  type Safetensors,
  type SafetensorsEntry,
  type SafetensorsHeader,
  safetensorsPieces,
  writeSafetensors,
} from "./safetensors.js";
export { PickledTable, pickledArray, pickledItems, pickledScalar, pickledTexts } from "./sklearn/arrays.js";
export { readEstimators } from "./sklearn/joblib.js";
export {
  LIBSVM_KERNELS,
  LIBSVM_TYPES,
  type LibsvmModelText,
  readLibsvmModel,
  seventeenDigits,
  significant,
  writeLibsvmModel,
} from "./sklearn/libsvm-model.js";
export { readSvmlight, type SvmlightData, SvmlightError, writeSvmlight } from "./sklearn/svmlight.js";
export { readT7, type T7ReadOptions } from "./t7/reader.js";
export { T7Function, T7Object, T7Storage, T7Table, T7Tensor, type T7Value } from "./t7/values.js";
export { writeT7 } from "./t7/writer.js";
export * from "./tensorflow/index.js";
export { readTfjsModel, type TfjsModel, type TfjsWeight, tfjsModelFiles } from "./tfjs.js";
export type {
  Definition,
  Expression,
  ScriptClass,
  ScriptFunction,
  ScriptParameter,
  Statement,
} from "./torch/code/nodes.js";
export { parseScript } from "./torch/code/parser.js";
export { type ExportedFile, exportedDType, isExported, readExported } from "./torch/exported.js";
export { BLOCKED_MODULES } from "./torch/globals.js";
export {
  type LoadedTensor,
  TorchDevice,
  type TorchHooks,
  TorchName,
  TorchParameter,
  TorchStorage,
  TorchTensor,
} from "./torch/loaded.js";
export {
  readTorch,
  type TorchContainer,
  type TorchFile,
  type TorchReadOptions,
  torchContainer,
  WEIGHTS_ONLY_OPERATIONS,
} from "./torch/reader.js";
export {
  isTorchScript,
  readTorchScript,
  type TorchScriptFile,
  type TorchScriptOptions,
} from "./torch/script.js";
export { SavedTensor, type TorchWriteOptions, torchPieces, writeTorch } from "./torch/writer.js";
export { readBinaryModel } from "./xgboost/binary.js";
export { readModelJson, singleText, writeModelJson } from "./xgboost/json.js";
export { type ModelForm, modelForm, readXgboostModel } from "./xgboost/model.js";
export { readUbjson, writeUbjson } from "./xgboost/ubjson.js";
export {
  isNumberArray,
  type ModelObject,
  type ModelValue,
  type NumberArray,
  Single,
} from "./xgboost/values.js";
export { looksLikeZip, ZipArchive, type ZipEntry, type ZipReadOptions } from "./zip/reader.js";
export { writeZip, type ZipRecord, type ZipWriteOptions, zipPieces } from "./zip/writer.js";
