import type { IncomingMessage, ServerResponse } from 'node:http';
import * as z from 'zod';
import { readBody, sendAmzJson } from '../http.ts';
import { type Keys, KmsError, signingSpec } from './keys.ts';

const KeyId = z.string().min(1);

const shapes = {
  Sign: z.strictObject({
    KeyId,
    // KMS hashes a message itself, up to 4,096 bytes; Node has no way to sign a hash that others made.
    Message: z.base64().refine(text => Buffer.from(text, 'base64').length <= 4_096),
    MessageType: z.literal('RAW', 'only MessageType RAW is served locally').default('RAW'),
    SigningAlgorithm: z.literal('ECDSA_SHA_256'),
  }),
  GetPublicKey: z.strictObject({ KeyId }),
};

type Action = keyof typeof shapes;

/** Source: AWS KMS API reference. */
const actions: { readonly [A in Action]: (keys: Keys, input: z.infer<(typeof shapes)[A]>) => object } = {
  Sign: (keys, { KeyId, Message, SigningAlgorithm }) => ({
    KeyId: keys.arnOf(KeyId),
    Signature: keys.sign(KeyId, Buffer.from(Message, 'base64')).toString('base64'),
    SigningAlgorithm,
  }),
  GetPublicKey: (keys, { KeyId }) => ({
    KeyId: keys.arnOf(KeyId),
    PublicKey: keys.publicKey(KeyId).toString('base64'),
    KeySpec: signingSpec,
    KeyUsage: 'SIGN_VERIFY',
    SigningAlgorithms: ['ECDSA_SHA_256'],
  }),
};

/** KMS's JSON protocol, for keys that sign. */
export async function kmsApi(keys: Keys, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const name = String(request.headers['x-amz-target']).replace(/^TrentService\./, '');
  if (!Object.hasOwn(actions, name))
    return refuse(response, 'UnknownOperationException', `${name} is not served locally`);
  const action = name as Action;
  const input = shapes[action].safeParse(JSON.parse((await readBody(request)).toString('utf8')));
  if (!input.success) return refuse(response, 'ValidationException', z.prettifyError(input.error));
  try {
    sendAmzJson(response, 200, actions[action](keys, input.data as never));
  } catch (problem) {
    if (!(problem instanceof KmsError)) throw problem;
    refuse(response, problem.name, problem.message);
  }
}

const refuse = (response: ServerResponse, name: string, message: string): void =>
  sendAmzJson(response, 400, { __type: name, message });
