/** The version of PyTorch that this package follows. */
export const __version__ = "2.13.0+cpu";
export const cuda = null;
export const hip = null;
export const xpu = null;
export const rocm = null;
export const debug = false;
export const git_version = "cf30153c4c131c8164ee7798e5022d810682e2cb";
