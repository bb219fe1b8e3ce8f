import { FileSource } from "@cognate/formats";
import cliProgress from "cli-progress";

/** Below this many bytes everything is done before a bar could be read. */
const LARGE = 32 * 2 ** 20;
/** Lines for every part of this size where there is no terminal. */
const TENTH = 0.1;

export type ProgressMode = "auto" | "always" | "never";

/** How far reading and writing are, on stderr: a bar in a terminal, a line every tenth otherwise. */
export class Progress {
  constructor(
    private readonly _mode: ProgressMode,
    private readonly _stream: NodeJS.WriteStream = process.stderr,
  ) {}

  /** Begins a stage of `total` bytes; the function that is given back is told of each part of it. */
  stage(name: string, total: number): Stage {
    const shown =
      this._mode === "always" || (this._mode === "auto" && this._stream.isTTY === true && total >= LARGE);
    if (!shown) return { add() {}, stop() {} };
    return this._stream.isTTY ? bar(name, total, this._stream) : lines(name, total, this._stream);
  }
}

export interface Stage {
  add(bytes: number): void;
  stop(): void;
}

const megabytes = (bytes: number): number => Math.round(bytes / 1e5) / 10;

function bar(name: string, total: number, stream: NodeJS.WriteStream): Stage {
  const format = `${name} {bar} {percentage} % · {value} of {total} MB`;
  const made = new cliProgress.SingleBar(
    { format, stream, barsize: 30, hideCursor: true, clearOnComplete: true },
    cliProgress.Presets.shades_classic,
  );
  let done = 0;
  made.start(megabytes(total), 0);
  return {
    add(bytes) {
      done += bytes;
      made.update(Math.min(megabytes(done), megabytes(total)));
    },
    stop: () => made.stop(),
  };
}

function lines(name: string, total: number, stream: NodeJS.WriteStream): Stage {
  let done = 0;
  let told = 0;
  return {
    add(bytes) {
      done += bytes;
      const share = total === 0 ? 1 : Math.min(done / total, 1);
      if (share < told + TENTH && !(share === 1 && told < 1)) return;
      told = share;
      stream.write(`${name} ${Math.round(share * 100)} % · ${megabytes(done)} of ${megabytes(total)} MB\n`);
    },
    stop() {},
  };
}

/** A file that tells a stage how many of its bytes were read. */
export class WatchedFile extends FileSource {
  private readonly _stage: Stage;
  constructor(path: string, progress: Progress) {
    super(path);
    this._stage = progress.stage("reading", this.size);
  }
  override readInto(offset: number, target: Uint8Array): void {
    super.readInto(offset, target);
    this._stage.add(target.length);
  }
  override close(): void {
    this._stage?.stop();
    super.close();
  }
}
