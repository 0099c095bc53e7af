import type { IncomingMessage, ServerResponse } from 'node:http';
import { sendAmzJson } from '../http.ts';

/** CodeDeploy without any application: what is deployed here is deployed at once. */
export async function codedeployApi(request: IncomingMessage, response: ServerResponse): Promise<void> {
  request.resume();
  sendAmzJson(response, 400, {
    __type: 'ApplicationDoesNotExistException',
    message: 'No application found for name',
  });
}
