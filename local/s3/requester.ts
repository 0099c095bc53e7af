import { account } from '../aws-names.ts';
import { accessKeyOf } from '../credential-scope.ts';
import type { S3Request } from './s3-request.ts';

/** As events name who wrote: an account, or here the role that the access key names. */
export function requester(request: S3Request): string {
  const key = accessKeyOf(request.http);
  return key?.startsWith('role.') ? key : account;
}
