import { MetaInfo } from "./meta-info.js";
import { type Columns, countPresent, type Rows, toColumns } from "./storage.js";

/** What the engine trains on and predicts: features, and what is known beside them. `DMatrix` is its Python face. */
export class Matrix {
  readonly info = new MetaInfo();
  private columnsCache: Columns | null = null;
  /** Quantised forms and the like that the tree methods keep between rounds, by their own keys. */
  readonly cache = new Map<string, unknown>();

  constructor(readonly rows: Rows) {
    this.info.numRow = rows.rows;
    this.info.numCol = rows.cols;
    this.info.numNonMissing = countPresent(rows);
  }
  get columns(): Columns {
    this.columnsCache ??= toColumns(this.rows);
    return this.columnsCache;
  }
  /** The columns for one use: they take as much memory as the features twice over, so they are not kept for it. */
  columnsOnce(): Columns {
    return this.columnsCache ?? toColumns(this.rows);
  }
  /** Nothing is missing. */
  get isDense(): boolean {
    return this.info.numNonMissing === this.info.numRow * this.info.numCol;
  }
}
