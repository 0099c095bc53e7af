import { ObjectGone } from '../ports.ts';
import { deniedOr, nameOf, reasonOf, statusOf } from './aws-errors.ts';

/** 404, a delete marker asked for by version (405), or another etag than the one named (412). A missing bucket is not it. */
export const isGone = (error: unknown): boolean =>
  nameOf(error) !== 'NoSuchBucket' && [404, 405, 412].includes(statusOf(error) ?? 0);

/**
 * A condition of a write or removal does not hold, or another write was under way (409). Source: Amazon S3 User Guide,
 * conditional requests.
 */
export const isChanged = (error: unknown): boolean =>
  statusOf(error) === 412 || nameOf(error) === 'NoSuchKey' || nameOf(error) === 'ConditionalRequestConflict';

/** The range begins at or past the end of the object. */
export const isPastEnd = (error: unknown): boolean =>
  nameOf(error) === 'InvalidRange' || statusOf(error) === 416;

export const objectError = (uri: string, error: unknown): unknown =>
  isGone(error)
    ? new ObjectGone(`${uri} is gone or was replaced (${reasonOf(error)})`, { cause: error })
    : deniedOr(uri, error);

/** S3 quotes etags in HTTP headers, EventBridge does not; ours have none. */
export const unquoted = (etag: string | undefined): string | undefined => etag?.replaceAll('"', '');
