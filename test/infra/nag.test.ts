import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import { Stack } from 'aws-cdk-lib';
import { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { checkRules } from '#infra/nag/check-rules.ts';
import { stageOf } from '#infra/stage.ts';
import { fixtureApp } from './fixtures/synthesised.ts';

const partner = 'arn:aws:iam::111122223333:role/drop';

/** The report of a synthesis that fails goes to the error stream; here only whether it does matters. */
beforeEach(() => {
  jest.spyOn(console, 'error').mockImplementation(() => undefined);
});

afterEach(() => {
  jest.restoreAllMocks();
});

describe('the rules of AwsSolutions and of NIST 800-53', () => {
  it.each([
    [{}, {}],
    [{}, { sftp: ['dev'], traces: ['dev'], partners: { dev: { 'initech-parcels': [partner] } } }],
    [{ stage: 'prod' }, {}],
  ])('are kept with context %j and configuration %j', (context, config) => {
    const app = fixtureApp(context, undefined, config);
    checkRules(app, stageOf(app, config));
    expect(() => app.synth()).not.toThrow();
    const report = JSON.parse(readFileSync(join(app.outdir, 'validation-report.json'), 'utf8'));
    expect(report.pluginReports).toEqual([]);
  });

  it('stop the synthesis of what breaks them', () => {
    const app = fixtureApp();
    checkRules(app, stageOf(app, {}));
    new Bucket(new Stack(app, 'Careless'), 'Open');
    expect(() => app.synth()).toThrow('server access logs disabled. (AwsSolutions)');
  });

  it('stop the synthesis of a function that nobody listed', () => {
    const app = fixtureApp();
    checkRules(app, stageOf(app, {}));
    new CfnFunction(new Stack(app, 'Careless'), 'Fn', { role: 'x', code: { zipFile: '' } });
    expect(() => app.synth()).toThrow('NIST.800.53.R5-LambdaDLQ');
  });
});
