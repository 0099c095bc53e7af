import { AccessDenied } from '../ports.ts';

interface ServiceError extends Error {
  readonly code?: string;
  readonly $metadata?: { readonly httpStatusCode?: number };
  readonly $retryable?: { readonly throttling?: boolean };
}

export const nameOf = (error: unknown): string => (error as ServiceError)?.name ?? 'Error';

export const statusOf = (error: unknown): number | undefined =>
  (error as ServiceError)?.$metadata?.httpStatusCode;

const access =
  /^(AccessDenied|NotAuthorized|Unauthorized|UnrecognizedClient|ExpiredToken|InvalidToken|InvalidSignature|SignatureDoesNotMatch|IncompleteSignature|MissingAuthenticationToken|InvalidClientTokenId|InvalidAccessKeyId|InvalidAccountId|KmsAccessDenied|KMS\.AccessDenied|CredentialsProviderError|OptInRequired)/i;

/** What a role, policy, key or credential must be changed for; DynamoDB and SQS say it with status 400. */
export const isAccessCode = (code: string): boolean => access.test(code);

export const isAccessError = (error: unknown): boolean =>
  isAccessCode(nameOf(error)) || statusOf(error) === 401 || statusOf(error) === 403;

const throttling =
  /^(Throttling|ThrottledException|TooManyRequests|RequestLimitExceeded|RequestThrottled|ProvisionedThroughputExceeded|SlowDown|LimitExceeded)/;

export const isThrottlingCode = (code: string): boolean => throttling.test(code);

export const isThrottling = (error: unknown): boolean =>
  isThrottlingCode(nameOf(error)) ||
  statusOf(error) === 429 ||
  (error as ServiceError)?.$retryable?.throttling === true;

const lost = /^(TimeoutError|AbortError|RequestTimeout|RequestTimeoutException)$/;
const lostCode =
  /^(ECONNRESET|ECONNREFUSED|ECONNABORTED|EPIPE|ETIMEDOUT|ESOCKETTIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|EPROTO|ERR_STREAM_PREMATURE_CLOSE|ERR_HTTP2_|ERR_SSL_)/;

/** The connection failed: no answer, and the request may have had its effect. */
export const isConnectionLost = (error: unknown): boolean =>
  lost.test(nameOf(error)) || lostCode.test((error as ServiceError)?.code ?? '');

export const reasonOf = (error: unknown): string =>
  `${nameOf(error)}: ${error instanceof Error ? error.message : String(error)}`;

/** @throws AccessDenied, with its cause, for what our rights forbid; anything else as it came. */
export async function permitted<T>(what: string, call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    throw deniedOr(what, error);
  }
}

export const deniedOr = (what: string, error: unknown): unknown =>
  isAccessError(error)
    ? new AccessDenied(`${what} was denied (${reasonOf(error)})`, { cause: error })
    : error;
