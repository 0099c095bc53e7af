import { arn } from '../aws-names.ts';
import type { Call } from './decide.ts';
import type { JsonInput } from './json-input.ts';

export const kinesisCalls =
  (region: string) =>
  (operation: string, { StreamARN, StreamName }: JsonInput): readonly Call[] => [
    {
      action: `kinesis:${operation}`,
      resource: String(StreamARN ?? (StreamName ? arn('kinesis', region, `stream/${StreamName}`) : '*')),
    },
  ];
