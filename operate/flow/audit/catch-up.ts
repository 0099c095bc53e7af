import { recordsKey } from '../../core/audit/audit-keys.ts';
import { type AuditRecord, auditRecord } from '../../core/audit/audit-record.ts';
import type { ChainHead, ChainName } from '../../core/audit/chain.ts';
import type { AuditPorts } from '../../ports.ts';

type Ports = Pick<AuditPorts, 'trail' | 'heads'>;

/** Advances the head over the next object, whose writer has not done so (yet). Gives its records; none when there is no such object. */
export async function catchUp(
  { trail, heads }: Ports,
  chain: ChainName,
  head: ChainHead,
): Promise<readonly AuditRecord[]> {
  const key = recordsKey(chain, head.objects + 1);
  const text = await trail.read(key);
  if (text === undefined) return [];
  const records = text
    .split('\n')
    .filter(Boolean)
    .map(line => auditRecord.parse(JSON.parse(line)));
  const last = records.at(-1);
  if (!last) throw new Error(`${key} has no records`);
  await heads.advance(chain, { objects: head.objects + 1, records: last.n, hash: last.hash }, head);
  return records;
}
