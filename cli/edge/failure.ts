/** Why a command could not do its work, for people. Exit code 2: the command was wrong; 3: the API or the way to it failed. */
export class Failure extends Error {
  override readonly name = 'Failure';
  readonly exitCode: 2 | 3;

  constructor(message: string, exitCode: 2 | 3, options?: ErrorOptions) {
    super(message, options);
    this.exitCode = exitCode;
  }
}
