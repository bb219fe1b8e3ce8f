import cliProgress from "cli-progress";
import type { Expected } from "./expected.js";

/** What the main job says, and how far training is. */
export class Report {
  constructor(private readonly _out: NodeJS.WriteStream) {}

  line(text = ""): void {
    this._out.write(`${text}\n`);
  }

  heading(text: string): void {
    const bold = this._out.isTTY ? `\u001b[1m${text}\u001b[0m` : text;
    this.line(`\n${bold}\n${"─".repeat(text.length)}`);
  }

  /** A progress bar with our loss beside the library's; where there is no terminal, a line every tenth step. */
  training(library: string, losses: Expected["losses"]): Training {
    return new Training(this, this._out, library, losses);
  }
}

const FORMAT = " {bar} {value}/{total} · loss {ours} · {library} {theirs} · largest difference {worst}";
/** Steps between two lines where there is no terminal. */
const EVERY = 10;

export class Training {
  /** The largest difference of two losses so far. */
  worst = 0;
  private readonly _theirs: number[];
  private readonly _bar: cliProgress.SingleBar | undefined;

  constructor(
    private readonly _report: Report,
    stream: NodeJS.WriteStream,
    private readonly _library: string,
    losses: Expected["losses"],
  ) {
    this._theirs = losses.tolist() as number[];
    if (!stream.isTTY) return;
    const look = { format: FORMAT, stream, barsize: 24, hideCursor: true };
    this._bar = new cliProgress.SingleBar(look, cliProgress.Presets.shades_classic);
    this._bar.start(this._theirs.length, 0, this._payload(0, 0));
  }

  readonly step = (step: number, ours: number): void => {
    const theirs = this._theirs[step] ?? Number.NaN;
    const off = Math.abs(ours - theirs);
    // What is no number must not look like agreement.
    if (!(off <= this.worst)) this.worst = off;
    const n = step + 1;
    if (this._bar) this._bar.update(n, this._payload(ours, theirs));
    else if (n % EVERY === 0 || n === this._theirs.length)
      this._report.line(
        `  step ${String(n).padStart(3)}/${this._theirs.length} · loss ${ours.toFixed(6)} · ${this._library} ${theirs.toFixed(6)}`,
      );
  };

  stop(): void {
    this._bar?.stop();
    this._report.line(`Largest difference of the losses: ${this.worst.toExponential(1)}`);
  }

  private _payload(ours: number, theirs: number): object {
    const text = (x: number): string => x.toFixed(6);
    return {
      ours: text(ours),
      theirs: text(theirs),
      library: this._library,
      worst: this.worst.toExponential(1),
    };
  }
}
