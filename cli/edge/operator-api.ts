import { SignatureV4 } from '@smithy/signature-v4';
import * as z from 'zod';
import { type InputOf, type OperationName, type OutputOf, operations } from '#operate/core/operations.ts';
import { problemShape } from '#operate/core/problem.ts';
import { Sha256 } from '#shared/aws/sha256.ts';
import { Failure } from './failure.ts';

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string | undefined;
}

/** Where the operator's API is, and who asks. */
export interface ApiPlace {
  /** Without a slash at its end. */
  readonly url: string;
  readonly region: string;
  /** Or a function that gives fresh ones when these expire. */
  readonly credentials: Credentials | (() => Promise<Credentials>);
}

type Given = string | Readonly<Record<string, string>>;

/** What the operation takes, before defaults are filled in. */
export type Parameters<N extends OperationName> = Partial<Record<keyof InputOf<N> & string, Given>>;

interface Asked {
  readonly method: string;
  /** Percent-encoded. */
  readonly path: string;
  readonly query: string;
  /** JSON, where the operation changes something. */
  readonly body: string | undefined;
}

/** The operator's API, asked by signed requests. */
export class OperatorApi {
  readonly #place: ApiPlace;

  constructor(place: ApiPlace) {
    this.#place = place;
  }

  /** @throws Failure that says what the API said, or that it cannot be reached. */
  async ask<N extends OperationName>(name: N, parameters: Parameters<N>): Promise<OutputOf<N>> {
    const { method, path, output } = operations[name];
    const given = Object.entries<Given | undefined>(parameters).filter(isGiven);
    const isInPath = ([key]: readonly [string, Given]) => path.includes(`{${key}}`);
    const filled = given
      .filter(isInPath)
      .reduce<string>(
        (text, [key, value]) => text.replace(`{${key}}`, encodeURIComponent(String(value))),
        path,
      );
    const others = given.filter(pair => !isInPath(pair));
    const isAsking = method === 'GET';
    const query = isAsking ? others.map(pair => pair.map(encoded).join('=')).join('&') : '';
    const body = isAsking ? undefined : JSON.stringify(Object.fromEntries(others));
    return output.parse(await this.#send({ method, path: filled, query, body })) as OutputOf<N>;
  }

  async #send(asked: Asked): Promise<unknown> {
    const url = `${this.#place.url}${asked.path}${asked.query && `?${asked.query}`}`;
    const answer = await this.#fetch(url, asked);
    const text = await answer.text();
    if (answer.ok) return JSON.parse(text);
    throw new Failure(explain(answer.status, text), [400, 404].includes(answer.status) ? 2 : 3);
  }

  async #fetch(url: string, asked: Asked) {
    const headers = await this.#sign(asked).catch(cause => {
      throw new Failure(`Your AWS credentials cannot be used: ${cause.message}. ${signInAgain}`, 3, {
        cause,
      });
    });
    try {
      return await fetch(url, {
        method: asked.method,
        headers,
        ...(asked.body !== undefined && { body: asked.body }),
      });
    } catch (cause) {
      throw new Failure(
        `${new URL(url).origin} cannot be reached. Is the stage deployed, or the local cloud up?`,
        3,
        {
          cause,
        },
      );
    }
  }

  async #sign({ method, path, query, body }: Asked): Promise<Readonly<Record<string, string>>> {
    const { url, region, credentials } = this.#place;
    const signer = new SignatureV4({ service: 'execute-api', region, credentials, sha256: Sha256 });
    const { protocol, host, hostname } = new URL(url);
    const headers = { host, ...(body !== undefined && { 'content-type': 'application/json' }) };
    const request = { method, protocol, hostname, path, query: queryOf(query), headers, body };
    return (await signer.sign(request)).headers;
  }
}

const queryOf = (query: string): Record<string, string> => Object.fromEntries(new URLSearchParams(query));

const isGiven = (pair: [string, Given | undefined]): pair is [string, Given] => pair[1] !== undefined;

const encoded = (part: Given): string => encodeURIComponent(String(part));

const signInAgain = 'Sign in again, for example with `aws sso login`, and ask again.';

/** As API Gateway says it of a signature. */
const expired = /security token included in the request is expired|Signature expired/;

export function explain(status: number, text: string): string {
  const problem = problemShape.safeParse(jsonOf(text));
  if (problem.success) return `${sentence(problem.data.detail)} ${problem.data.remedy}`;
  if (status === 403 && expired.test(text)) return `Your AWS session has ended. ${signInAgain}`;
  if (status === 403)
    return 'The API refused your identity. Attach the managed policy to it that this needs (edge-viewer-<stage>, edge-operator-<stage>, edge-approver-<stage> or edge-reader-<stage>), and check its credentials.';
  return `The API answered ${status}. Its log says why: the function of the operator API in the platform stack.`;
}

const sentence = (text: string): string => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}.`;

function jsonOf(text: string): unknown {
  try {
    return z.json().parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}
