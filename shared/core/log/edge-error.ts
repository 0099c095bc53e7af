/** An error of ours. Its message is written by us and holds no value of the input, so it may be logged. */
export class EdgeError extends Error {
  override readonly name: string = 'EdgeError';
  readonly isSafeToLog = true;
}
