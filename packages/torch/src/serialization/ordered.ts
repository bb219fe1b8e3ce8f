/** Plain objects that were an `OrderedDict` in the file that they came from, so that saving gives one again. */
export const ordered = new WeakSet<object>();
