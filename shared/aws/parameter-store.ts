import { SignatureV4 } from '@smithy/signature-v4';
import { limits } from '../contract/limits.ts';
import { boundedFetch } from './bounded-fetch.ts';
import { settingsOf } from './settings.ts';
import { Sha256 } from './sha256.ts';

/** Parameters of Systems Manager, as far as functions read them. */
export interface ParameterStore {
  /** The values of all parameters below a path, in the order of their names. @throws Error when SSM refuses */
  readonly below: (path: string) => Promise<readonly string[]>;
}

interface Page {
  readonly Parameters?: readonly { readonly Name: string; readonly Value: string }[];
  readonly NextToken?: string;
}

const bounds = { millisecondsMax: limits.callMillisecondsMax, bytesMax: limits.parameterPageBytesMax };

/** By signed requests: one operation needs no client of the SDK in each bundle. */
export function parameterStore(env: NodeJS.ProcessEnv): ParameterStore {
  const { AWS_REGION: region } = settingsOf(env, ['AWS_REGION']);
  const url = new URL(
    env.AWS_ENDPOINT_URL_SSM ?? env.AWS_ENDPOINT_URL ?? `https://ssm.${region}.amazonaws.com`,
  );
  const signer = () =>
    new SignatureV4({ service: 'ssm', region, credentials: credentialsOf(env), sha256: Sha256 });

  const page = async (path: string, token: string | undefined): Promise<Page> => {
    const body = JSON.stringify({
      Path: path,
      Recursive: true,
      ...(token !== undefined && { NextToken: token }),
    });
    const { headers } = await signer().sign({
      ...{ method: 'POST', protocol: url.protocol, hostname: url.hostname, path: '/', body },
      headers: {
        host: url.host,
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': 'AmazonSSM.GetParametersByPath',
      },
    });
    const { status, text } = await boundedFetch({ url: url.href, headers, body }, bounds);
    if (status !== 200) throw new Error(`reading parameters below ${path}: ${status} ${text}`);
    return JSON.parse(text) as Page;
  };

  return {
    async below(path) {
      const values: string[] = [];
      let token: string | undefined;
      do {
        const { Parameters = [], NextToken } = await page(path, token);
        values.push(...Parameters.map(({ Value }) => Value));
        token = NextToken;
      } while (token !== undefined);
      return values;
    },
  };
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
