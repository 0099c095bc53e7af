import type { IncomingMessage } from 'node:http';

type Signed = Pick<IncomingMessage, 'headers' | 'url'>;

/** `<access key>/<date>/<region>/<service>/aws4_request`, of the Authorization header or a presigned query. */
function credential(request: Signed): readonly string[] {
  const header = /Credential=([^,\s]+)/.exec(request.headers.authorization ?? '')?.[1];
  const query = /[?&]X-Amz-Credential=([^&]+)/i.exec(request.url ?? '')?.[1];
  return (header ?? decodeURIComponent(query ?? '')).split('/');
}

/** The service a request was signed for; undefined when it was not signed. */
export const serviceOf = (request: Signed): string | undefined => credential(request).at(-2);

export const accessKeyOf = (request: Signed): string | undefined => {
  const parts = credential(request);
  return parts.length >= 5 ? parts.slice(0, -4).join('/') : undefined;
};
