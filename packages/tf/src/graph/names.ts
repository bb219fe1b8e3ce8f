/** The names that a graph has given out, and the scope that new ones get. */
export class Names {
  private readonly _used = new Map<string, number>();
  /** The scope without its slash, empty at the top. */
  stack = "";

  /** A name that nothing has yet, within the scope; letters of either case count as the same. */
  unique(name: string, mark = true): string {
    const full = this.stack ? `${this.stack}/${name}` : name;
    const key = full.toLowerCase();
    let i = this._used.get(key) ?? 0;
    if (mark) this._used.set(key, i + 1);
    if (i === 0) return full;
    let other = key;
    while (this._used.has(other)) other = `${key}_${i++}`;
    if (mark) this._used.set(other, 1);
    return `${full}_${i - 1}`;
  }
  /** Enters a scope and gives the one before; a name with a slash at its end is taken as it is. */
  enter(name: string | null): string {
    const before = this.stack;
    if (!name) this.stack = "";
    else if (name.endsWith("/")) this.stack = name.slice(0, -1);
    else this.stack = this.unique(name);
    return before;
  }
  /** Notes a name that came from elsewhere (an imported graph). */
  note(name: string): void {
    this._used.set(name.toLowerCase(), Math.max(1, this._used.get(name.toLowerCase()) ?? 0));
  }
}
