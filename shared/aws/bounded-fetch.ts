export interface FetchBounds {
  readonly millisecondsMax: number;
  readonly bytesMax: number;
}

export interface FetchRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** JSON; with it the request is a POST. */
  readonly body?: string;
}

export interface FetchAnswer {
  readonly status: number;
  readonly text: string;
  readonly headers: Headers;
}

/** By `fetch`. A redirect is not followed: it would lead away from the address that was given. @throws Error beyond the bounds. */
export async function boundedFetch(
  { url, headers, body }: FetchRequest,
  { millisecondsMax, bytesMax }: FetchBounds,
): Promise<FetchAnswer> {
  const response = await fetch(url, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
    ...(body !== undefined && { body }),
    redirect: 'error',
    signal: AbortSignal.timeout(millisecondsMax),
  });
  return { status: response.status, text: await textOf(response, bytesMax), headers: response.headers };
}

async function textOf({ body }: Response, bytesMax: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body ?? []) {
    bytes += chunk.length;
    if (bytes > bytesMax) throw new RangeError(`the answer is larger than ${bytesMax} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
