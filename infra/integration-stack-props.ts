import type { StackProps } from 'aws-cdk-lib';
import type { Code } from 'aws-cdk-lib/aws-lambda';
import type { Stage } from './stage.ts';

/** What the stack of an integration is made from, whatever its kind. */
export interface IntegrationStackProps<C> extends StackProps {
  readonly contract: C;
  readonly stage: Stage;
  /** A bundle by the name that the kind gives it. */
  readonly codeOf: (bundle: string) => Code;
}
