import { readBody } from '../http.ts';
import type { Bucket } from './bucket.ts';
import { S3Error } from './s3-error.ts';
import { type S3Request, sendEmpty, sendXml } from './s3-request.ts';
import { element, elementsIn, namespace, textIn, Xml } from './xml.ts';

/** A bucket takes 1,000 rules. Source: Amazon S3 User Guide, managing the lifecycle of objects. */
const rulesMax = 1_000;

export function bucketLifecycle(bucket: Bucket, request: S3Request): void {
  if (bucket.lifecycleRules === undefined) throw new S3Error('NoSuchLifecycleConfiguration');
  sendXml(request, element('LifecycleConfiguration', new Xml(bucket.lifecycleRules), namespace));
}

export async function putBucketLifecycle(bucket: Bucket, request: S3Request): Promise<void> {
  const xml = (await readBody(request.http)).toString('utf8');
  const rules = elementsIn(xml, 'Rule');
  const ids = rules.map(rule => textIn(rule, 'ID') ?? '');
  if (rules.length === 0 || rules.length > rulesMax) throw new S3Error('MalformedXML');
  if (new Set(ids).size !== ids.length)
    throw new S3Error('InvalidArgument', 'Rule ID must be unique. Found same ID for more than one rule.');
  bucket.lifecycleRules = rules.map(rule => `<Rule>${rule}</Rule>`).join('');
  sendEmpty(request, 200);
}
