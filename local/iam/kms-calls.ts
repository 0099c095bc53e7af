import type { Call } from './decide.ts';
import type { JsonInput } from './json-input.ts';

/** `arnOf` gives a key's ARN by its id or ARN; undefined where there is none. */
export const kmsCalls =
  (arnOf: (id: string) => string | undefined) =>
  (operation: string, { KeyId }: JsonInput): readonly Call[] => [
    {
      action: `kms:${operation}`,
      resource: KeyId === undefined ? '*' : (arnOf(String(KeyId)) ?? String(KeyId)),
    },
  ];
