import { randomUUID } from 'node:crypto';
import type { FunctionSpec } from './function-spec.ts';

/** What the context of each invocation has in common; the rest is added in the worker. */
export const contextOf = (spec: FunctionSpec) => ({
  functionName: spec.name,
  functionVersion: '$LATEST',
  invokedFunctionArn: spec.arn,
  memoryLimitInMB: String(spec.memoryMegabytes),
  logGroupName: `/aws/lambda/${spec.name}`,
  logStreamName: `local/[$LATEST]${randomUUID()}`,
});

/** In X-Ray's form; sampled, so that trace ids are handed on. */
export function newTraceId(): string {
  const hex = randomUUID().replaceAll('-', '');
  const began = Math.floor(Date.now() / 1000).toString(16);
  return `Root=1-${began}-${hex.slice(0, 24)};Parent=${hex.slice(16)};Sampled=1`;
}
