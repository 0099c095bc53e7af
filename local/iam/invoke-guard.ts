import { arn } from '../aws-names.ts';
import { accessKeyOf } from '../credential-scope.ts';
import type { Serve } from '../front.ts';
import { sendJson } from '../http.ts';
import { calledFunction, qualified } from '../lambda/called-function.ts';
import { type Permissions, principalOf } from './permissions.ts';

/** Lambda names function and action in the path. */
export function guardedInvoke(permissions: Permissions, region: string, serve: Serve): Serve {
  return (request, response) => {
    const principal = principalOf(accessKeyOf(request));
    if (principal === undefined) return serve(request, response);
    const called = calledFunction(request.url ?? '');
    const resource = arn('lambda', region, `function:${called ? qualified(called) : '*'}`);
    const Message = permissions.refusal(principal, [{ action: 'lambda:InvokeFunction', resource }]);
    if (Message === undefined) return serve(request, response);
    response.setHeader('x-amzn-errortype', 'AccessDeniedException');
    request.resume();
    sendJson(response, 403, { Message });
  };
}
