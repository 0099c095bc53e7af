/** An answer of status 400, by the name that the SDK makes an exception of. */
export class KinesisError extends Error {
  override readonly name: string;

  constructor(name: string, message: string) {
    super(message);
    this.name = name;
  }
}
