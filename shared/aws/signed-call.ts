import { SignatureV4 } from '@smithy/signature-v4';
import { limits } from '../contract/limits.ts';
import { boundedFetch } from './bounded-fetch.ts';
import { settingsOf } from './settings.ts';
import { Sha256 } from './sha256.ts';

interface SignedCall {
  /** As in the service's host name and in the signature. */
  readonly service: string;
  /** Its `X-Amz-Target`, such as `AmazonSSM.GetParametersByPath`. */
  readonly target: string;
  readonly input: object;
}

/** What AWS answers, and as which status. */
interface SignedAnswer {
  readonly status: number;
  readonly text: string;
}

const bounds = { millisecondsMax: limits.callMillisecondsMax, bytesMax: limits.parameterPageBytesMax };

/** Calls a service that speaks JSON 1.1 in the name of the function: one operation needs no client of the SDK in each bundle. */
export async function signedCall(
  env: NodeJS.ProcessEnv,
  { service, target, input }: SignedCall,
): Promise<SignedAnswer> {
  const { AWS_REGION: region } = settingsOf(env, ['AWS_REGION']);
  const own = env[`AWS_ENDPOINT_URL_${service.toUpperCase()}`];
  const url = new URL(own ?? env.AWS_ENDPOINT_URL ?? `https://${service}.${region}.amazonaws.com`);
  const signer = new SignatureV4({ service, region, credentials: credentialsOf(env), sha256: Sha256 });
  const body = JSON.stringify(input);
  const { headers } = await signer.sign({
    ...{ method: 'POST', protocol: url.protocol, hostname: url.hostname, path: '/', body },
    headers: { host: url.host, 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': target },
  });
  return boundedFetch({ url: url.href, headers, body }, bounds);
}

/** Lambda gives them to a function in its environment. */
function credentialsOf(env: NodeJS.ProcessEnv) {
  const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY } = settingsOf(env, [
    'AWS_ACCESS_KEY_ID',
    'AWS_SECRET_ACCESS_KEY',
  ]);
  return {
    accessKeyId: AWS_ACCESS_KEY_ID,
    secretAccessKey: AWS_SECRET_ACCESS_KEY,
    ...(env.AWS_SESSION_TOKEN && { sessionToken: env.AWS_SESSION_TOKEN }),
  };
}
