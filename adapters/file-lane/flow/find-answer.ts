import type { EtaggedObject, Files } from '#shared/ports.ts';
import { type Answer, answerIn } from '../core/acknowledgement/answer.ts';

/** An object under `ack/`, and whose answer it is; an older release did not say. */
export interface FoundAnswer extends EtaggedObject {
  readonly answer: Answer | undefined;
}

export async function findAnswer(files: Files, key: string): Promise<FoundAnswer | undefined> {
  const found = await files.head({ bucket: 'inbound', key });
  return found && { bucket: 'inbound', key, etag: found.etag, answer: answerIn(found.metadata) };
}
