/** What `save` takes by name. */
export interface SaveOptions {
  overwrite?: boolean;
  /** `false` writes a folder instead of an archive. */
  zipped?: boolean | null;
  include_optimizer?: boolean;
  /** `"keras"`, `"h5"` or `"weights.h5"`, where there is no path that says it. */
  save_format?: string;
}
/** What `load_weights` takes by name. */
export interface LoadOptions {
  skip_mismatch?: boolean;
  by_name?: boolean;
  objects_to_skip?: readonly object[];
}
