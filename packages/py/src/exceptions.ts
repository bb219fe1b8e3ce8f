import {
  BaseException,
  codecReading,
  defineException,
  firstAs,
  keyReading,
  systemReading,
} from "./core/exception.js";
import { nameClass } from "./core/names.js";

// The tree of Python's manual, "Exception hierarchy". A class is a value and a type of the same name.
export { BaseException, type ExceptionClass } from "./core/exception.js";

export const Exception = defineException("Exception", BaseException);
export type Exception = BaseException;
export const KeyboardInterrupt = defineException("KeyboardInterrupt", BaseException);
export type KeyboardInterrupt = BaseException;
export const SystemExit = defineException("SystemExit", BaseException, firstAs("code"));
export type SystemExit = BaseException;
export const GeneratorExit = defineException("GeneratorExit", BaseException);
export type GeneratorExit = BaseException;
export const ArithmeticError = defineException("ArithmeticError", Exception);
export type ArithmeticError = BaseException;
export const FloatingPointError = defineException("FloatingPointError", ArithmeticError);
export type FloatingPointError = BaseException;
export const OverflowError = defineException("OverflowError", ArithmeticError);
export type OverflowError = BaseException;
export const ZeroDivisionError = defineException("ZeroDivisionError", ArithmeticError);
export type ZeroDivisionError = BaseException;
export const AssertionError = defineException("AssertionError", Exception);
export type AssertionError = BaseException;
export const AttributeError = defineException("AttributeError", Exception);
export type AttributeError = BaseException;
export const BufferError = defineException("BufferError", Exception);
export type BufferError = BaseException;
export const EOFError = defineException("EOFError", Exception);
export type EOFError = BaseException;
export const ImportError = defineException("ImportError", Exception);
export type ImportError = BaseException;
export const ModuleNotFoundError = defineException("ModuleNotFoundError", ImportError);
export type ModuleNotFoundError = BaseException;
export const LookupError = defineException("LookupError", Exception);
export type LookupError = BaseException;
export const IndexError = defineException("IndexError", LookupError);
export type IndexError = BaseException;
/** A missing key; its text is the key's repr, as in Python. */
export const KeyError = defineException("KeyError", LookupError, keyReading);
export type KeyError = BaseException;
export const MemoryError = defineException("MemoryError", Exception);
export type MemoryError = BaseException;
export const NameError = defineException("NameError", Exception);
export type NameError = BaseException;
export const UnboundLocalError = defineException("UnboundLocalError", NameError);
export type UnboundLocalError = BaseException;
/** With a number and a text it reads `[Errno 2] No such file or directory: 'a.pt'`. */
export const OSError = defineException("OSError", Exception, systemReading);
export type OSError = BaseException;
export const BlockingIOError = defineException("BlockingIOError", OSError);
export type BlockingIOError = BaseException;
export const ChildProcessError = defineException("ChildProcessError", OSError);
export type ChildProcessError = BaseException;
export const ConnectionError = defineException("ConnectionError", OSError);
export type ConnectionError = BaseException;
export const BrokenPipeError = defineException("BrokenPipeError", ConnectionError);
export type BrokenPipeError = BaseException;
export const FileExistsError = defineException("FileExistsError", OSError);
export type FileExistsError = BaseException;
export const FileNotFoundError = defineException("FileNotFoundError", OSError);
export type FileNotFoundError = BaseException;
export const InterruptedError = defineException("InterruptedError", OSError);
export type InterruptedError = BaseException;
export const IsADirectoryError = defineException("IsADirectoryError", OSError);
export type IsADirectoryError = BaseException;
export const NotADirectoryError = defineException("NotADirectoryError", OSError);
export type NotADirectoryError = BaseException;
export const PermissionError = defineException("PermissionError", OSError);
export type PermissionError = BaseException;
export const TimeoutError = defineException("TimeoutError", OSError);
export type TimeoutError = BaseException;
export const ReferenceError = defineException("ReferenceError", Exception);
export type ReferenceError = BaseException;
export const RuntimeError = defineException("RuntimeError", Exception);
export type RuntimeError = BaseException;
export const NotImplementedError = defineException("NotImplementedError", RuntimeError);
export type NotImplementedError = BaseException;
export const RecursionError = defineException("RecursionError", RuntimeError);
export type RecursionError = BaseException;
export const StopIteration = defineException("StopIteration", Exception, firstAs("value"));
export type StopIteration = BaseException;
export const StopAsyncIteration = defineException("StopAsyncIteration", Exception);
export type StopAsyncIteration = BaseException;
export const SyntaxError = defineException("SyntaxError", Exception);
export type SyntaxError = BaseException;
export const IndentationError = defineException("IndentationError", SyntaxError);
export type IndentationError = BaseException;
export const SystemError = defineException("SystemError", Exception);
export type SystemError = BaseException;
export const TypeError = defineException("TypeError", Exception);
export type TypeError = BaseException;
export const ValueError = defineException("ValueError", Exception);
export type ValueError = BaseException;
export const UnicodeError = defineException("UnicodeError", ValueError);
export type UnicodeError = BaseException;
export const UnicodeDecodeError = defineException("UnicodeDecodeError", UnicodeError, codecReading);
export type UnicodeDecodeError = BaseException;
export const UnicodeEncodeError = defineException("UnicodeEncodeError", UnicodeError);
export type UnicodeEncodeError = BaseException;
export const Warning = defineException("Warning", Exception);
export type Warning = BaseException;
export const DeprecationWarning = defineException("DeprecationWarning", Warning);
export type DeprecationWarning = BaseException;
export const PendingDeprecationWarning = defineException("PendingDeprecationWarning", Warning);
export type PendingDeprecationWarning = BaseException;
export const RuntimeWarning = defineException("RuntimeWarning", Warning);
export type RuntimeWarning = BaseException;
export const SyntaxWarning = defineException("SyntaxWarning", Warning);
export type SyntaxWarning = BaseException;
export const UserWarning = defineException("UserWarning", Warning);
export type UserWarning = BaseException;
export const FutureWarning = defineException("FutureWarning", Warning);
export type FutureWarning = BaseException;
export const ImportWarning = defineException("ImportWarning", Warning);
export type ImportWarning = BaseException;
export const UnicodeWarning = defineException("UnicodeWarning", Warning);
export type UnicodeWarning = BaseException;
export const BytesWarning = defineException("BytesWarning", Warning);
export type BytesWarning = BaseException;
export const ResourceWarning = defineException("ResourceWarning", Warning);
export type ResourceWarning = BaseException;
/** `pickle.UnpicklingError`. */
export const UnpicklingError = nameClass(
  "_pickle.UnpicklingError",
  defineException("UnpicklingError", Exception),
);
export type UnpicklingError = BaseException;
/** `pickle.PicklingError`. */
export const PicklingError = nameClass("_pickle.PicklingError", defineException("PicklingError", Exception));
export type PicklingError = BaseException;
export const IOError = OSError;
export const EnvironmentError = OSError;
