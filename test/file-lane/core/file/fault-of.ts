import { FileFault } from '#adapters/file-lane/core/file/file-fault.ts';
import { type Fault, isFault } from '#shared/contract/fault.ts';
import { collect } from './pieces.ts';

/** The fault that reading `source` to its end throws; fails when it throws none, or anything else. */
export async function faultOf(source: AsyncIterable<Uint8Array>): Promise<Fault> {
  const error = await collect(source).then(
    bytes => new Error(`no fault, but ${bytes.length} bytes`),
    (reason: unknown) => reason,
  );
  if (error instanceof FileFault) return error.fault;
  throw error;
}

/** The fault that a function answers; fails when it answers anything else. */
export function answeredFault(answer: object): Fault {
  if (isFault(answer)) return answer;
  throw new Error(`no fault, but ${JSON.stringify(answer)}`);
}
