import type { ServerResponse } from 'node:http';
import { sendJson } from '../http.ts';

export interface Refusal {
  readonly status: number;
  readonly name: string;
  readonly message: string;
}

/** As Lambda says no. */
export function refuse(response: ServerResponse, { status, name, message }: Refusal): void {
  response.setHeader('x-amzn-errortype', name);
  sendJson(response, status, { Type: 'User', Message: message });
}
