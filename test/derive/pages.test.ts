import { contractFieldsOf } from '#adapters/derive/contract-fields.ts';
import { derive } from '#adapters/derive/derivations.ts';
import { renderRunbook } from '#adapters/derive/runbook.ts';
import { loadSoundContracts } from '#infra/contracts.ts';

const { integrations } = await loadSoundContracts();

describe.each(integrations.map(one => [one.id, one] as const))('pages of %s', (_, one) => {
  it('state the whole contract shape', () => {
    const fields = Object.keys(contractFieldsOf(one));
    expect(fields).toEqual(
      'Name,Purpose,Owner,Authority,Consistency expectation,Direction,Protocol,Trigger,Input schema,Output schema,Idempotency key,Correlation id,Tenant propagation,Timeout,Retry policy,Error mapping,State impact,Audit evidence,Replay behavior,Reconciliation path,Security control,Operational dashboard'.split(
        ',',
      ),
    );
    expect(
      Object.values(contractFieldsOf(one)).filter(
        value => /undefined|\[object|NaN/.test(value) || value === '',
      ),
    ).toEqual([]);
  });

  it('answer every question of the runbook template', () => {
    const runbook = renderRunbook(one);
    const asked = [
      'Integration name',
      'Business owner',
      'Technical owner',
      'Target system owner',
      'Data classification',
      'Protocol',
      'Normal flow',
      'Known external statuses',
      'Retry policy',
      'Timeout policy',
      'Reconciliation job',
      'Dashboard link',
      'Alert thresholds',
      'DLQ handling',
      'Manual recovery actions',
      'Security credentials',
      'Secret rotation process',
      'Common incidents',
      'Rollback and disable switch',
      'Escalation contacts',
      'Audit evidence location',
    ];
    expect(
      asked.filter(question => !runbook.includes(`## ${question}\n`) && !runbook.includes(`| ${question} |`)),
    ).toEqual([]);
  });

  it('have a section at the anchor that each alarm names, with all its steps', () => {
    const runbook = renderRunbook(one);
    for (const alarm of derive(one).alarms(one)) {
      expect(alarm.runbook).toBe(
        `docs/runbooks/${one.id}.md#${alarm.title.toLowerCase().replaceAll(' ', '-')}`,
      );
      expect(runbook).toContain(`### ${alarm.title}\n`);
      for (const step of alarm.whatToDo) expect(runbook).toContain(step);
    }
  });

  it('list the faults of its kind, and no other', () => {
    const runbook = renderRunbook(one);
    for (const { code, kinds } of derive(one).faults(one)) {
      expect(kinds).toContain(one.kind);
      expect(runbook).toContain(`| \`${code}\` | `);
    }
  });

  it('keep the inside from the partner', () => {
    const inside =
      one.kind === 'cdc-feed'
        ? /ledger|DLQ|dead-letter|lambda|bucket|eventbridge/i
        : /ledger|DLQ|dead-letter|lambda|bucket|eventbridge|spill|the drain|claims table/i;
    expect(derive(one).senderGuide(one)).not.toMatch(inside);
  });
});
