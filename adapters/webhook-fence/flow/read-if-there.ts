import type { ObjectRef } from '#shared/core/outcome/object-ref.ts';
import { ObjectGone } from '#shared/ports.ts';
import { readText } from './read-text.ts';
import type { Work } from './work.ts';

/** What an object says, by `parse`; undefined when it is no longer there. */
export async function readIfThere<T>(
  work: Pick<Work, 'ports'>,
  object: ObjectRef,
  parse: (text: string) => T,
): Promise<T | undefined> {
  try {
    return parse(await readText(work, object));
  } catch (error) {
    if (error instanceof ObjectGone) return undefined;
    throw error;
  }
}
