import { accessKeyOf } from '../credential-scope.ts';
import { S3Error } from '../s3/s3-error.ts';
import { requestHeader, type S3Request } from '../s3/s3-request.ts';
import { type Permissions, principalOf } from './permissions.ts';
import { findCall, s3Calls } from './s3-calls.ts';

/** What S3 asks before it acts, and before it says that something is not there. */
export interface S3Guard {
  /** `name`: the action as the API names it. @throws S3Error AccessDenied; NotImplemented for what is not decided for roles. */
  check(name: string, request: S3Request): void;
  /** The same problem, or another that gives away less. */
  hide(problem: S3Error, request: Pick<S3Request, 'http' | 'bucket' | 'key'>): S3Error;
}

export const s3Guard = (permissions: Permissions): S3Guard => ({
  check(name, request) {
    const principal = principalOf(accessKeyOf(request.http));
    if (principal === undefined) return;
    const copySource = requestHeader(request, 'x-amz-copy-source');
    const isConditional = requestHeader(request, 'if-match') !== undefined;
    const calls = s3Calls({
      ...{ ...request, name, copySource, isConditional },
      ifNoneMatch: requestHeader(request, 'if-none-match'),
      isBypass: requestHeader(request, 'x-amz-bypass-governance-retention') !== undefined,
    });
    if (!calls) throw new S3Error('NotImplemented', `${name} is not served to roles locally.`);
    const refusal = permissions.refusal(principal, calls);
    if (refusal !== undefined) throw new S3Error('AccessDenied', refusal);
  },
  hide(problem, { http, bucket, key }) {
    const principal = principalOf(accessKeyOf(http));
    if (principal === undefined || problem.code !== 'NoSuchKey') return problem;
    const refusal = permissions.refusal(principal, [findCall({ bucket, key })]);
    return refusal === undefined ? problem : new S3Error('AccessDenied', refusal);
  },
});
