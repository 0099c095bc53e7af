import { describe, expect, it } from '@jest/globals';
import { recordsKey } from '#operate/core/audit/audit-keys.ts';
import { appendFacts } from '#operate/flow/audit/append-facts.ts';
import { sealDays } from '#operate/flow/audit/seal-days.ts';
import { verifyAudit } from '#operate/flow/audit/verify-audit.ts';
import { MemoryAuditHeads } from '#operate/memory/memory-audit-heads.ts';
import { memoryOperatePorts } from '#operate/memory/memory-operate-ports.ts';
import { limits } from '#shared/contract/limits.ts';
import { factOf } from '../core/audit/given.ts';

const day = '2026-11-28';
const nextDay = Date.parse('2026-11-29T01:10:00Z');
const caller = { arn: 'arn:aws:iam::123456789012:user/ada', account: '123456789012' };

function given() {
  const ports = { ...memoryOperatePorts(Date.parse(`${day}T09:00:00Z`)), heads: new MemoryAuditHeads() };
  const verify = (of = day, cursor?: string) =>
    verifyAudit({ integrations: [], caller, ports }, { day: of, cursor });
  const seal = () => sealDays({ ports, integrations: ['acme'] });
  const add = (...ns: readonly number[]) =>
    appendFacts(
      ports,
      ns.map(n => factOf('acme', n)),
    );
  const goTo = (time: number) => ports.clock.advance(time - ports.clock.now());
  const sealNextDay = async () => {
    goTo(nextDay);
    return seal();
  };
  return { ports, verify, add, seal, sealNextDay, goTo };
}

const textOf = async ({ ports }: ReturnType<typeof given>, n: number): Promise<string> =>
  (await ports.trail.read(recordsKey({ day, integration: 'acme' }, n))) ?? '';

describe('the audit trail', () => {
  it('is as it was written: before it is sealed, and after', async () => {
    const { add, verify, sealNextDay } = given();
    await add(1, 2);
    await add(3);
    expect(await verify()).toMatchObject({ sealed: false, objects: 2, findings: [], next: null });
    const [manifest] = await sealNextDay();
    expect(manifest?.chains).toMatchObject([{ integration: 'acme', objects: 2, records: 3 }]);
    expect(await verify()).toMatchObject({ sealed: true, objects: 2, findings: [], next: null });
  });

  it('keeps the facts of writers at the same time, each once', async () => {
    const trail = given();
    await Promise.all(Array.from({ length: 8 }, (_, n) => trail.add(n + 1)));
    await trail.sealNextDay();
    expect(await trail.verify()).toMatchObject({ sealed: true, objects: 8, findings: [] });
    const subjects = await Promise.all(Array.from({ length: 8 }, (_, n) => textOf(trail, n + 1)));
    expect(new Set(subjects.map(text => JSON.parse(text).subject)).size).toBe(8);
  });

  it('writes nothing twice when its writer died before it noted how far it came', async () => {
    const trail = given();
    const { heads } = trail.ports;
    const advance = heads.advance.bind(heads);
    heads.advance = async () => {
      throw new Error('died');
    };
    await expect(trail.add(1, 2)).rejects.toThrow('died');
    heads.advance = advance;
    await trail.add(1, 2, 3);
    expect((await textOf(trail, 1)).trim().split('\n')).toHaveLength(2);
    expect((await textOf(trail, 2)).trim().split('\n')).toHaveLength(1);
    await trail.sealNextDay();
    expect((await trail.verify()).findings).toEqual([]);
  });

  it('seals what a writer left that never came back', async () => {
    const trail = given();
    trail.ports.heads.advance = async () => {
      throw new Error('died');
    };
    await expect(trail.add(1)).rejects.toThrow('died');
    delete (trail.ports.heads as Partial<MemoryAuditHeads>).advance;
    const [manifest] = await trail.sealNextDay();
    expect(manifest?.chains).toMatchObject([{ objects: 1, records: 1 }]);
  });

  it('seals days once, also those that no run sealed in time', async () => {
    const { goTo, add, seal, sealNextDay, verify } = given();
    await add(1);
    await sealNextDay();
    expect(await seal()).toEqual([]);
    goTo(Date.parse('2026-12-02T01:10:00Z'));
    expect((await seal()).map(manifest => manifest.day)).toEqual(['2026-11-29', '2026-11-30', '2026-12-01']);
    for (const each of [day, '2026-11-29', '2026-12-01'])
      expect(await verify(each)).toMatchObject({ sealed: true, findings: [] });
  });

  it('keeps the manifest of a run that died before it noted the day', async () => {
    const { ports, goTo, add, sealNextDay, seal, verify } = given();
    await add(1);
    ports.heads.keepSealed = async () => {
      throw new Error('died');
    };
    await expect(sealNextDay()).rejects.toThrow('died');
    delete (ports.heads as Partial<MemoryAuditHeads>).keepSealed;
    goTo(nextDay + 60_000);
    expect(await seal()).toHaveLength(1);
    expect(await verify()).toMatchObject({ sealed: true, findings: [] });
  });

  it('reports a missing manifest once the next night is over, and not of days before the trail began', async () => {
    const { goTo, add, sealNextDay, verify } = given();
    await add(1);
    await sealNextDay();
    goTo(Date.parse('2026-12-05T00:00:00Z'));
    expect((await verify('2026-11-29')).findings).toMatchObject([{ code: 'MANIFEST_MISSING' }]);
    expect(await verify('2026-11-01')).toMatchObject({ sealed: false, findings: [] });
  });

  it('checks only the manifest of a day whose records have expired', async () => {
    const { ports, goTo, add, sealNextDay, verify } = given();
    await add(1);
    await sealNextDay();
    ports.trail.remove(recordsKey({ day, integration: 'acme' }, 1));
    goTo(Date.parse('2026-12-28T00:00:00Z'));
    expect(await verify()).toMatchObject({ expired: false, findings: [{ code: 'CHAIN_MISSING' }] });
    goTo(Date.parse('2026-12-29T00:00:00Z'));
    expect(await verify()).toMatchObject({ sealed: true, expired: true, findings: [], next: null });
  });

  it('says where a record was edited, and that a day is not over yet', async () => {
    const trail = given();
    await trail.add(1, 2, 3);
    const key = recordsKey({ day, integration: 'acme' }, 1);
    trail.ports.trail.put(key, (await textOf(trail, 1)).replace('"records":2', '"records":20'));
    expect((await trail.verify()).findings).toMatchObject([{ code: 'WRITTEN_AGAIN', object: key, line: 2 }]);
    await expect(trail.verify('2026-11-29')).rejects.toThrow('2026-11-29 has not begun');
  });

  it('is verified page by page', async () => {
    const trail = given();
    for (let n = 0; n < limits.auditObjectsAPage + 2; n++) await trail.add(n + 1);
    await trail.sealNextDay();
    trail.ports.trail.remove(recordsKey({ day, integration: 'acme' }, 7));
    const first = await trail.verify();
    expect(first.findings).toMatchObject([{ code: 'OBJECT_MISSING' }]);
    expect(first.objects).toBe(limits.auditObjectsAPage);
    const second = await trail.verify(day, first.next ?? '');
    expect(second).toMatchObject({ sealed: true, objects: 1, findings: [], next: null });
    await expect(trail.verify('2026-11-27', first.next ?? '')).rejects.toThrow('cursor is of another day');
  });
});
