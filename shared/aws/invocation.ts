import type { Context } from 'aws-lambda';
import type { Invocation } from '../ports.ts';

export const invocationOf = (context: Context): Invocation => ({
  id: context.awsRequestId,
  remainingMilliseconds: () => context.getRemainingTimeInMillis(),
});
