/** Samples are missing or not as they must be; the message says to whoever writes them which, and what to do. */
export class SamplesProblem extends Error {
  override readonly name = 'SamplesProblem';
}
