/** `tf.gfile`. */
export {
  copy as Copy,
  exists as Exists,
  GFile,
  GFile as FastGFile,
  GFile as Open,
  glob as Glob,
  isdir as IsDirectory,
  listdir as ListDirectory,
  makedirs as MakeDirs,
  mkdir as MkDir,
  remove as Remove,
  rename as Rename,
  rmtree as DeleteRecursively,
  stat as Stat,
  walk as Walk,
} from "../io/gfile.js";
