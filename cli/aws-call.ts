import { SignatureV4 } from '@smithy/signature-v4';
import { Sha256 } from '#shared/aws/sha256.ts';
import type { Credentials } from './edge/operator-api.ts';

/** Who asks AWS, and where. */
export interface Caller {
  readonly region: string;
  readonly credentials: Credentials;
}

/** A signed POST to a service, for the few calls that need no client library of their own. */
export interface AwsCall {
  /** As in the service's host name and in the signature. */
  readonly service: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What an AWS service refused, with its own word for it. */
export class AwsRefusal extends Error {
  override readonly name = 'AwsRefusal';
  readonly code: string;

  constructor(service: string, code: string, message: string) {
    super(`${service}: ${code}: ${message}`);
    this.code = code;
  }
}

/** A call of a service that speaks JSON 1.0 or 1.1. `target` is its `X-Amz-Target`, such as `AmazonSSM.GetParameter`. */
export const jsonCall = (
  { service, target, version = '1.1' }: { service: string; target: string; version?: '1.0' | '1.1' },
  body: object,
): AwsCall => ({
  service,
  headers: { 'content-type': `application/x-amz-json-${version}`, 'x-amz-target': target },
  body: JSON.stringify(body),
});

/** A call of STS, which speaks the query protocol and answers in JSON where it is asked to. */
export const callerIdentity: AwsCall = {
  service: 'sts',
  headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
  body: 'Action=GetCallerIdentity&Version=2011-06-15',
};

/** @throws AwsRefusal */
export async function callAws(caller: Caller, call: AwsCall): Promise<Record<string, unknown>> {
  const { service, body } = call;
  const hostname = `${service}.${caller.region}.${domainOf(caller.region)}`;
  const signer = new SignatureV4({ service, ...caller, sha256: Sha256 });
  const { headers } = await signer.sign({
    ...{ method: 'POST', protocol: 'https:', hostname, path: '/', body },
    headers: { host: hostname, ...call.headers },
  });
  const answer = await fetch(`https://${hostname}/`, { method: 'POST', headers, body });
  const said = (await answer.json()) as Record<string, unknown>;
  if (answer.ok) return said;
  const code = String(said.__type ?? answer.status).replace(/^.*#/, '');
  throw new AwsRefusal(service, code, String(said.message ?? said.Message ?? ''));
}

const domainOf = (region: string): string =>
  region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com';
