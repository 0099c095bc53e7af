import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Template } from 'aws-cdk-lib/assertions';
import { defineFileLane } from '#adapters/file-lane/contract/define-file-lane.ts';
import type { FileSecurity } from '#adapters/file-lane/contract/file-security.ts';
import { entryText } from '#infra/bundle-entry.ts';
import { laneEntry } from '#infra/file-lane/lane-contracts.ts';
import { checkRules } from '#infra/nag/check-rules.ts';
import { stageOf } from '#infra/stage.ts';
import { byFile, contracts } from '../fixtures/lanes.ts';
import { statementsOf } from '../fixtures/statements.ts';
import { fixtureApp, templatesOf } from '../fixtures/synthesised.ts';

/** Options that a defined lane has besides those it is defined by. */
const derived = ['kind', 'direction', 'dialect'];
const spec = Object.fromEntries(Object.entries(byFile).filter(([name]) => !derived.includes(name)));

const laneWith = (security: FileSecurity) =>
  defineFileLane({ ...spec, delivery: { folder: 'hooli', name: 'parcels.csv', security } } as never);

const resources = (template: Template | undefined, type: string) =>
  Object.values(template!.findResources(type));

describe('a lane whose files are encrypted or signed', () => {
  const lanes = [laneWith({ encryption: 'pgp' })];
  const [, template] = templatesOf(fixtureApp({}, { ...contracts, integrations: lanes }));

  it('keeps the rules of AwsSolutions and of NIST 800-53', () => {
    const app = fixtureApp({}, { ...contracts, integrations: lanes });
    checkRules(app, stageOf(app, {}));
    expect(() => app.synth()).not.toThrow();
    const report = JSON.parse(readFileSync(join(app.outdir, 'validation-report.json'), 'utf8'));
    expect(report.pluginReports).toEqual([]);
  });

  it('has a secret of its own, without any key in the template', () => {
    template!.hasResourceProperties('AWS::SecretsManager::Secret', {
      Name: 'edge/dev/hooli-parcels',
      GenerateSecretString: {},
    });
  });

  it('may read that one secret, and knows its name', () => {
    const reading = statementsOf(template!).filter(({ statement }) =>
      JSON.stringify(statement.Action).includes('secretsmanager'),
    );
    expect(reading).toEqual([
      {
        type: 'AWS::IAM::Role',
        statement: {
          Sid: 'ReadKeys',
          Effect: 'Allow',
          Action: 'secretsmanager:GetSecretValue',
          Resource: { Ref: expect.stringContaining('Keys') },
        },
      },
    ]);
    const [fn] = resources(template, 'AWS::Lambda::Function');
    expect(fn!.Properties.Environment.Variables.SECRET_ID).toBeDefined();
  });
});

describe('any other lane', () => {
  it('has no secret and may read none', () => {
    const [, template] = templatesOf(fixtureApp({}, { ...contracts, integrations: [laneWith({})] }));
    expect(JSON.stringify(template!.toJSON())).not.toMatch(/secretsmanager|SECRET_ID/i);
  });
});

describe('bundles', () => {
  it('hold OpenPGP for those lanes alone', () => {
    expect(entryText(laneEntry('a', true))).toContain('functions/pgp-file-lane.ts');
    expect(entryText(laneEntry('a', false))).toContain('functions/file-lane.ts');
  });
});
