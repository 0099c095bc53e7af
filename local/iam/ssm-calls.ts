import { arn } from '../aws-names.ts';
import type { Call } from './decide.ts';
import type { JsonInput } from './json-input.ts';

/** A path is held against the policy as the parameters below it would be. */
export const ssmCalls =
  (region: string) =>
  (operation: string, { Path }: JsonInput): readonly Call[] => [
    {
      action: `ssm:${operation}`,
      resource: Path === undefined ? '*' : arn('ssm', region, `parameter${String(Path)}`),
    },
  ];
