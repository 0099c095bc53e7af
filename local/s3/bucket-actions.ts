import { readBody } from '../http.ts';
import type { Bucket } from './bucket.ts';
import { bypassesGovernance, removeObject } from './object-actions.ts';
import { S3Error } from './s3-error.ts';
import { type S3Request, sendXml } from './s3-request.ts';
import { element, elementsIn, namespace, textIn } from './xml.ts';

export function bucketLocation(region: string, request: S3Request): void {
  sendXml(request, element('LocationConstraint', region === 'us-east-1' ? '' : region, namespace));
}

export function bucketVersioning(bucket: Bucket, request: S3Request): void {
  const status = bucket.settings.versioned ? [element('Status', 'Enabled')] : [];
  sendXml(request, element('VersioningConfiguration', status, namespace));
}

export async function deleteObjects(bucket: Bucket, request: S3Request): Promise<void> {
  const xml = (await readBody(request.http)).toString('utf8');
  const objects = elementsIn(xml, 'Object');
  if (objects.length === 0 || objects.length > 1000) throw new S3Error('MalformedXML');
  const quiet = textIn(xml, 'Quiet') === 'true';
  const results = objects.map(object => {
    const key = textIn(object, 'Key') ?? '';
    const versionId = textIn(object, 'VersionId');
    if (textIn(object, 'ETag') !== undefined)
      throw new S3Error('NotImplemented', 'Conditions on deleting many objects are not served locally.');
    const gone = removeObject(bucket, { key, versionId, bypass: bypassesGovernance(request) });
    return element('Deleted', [
      element('Key', key),
      versionId === undefined ? undefined : element('VersionId', versionId),
      gone && !gone.content ? element('DeleteMarker', true) : undefined,
      gone && !gone.content ? element('DeleteMarkerVersionId', gone.versionId) : undefined,
    ]);
  });
  sendXml(request, element('DeleteResult', quiet ? [] : results, namespace));
}
