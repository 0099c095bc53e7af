import * as z from 'zod';
import { sha256, signatureOf } from '#local/iam/signature-v4.ts';
import { type InputOf, type OperationName, type OutputOf, operations } from '#operate/core/operations.ts';
import { problemShape } from '#operate/core/problem.ts';
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
  readonly credentials: Credentials;
}

/** What the operation takes, before defaults are filled in. */
export type Parameters<N extends OperationName> = Partial<Record<keyof InputOf<N> & string, string>>;

interface Asked {
  readonly method: string;
  /** Percent-encoded. */
  readonly path: string;
  readonly query: string;
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
    const given = Object.entries<string | undefined>(parameters).filter(isGiven);
    const isInPath = ([key]: readonly [string, string]) => path.includes(`{${key}}`);
    const filled = given
      .filter(isInPath)
      .reduce<string>((text, [key, value]) => text.replace(`{${key}}`, encodeURIComponent(value)), path);
    const query = given
      .filter(pair => !isInPath(pair))
      .map(([key, value]) => `${encodeURIComponent(key)}=${encodeURIComponent(value)}`)
      .join('&');
    return output.parse(await this.#send({ method, path: filled, query })) as OutputOf<N>;
  }

  async #send(asked: Asked): Promise<unknown> {
    const url = `${this.#place.url}${asked.path}${asked.query && `?${asked.query}`}`;
    const answer = await this.#fetch(url, asked);
    const text = await answer.text();
    if (answer.ok) return JSON.parse(text);
    throw new Failure(explain(answer.status, text), [400, 404].includes(answer.status) ? 2 : 3);
  }

  async #fetch(url: string, asked: Asked) {
    try {
      return await fetch(url, { method: asked.method, headers: this.#sign(asked) });
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

  #sign({ method, path, query }: Asked) {
    const { url, region, credentials } = this.#place;
    const { accessKeyId, secretAccessKey, sessionToken } = credentials;
    const time = `${new Date().toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`;
    const headers: Record<string, string> = {
      host: new URL(url).host,
      'x-amz-content-sha256': sha256(''),
      'x-amz-date': time,
      ...(sessionToken && { 'x-amz-security-token': sessionToken }),
    };
    const signedHeaders = Object.keys(headers).sort();
    const scope = { date: time.slice(0, 8), region, service: 'execute-api' };
    const signature = signatureOf(
      { method, path, query, headers, body: '' },
      { ...scope, signedHeaders },
      secretAccessKey,
    );
    const credential = `${accessKeyId}/${scope.date}/${region}/execute-api/aws4_request`;
    return {
      ...headers,
      authorization: `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=${signedHeaders.join(';')}, Signature=${signature}`,
    };
  }
}

const isGiven = (pair: [string, string | undefined]): pair is [string, string] => pair[1] !== undefined;

function explain(status: number, text: string): string {
  const problem = problemShape.safeParse(jsonOf(text));
  if (problem.success) return `${sentence(problem.data.detail)} ${problem.data.remedy}`;
  if (status === 403)
    return 'The API refused your identity. Attach the managed policy edge-viewer-<stage> to it, and check its credentials.';
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
