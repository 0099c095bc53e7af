/** An error as a log line holds it. */
export interface ErrorDescription {
  readonly name: string;
  /** Left out where it may quote the input. */
  readonly message?: string;
  /** The calls that led to it, without the message. */
  readonly location: readonly string[];
  readonly cause?: ErrorDescription;
}

/** Frames that are logged; the first ones say where it happened. */
const framesMax = 8;
const causesMax = 4;

/**
 * Describes an error without quoting the input. A parser, a schema or a contract's own code may put a personal value into its
 * message, so only messages of ours (`isSafeToLog`), of AWS services and of the network are kept. Name and place are always kept.
 */
export function describeError(error: unknown, depth = 0): ErrorDescription {
  if (!(error instanceof Error)) return { name: typeof error, location: [] };
  return {
    name: nameOf(error),
    ...(hasSafeMessage(error) && { message: error.message }),
    location: framesOf(error),
    ...(error.cause !== undefined && depth < causesMax && { cause: describeError(error.cause, depth + 1) }),
  };
}

/** A class's name is ours or a library's. A name that is set at run time may hold anything, so only a word is kept. */
const nameOf = ({ name }: Error): string => (/^[A-Za-z_$][\w$.]{0,79}$/.test(name) ? name : 'Error');

/** `$metadata`: from an AWS service. `syscall`: from Node, about a connection or a file. */
const hasSafeMessage = (error: Error): boolean =>
  ('isSafeToLog' in error && error.isSafeToLog === true) || '$metadata' in error || 'syscall' in error;

/** The stack begins with the message, which may have several lines: only lines in the form of a call are kept. */
const framesOf = ({ stack = '', message }: Error): readonly string[] =>
  stack
    .slice(stack.includes(message) ? stack.indexOf(message) + message.length : 0)
    .split('\n')
    .filter(line => /^ {4}at \S/.test(line))
    .slice(0, framesMax)
    .map(line => line.trim());
