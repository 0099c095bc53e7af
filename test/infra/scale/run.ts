import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { edgeApp } from '#infra/edge-app.ts';
import { limitsOf } from '#infra/templates/account-limits.ts';
import { partners } from './partners.ts';

/** `npm run scale`: synthesises 200 integrations and holds their templates to the limits of an account. */
process.env.CDK_VALIDATION = 'false';
const counts = { lanes: 60, fences: 100, feeds: 40 };
const outdir = mkdtempSync(join(tmpdir(), 'edge-scale-'));
const app = edgeApp({
  contracts: partners(counts),
  codeOf: () => Code.fromAsset(join(import.meta.dirname, '../fixtures/bundle')),
  outdir,
  context: { 'aws:cdk:bundling-stacks': [] },
});
const templates = app.node.children
  .filter(child => Stack.isStack(child))
  .map(stack => ({ name: stack.node.id, template: Template.fromStack(stack).toJSON() }));
rmSync(outdir, { recursive: true });

const limits = limitsOf(templates);
for (const { what, used, most, adjustable } of limits) {
  const verdict = used <= most ? 'ok' : adjustable ? 'RAISE THE QUOTA' : 'DOES NOT FIT';
  process.stdout.write(
    `${verdict.padEnd(16)} ${what}: ${used.toLocaleString('en')} of ${most.toLocaleString('en')}\n`,
  );
}
process.exitCode = limits.some(({ used, most, adjustable }) => used > most && !adjustable) ? 1 : 0;
