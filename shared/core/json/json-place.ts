interface Level {
  readonly names: Set<string> | undefined;
  at: string | number;
  expectsName: boolean;
}

/** Where in a JSON document a walk over its tokens is, and which names each open object has had. */
export class JsonPlace {
  readonly #levels: Level[] = [];
  isAtName = false;

  get depth(): number {
    return this.#levels.length;
  }

  get expectsName(): boolean {
    return this.#levels.at(-1)?.expectsName ?? false;
  }

  open(token: '{' | '['): void {
    const isObject = token === '{';
    this.#levels.push({
      names: isObject ? new Set() : undefined,
      at: isObject ? '' : 0,
      expectsName: isObject,
    });
  }

  close(): void {
    this.#levels.pop();
  }

  comma(): void {
    const level = this.#levels.at(-1);
    if (!level) return;
    if (level.names) level.expectsName = true;
    else level.at = Number(level.at) + 1;
  }

  /** False when the object has had the name. */
  name(name: string): boolean {
    const level = this.#levels.at(-1)!;
    level.at = name;
    level.expectsName = false;
    const isNew = !level.names?.has(name);
    level.names?.add(name);
    return isNew;
  }

  /** RFC 6901. */
  pointer(): string {
    return this.#levels
      .slice(0, 64)
      .map(({ at }) => '/' + String(at).replaceAll('~', '~0').replaceAll('/', '~1'))
      .join('');
  }
}
