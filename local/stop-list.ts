/** What must be undone, in reverse order of doing; once, however often it is asked. */
export class StopList {
  readonly #undo: (() => Promise<void> | void)[] = [];
  #stopping: Promise<void> | undefined;

  add(undo: () => Promise<void> | void): void {
    this.#undo.push(undo);
  }

  stop(): Promise<void> {
    this.#stopping ??= this.#stop();
    return this.#stopping;
  }

  async #stop(): Promise<void> {
    for (const undo of this.#undo.reverse()) await undo();
  }
}
