import type { StreamSpec } from './data-stream.ts';

/** Shards that an on-demand stream begins with. */
const onDemandShards = 4;
const retentionHoursDefault = 24;
const recordKibibytesDefault = 1024;

export interface Capacity {
  readonly ShardCount?: number | undefined;
  readonly StreamModeDetails?: { readonly StreamMode: 'ON_DEMAND' | 'PROVISIONED' } | undefined;
  readonly RetentionPeriodHours?: number | undefined;
  readonly MaxRecordSizeInKiB?: number | undefined;
}

/** What a stream gets for what is asked, with the defaults of Kinesis. */
export function streamOfMode(asked: Capacity): Omit<StreamSpec, 'name' | 'arn'> {
  const onDemand = asked.StreamModeDetails?.StreamMode === 'ON_DEMAND';
  return {
    onDemand,
    shards: asked.ShardCount ?? (onDemand ? onDemandShards : 1),
    retentionHours: asked.RetentionPeriodHours ?? retentionHoursDefault,
    recordBytesMax: (asked.MaxRecordSizeInKiB ?? recordKibibytesDefault) * 1024,
  };
}
