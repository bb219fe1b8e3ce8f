/** `tf.python_io`. */
export { TFRecordWriter, tf_record_iterator } from "../io/records.js";
