export type TokenKind = '{' | '}' | '[' | ']' | ',' | ':' | 'string' | 'word';

type Expected = 'value' | 'value or ]' | 'name' | 'name or }' | ':' | ', or end';

interface Level {
  /** Names had so far; undefined in an array. */
  readonly names: Set<string> | undefined;
  at: string | number;
}

/** Where in a JSON document a walk over its tokens is: which containers are open, what may come next, which names were had. */
export class JsonPlace {
  readonly #levels: Level[] = [];
  #expected: Expected = 'value';

  get depth(): number {
    return this.#levels.length;
  }

  /** Whether the next string is a name. */
  get isAtName(): boolean {
    return this.#expected === 'name' || this.#expected === 'name or }';
  }

  /** Whether the document may end here. */
  get isComplete(): boolean {
    return this.depth === 0 && this.#expected === ', or end';
  }

  /** Moves past a token; false when the grammar of JSON has none of its kind here. */
  take(kind: TokenKind): boolean {
    switch (this.#expected) {
      case 'value':
      case 'value or ]':
        return this.#takeValue(kind);
      case 'name':
      case 'name or }':
        if (kind === 'string') return this.#expect(':');
        return kind === '}' && this.#expected === 'name or }' && this.#close(kind);
      case ':':
        return kind === ':' && this.#expect('value');
      default:
        return kind === ',' ? this.#takeComma() : this.#close(kind);
    }
  }

  /** Records a name; false when its object already has it. */
  addName(name: string): boolean {
    const level = this.#levels.at(-1);
    if (!level) return true;
    const isNew = !level.names?.has(name);
    level.names?.add(name);
    level.at = name;
    return isNew;
  }

  /** RFC 6901. */
  pointer(): string {
    return this.#levels
      .map(({ at }) => '/' + String(at).replaceAll('~', '~0').replaceAll('/', '~1'))
      .join('');
  }

  #takeValue(kind: TokenKind): boolean {
    if (kind === 'string' || kind === 'word') return this.#expect(', or end');
    if (kind === ']') return this.#expected === 'value or ]' && this.#close(kind);
    if (kind !== '{' && kind !== '[') return false;
    this.#levels.push(kind === '{' ? { names: new Set(), at: '' } : { names: undefined, at: 0 });
    return this.#expect(kind === '{' ? 'name or }' : 'value or ]');
  }

  #takeComma(): boolean {
    const level = this.#levels.at(-1);
    if (!level) return false;
    if (level.names) return this.#expect('name');
    level.at = Number(level.at) + 1;
    return this.#expect('value');
  }

  #close(kind: TokenKind): boolean {
    const level = this.#levels.at(-1);
    if (!level || kind !== (level.names ? '}' : ']')) return false;
    this.#levels.pop();
    return this.#expect(', or end');
  }

  #expect(expected: Expected): true {
    this.#expected = expected;
    return true;
  }
}
