/** Samples are missing or not as they must be; the message says to whoever writes them which, and what to do. */
export class SamplesProblem extends Error {
  override readonly name = 'SamplesProblem';
}

/** Does the work; samples that are not as they must be are told of instead, so that others' go on. */
export const unlessSamplesProblem = (
  work: Promise<unknown>,
  tell: (problem: string) => void,
): Promise<unknown> =>
  work.catch(error => {
    if (!(error instanceof SamplesProblem)) throw error;
    tell(error.message);
  });
