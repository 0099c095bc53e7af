import type { Call } from './decide.ts';
import type { JsonInput } from './json-input.ts';

/** `arnOf` gives a secret's ARN by its name or ARN; undefined where there is none. */
export const secretsCalls =
  (arnOf: (id: string) => string | undefined) =>
  (operation: string, { SecretId }: JsonInput): readonly Call[] => [
    {
      action: `secretsmanager:${operation}`,
      resource: SecretId === undefined ? '*' : (arnOf(String(SecretId)) ?? String(SecretId)),
    },
  ];
