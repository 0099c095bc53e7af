import type { CdcFeed } from '#adapters/cdc-feed/contract/cdc-feed.ts';
import type { Contracts } from '#infra/contracts.ts';
import { ofKind } from '#infra/contracts.ts';
import type { EdgeConfig } from '#infra/edge-config.ts';
import { type Finding, notice, ok, problem } from './finding.ts';

/** What works without it, but is hardly meant in a stage that people rely on. */
export function checkConfig(stage: string, config: EdgeConfig, contracts: Contracts): readonly Finding[] {
  const unnamed = ofKind(contracts, 'cdc-feed').filter(
    ({ id }) => config.sources?.[stage]?.[id] === undefined,
  );
  const of = (kind: CdcFeed['stream']['kind']) => unnamed.filter(({ stream }) => stream.kind === kind);
  return [
    config.alarmsTo?.[stage]?.length
      ? ok(`alarms call ${config.alarmsTo[stage].length} addresses`)
      : notice(`Nobody is called by alarms. Name people in alarmsTo.${stage} of edge.config.ts.`),
    ...of('dynamodb').map(({ id }) =>
      notice(`${id} reads an empty table for trial. Name the real table's stream in sources.${stage}.${id}.`),
    ),
    ...of('kafka').map(({ id }) =>
      problem(
        `${id} needs the ARN of its MSK cluster. Write it into sources.${stage}.${id} of edge.config.ts.`,
      ),
    ),
  ];
}
