import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { S3Guard } from '../iam/s3-guard.ts';
import { bucketLocation, bucketVersioning, deleteObjects } from './bucket-actions.ts';
import { copyObject } from './copy-object.ts';
import { bucketLifecycle, putBucketLifecycle } from './lifecycle-actions.ts';
import { listBuckets, listObjects, listVersions } from './list-actions.ts';
import { abortUpload, completeUpload, copyPart, createUpload, uploadPart } from './multipart-actions.ts';
import { deleteObject, getObject, headObject, putObject } from './object-actions.ts';
import { S3Error } from './s3-error.ts';
import { parsePath, requestHeader, type S3Request, sendEmpty } from './s3-request.ts';
import type { Store } from './store.ts';

const isCopy = (request: S3Request): boolean => requestHeader(request, 'x-amz-copy-source') !== undefined;

type Action = (store: Store, request: S3Request) => Promise<void> | void;

/** Query parameters that make a request another action; those of a plain request carry values. */
const subresource =
  /^(?:acl|cors|encryption|lifecycle|legal-hold|location|logging|notification|object-lock|ownershipControls|partNumber|policy|policyStatus|publicAccessBlock|replication|restore|retention|select|tagging|torrent|uploadId|uploads|versioning|versions|delete|website|attributes)$/;

/** By method, what the path names, and subresources in order of the alphabet. */
const actions: Readonly<Record<string, Action>> = {
  'GET /': listBuckets,
  'GET bucket': (store, request) => listObjects(store.bucket(request.bucket), request),
  'GET bucket versions': (store, request) => listVersions(store.bucket(request.bucket), request),
  'GET bucket versioning': (store, request) => bucketVersioning(store.bucket(request.bucket), request),
  'GET bucket lifecycle': (store, request) => bucketLifecycle(store.bucket(request.bucket), request),
  'PUT bucket lifecycle': (store, request) => putBucketLifecycle(store.bucket(request.bucket), request),
  'HEAD bucket': (store, request) => {
    store.bucket(request.bucket);
    sendEmpty(request, 200);
  },
  'POST bucket delete': (store, request) => deleteObjects(store.bucket(request.bucket), request),
  'GET object': (store, request) => getObject(store, store.bucket(request.bucket), request),
  'HEAD object': (store, request) => headObject(store, store.bucket(request.bucket), request),
  'PUT object': (store, request) => {
    const bucket = store.bucket(request.bucket);
    return isCopy(request) ? copyObject(store, bucket, request) : putObject(store, bucket, request);
  },
  'PUT object partNumber uploadId': (store, request) => {
    const bucket = store.bucket(request.bucket);
    return isCopy(request) ? copyPart(store, bucket, request) : uploadPart(store, bucket, request);
  },
  'POST object uploads': (store, request) => createUpload(store, store.bucket(request.bucket), request),
  'POST object uploadId': (store, request) => completeUpload(store, store.bucket(request.bucket), request),
  'DELETE object': (store, request) => deleteObject(store.bucket(request.bucket), request),
  'DELETE object uploadId': (store, request) => abortUpload(store, store.bucket(request.bucket), request),
};

export class S3Api {
  readonly #store: Store;
  readonly #region: string;
  readonly #guard: S3Guard;

  constructor(store: Store, region: string, guard: S3Guard) {
    this.#store = store;
    this.#region = region;
    this.#guard = guard;
  }

  async serve(http: IncomingMessage, response: ServerResponse): Promise<void> {
    const requestId = randomBytes(8).toString('hex').toUpperCase();
    response.setHeader('x-amz-request-id', requestId);
    try {
      const request = { http, response, requestId, ...parsePath(http.url ?? '/') };
      await this.#act(request);
    } catch (problem) {
      if (!(problem instanceof S3Error)) throw problem;
      sendError({ http, response, requestId }, this.#hide(problem, http));
    }
  }

  #hide(problem: S3Error, http: IncomingMessage): S3Error {
    // A path that cannot be read names nothing that could be hidden.
    return problem.code === 'InvalidURI'
      ? problem
      : this.#guard.hide(problem, { http, ...parsePath(http.url ?? '/') });
  }

  #act(request: S3Request): Promise<void> | void {
    const name = actionName(request);
    this.#guard.check(name, request);
    if (name === 'GET bucket location') return bucketLocation(this.#region, request);
    const action = actions[name];
    if (!action) throw new S3Error('NotImplemented', `${name} is not served locally.`);
    return action(this.#store, request);
  }
}

function actionName({ http, bucket, key, query }: S3Request): string {
  const what = key ? 'object' : bucket ? 'bucket' : '/';
  const asked = [...query.keys()].filter(name => subresource.test(name)).sort();
  return [http.method, what, ...asked].join(' ');
}

function sendError(
  { http, response, requestId }: Pick<S3Request, 'http' | 'response' | 'requestId'>,
  problem: S3Error,
): void {
  const bodiless = http.method === 'HEAD' || problem.status === 304;
  const path = (http.url ?? '/').replace(/\?.*/s, '');
  http.resume();
  response.writeHead(problem.status, {
    ...problem.headers,
    ...(!bodiless && { 'content-type': 'application/xml' }),
  });
  response.end(bodiless ? undefined : problem.xml(path, requestId));
}
