import { pipeline } from 'node:stream/promises';
import type { Gunzip, InflateRaw } from 'node:zlib';
import { fileFault } from './file-fault.ts';
import { Intake } from './intake.ts';

/**
 * Expands `source` to its end. One piece is held at a time; both sides are closed however the reading ends.
 * @throws FileFault BROKEN_ARCHIVE on truncated or corrupt data, and on bytes after its end.
 * @throws whatever `source` throws, unchanged.
 */
export async function* inflate(
  source: AsyncIterable<Uint8Array>,
  inflater: Gunzip | InflateRaw,
): AsyncGenerator<Uint8Array> {
  const intake = new Intake(source);
  // What fails in feeding is seen, with its cause, by whoever reads the inflater.
  const fed = pipeline(intake, inflater).catch(() => undefined);
  try {
    yield* inflater;
    if (intake.bytes === 0) throw broken('it holds no byte');
    if (intake.bytes > inflater.bytesWritten) throw broken('bytes follow the end of the compressed data');
  } catch (error) {
    throw intake.failure ? intake.failure.reason : brokenBy(error);
  } finally {
    inflater.destroy();
    await fed;
  }
}

const broken = (detail: string) => fileFault('BROKEN_ARCHIVE', detail);

/** zlib names its errors `Z_…`; any other is no fault of the file. */
function brokenBy(error: unknown): unknown {
  const { code, message } = error as NodeJS.ErrnoException;
  return code?.startsWith('Z_') ? fileFault('BROKEN_ARCHIVE', message, { cause: error }) : error;
}
