type Pieces = AsyncIterable<Uint8Array>;

/**
 * The sources, one after the other; each is read to its end before the next is asked for. The next ones, at most `ahead`, are
 * opened early, so that one need not wait for each to answer. Of each of them one piece is in memory.
 */
export async function* readAhead(sources: Iterable<Pieces>, ahead: number): AsyncGenerator<Pieces, void> {
  const waiting = sources[Symbol.iterator]();
  const opened: Opened[] = [];
  const openMore = (): void => {
    while (opened.length <= ahead) {
      const next = waiting.next();
      if (next.done) return;
      opened.push(open(next.value));
    }
  };
  try {
    for (openMore(); opened[0]; openMore()) {
      yield piecesOf(opened[0]);
      opened.shift();
    }
  } finally {
    await Promise.allSettled(opened.map(({ pieces }) => pieces.return?.()));
  }
}

interface Opened {
  readonly pieces: AsyncIterator<Uint8Array>;
  readonly first: Promise<IteratorResult<Uint8Array>>;
}

function open(source: Pieces): Opened {
  const pieces = source[Symbol.asyncIterator]();
  const first = pieces.next();
  // A failure is thrown when the source's turn comes, or never when an earlier one failed.
  first.catch(() => undefined);
  return { pieces, first };
}

async function* piecesOf({ pieces, first }: Opened): AsyncGenerator<Uint8Array> {
  for (let next = await first; !next.done; next = await pieces.next()) yield next.value;
}
