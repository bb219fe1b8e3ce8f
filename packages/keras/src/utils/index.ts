/** `keras.utils`: data, seeds, logging and what else training needs. */
export { standardizeDType as standardize_dtype } from "../backend/dtype.js";
export { clear_session } from "../backend/global-state.js";
export { isSymbolic as is_keras_tensor } from "../backend/keras-tensor.js";
export {
  custom_object_scope,
  custom_object_scope as CustomObjectScope,
  get_custom_objects,
  get_registered_name,
  get_registered_object,
  register_keras_serializable,
} from "../saving/object-registration.js";
export { deserialize_keras_object, serialize_keras_object } from "../saving/serialization-lib.js";
export { pack_x_y_sample_weight, unpack_x_y_sample_weight } from "../trainers/data-adapters/data-adapter.js";
export { PyDataset, PyDataset as Sequence } from "../trainers/data-adapters/py-dataset.js";
export { audio_dataset_from_directory } from "./audio-folders.js";
export { Config } from "./config.js";
export { get_file } from "./get-file.js";
export { load_img, save_img } from "./image-files.js";
export { image_dataset_from_directory } from "./image-folders.js";
export { array_to_img, img_to_array } from "./images.js";
export {
  disable_interactive_logging,
  enable_interactive_logging,
  is_interactive_logging_enabled,
} from "./io.js";
export { normalize, to_categorical } from "./numerical.js";
export { Progbar } from "./progbar.js";
export { set_random_seed } from "./random-seed.js";
export { pad_sequences } from "./sequences.js";
export { get_source_inputs } from "./source-inputs.js";
export { split_dataset, timeseries_dataset_from_array } from "./splits.js";
export { text_dataset_from_directory } from "./text-folders.js";
export { model_to_dot, plot_model } from "./visualization/index.js";
