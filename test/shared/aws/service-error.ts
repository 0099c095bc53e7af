/** An error in the form that the SDK throws what a service answers. */
export const serviceError = (name: string, httpStatusCode: number, more: object = {}): Error =>
  Object.assign(new Error(`${name} as told`), { name, $metadata: { httpStatusCode }, ...more });
