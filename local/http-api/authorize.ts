import { account, arn } from '../aws-names.ts';
import { type Permissions, principalOf, userArn } from '../iam/permissions.ts';
import { signerOf } from '../iam/verify-signature.ts';
import type { Arrived } from './arrived.ts';
import type { Route } from './route.ts';

/** The signer's identity in the event that a function gets. Source: API Gateway developer guide, payload format 2.0. */
export interface IamIdentity {
  readonly accessKey: string;
  readonly accountId: string;
  readonly callerId: string;
  readonly cognitoIdentity: null;
  readonly principalOrgId: null;
  readonly userArn: string;
  readonly userId: string;
}

/** The signer of a request, when it may call the route; else undefined. */
export type Authorize = (arrived: Arrived, route: Route) => IamIdentity | undefined;

interface Authority {
  readonly permissions: Permissions;
  readonly region: string;
  /** Of the access keys that there are. */
  readonly secrets: ReadonlyMap<string, string>;
}

/** The owner of this machine (access key `local`) may call every route, as an administrator may. */
export const authorizer =
  ({ permissions, region, secrets }: Authority): Authorize =>
  (arrived, { api }) => {
    const accessKey = signerOf(arrived, {
      ...{ service: 'execute-api', region, now: Date.now() },
      secretOf: key => secrets.get(key),
    });
    if (accessKey === undefined) return undefined;
    const resource = arn('execute-api', region, `${api.id}/${api.stage}/${arrived.method}${arrived.path}`);
    const principal = principalOf(accessKey);
    if (
      principal !== undefined &&
      permissions.refusal(principal, [{ action: 'execute-api:Invoke', resource }])
    )
      return undefined;
    const userId = `AIDA${accessKey.toUpperCase().replaceAll(/[^A-Z0-9]/g, '')}`;
    return {
      ...{ accessKey, accountId: account, callerId: userId, userId },
      ...{ cognitoIdentity: null, principalOrgId: null, userArn: userArn(accessKey) },
    };
  };
