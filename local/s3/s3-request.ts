import type { IncomingMessage, ServerResponse } from 'node:http';
import { S3Error } from './s3-error.ts';
import { type Xml, xmlDocument } from './xml.ts';

/** One S3 request, its path taken apart. */
export interface S3Request {
  readonly http: IncomingMessage;
  readonly response: ServerResponse;
  readonly requestId: string;
  readonly bucket: string;
  readonly key: string;
  readonly query: URLSearchParams;
}

/** Path style: `/bucket/key`. A `+` in the path is a `+`. @throws S3Error InvalidURI */
export function parsePath(url: string): Pick<S3Request, 'bucket' | 'key' | 'query'> {
  const [path = '', ...search] = url.split('?');
  const [, bucket = '', key = ''] = /^\/([^/]*)\/?(.*)$/s.exec(path) ?? [];
  try {
    return {
      bucket: decodeURIComponent(bucket),
      key: decodeURIComponent(key),
      query: new URLSearchParams(search.join('?')),
    };
  } catch {
    throw new S3Error('InvalidURI');
  }
}

export const requestHeader = (request: S3Request, name: string): string | undefined => {
  const value = request.http.headers[name];
  return Array.isArray(value) ? value.join(',') : value;
};

export function sendXml(request: S3Request, root: Xml, headers: Readonly<Record<string, string>> = {}): void {
  request.response.writeHead(200, { 'content-type': 'application/xml', ...headers });
  request.response.end(xmlDocument(root));
}

export function sendEmpty(
  request: S3Request,
  status: number,
  headers: Readonly<Record<string, string>> = {},
): void {
  request.response.writeHead(status, headers);
  request.response.end();
}
