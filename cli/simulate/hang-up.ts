import { request } from 'node:http';
import type { PreparedRequest } from '../demo/prepare-request.ts';

/** Sends all of a request, and closes the connection before the answer. @throws Error when the connection cannot be made. */
export function hangUp({ url, headers, body }: PreparedRequest): Promise<void> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method: 'POST', headers: { ...headers, 'content-length': body.length } });
    let isSent = false;
    sent.on('close', resolve);
    // A connection that is closed on this side is an error too.
    sent.on('error', problem => !isSent && reject(problem));
    sent.end(body, () => {
      isSent = true;
      sent.destroy();
    });
  });
}
