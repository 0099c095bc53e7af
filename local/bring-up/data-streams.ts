import * as z from 'zod';
import type { Blueprint } from '../assembly/blueprint.ts';
import { streamOfMode } from '../kinesis/capacity.ts';
import { DataStreams } from '../kinesis/data-streams.ts';
import { number, readProperties } from './read.ts';

const streamShape = z.object({
  ShardCount: number.optional(),
  StreamModeDetails: z.strictObject({ StreamMode: z.enum(['ON_DEMAND', 'PROVISIONED']) }).optional(),
  RetentionPeriodHours: number.optional(),
  MaxRecordSizeInKiB: number.optional(),
});

export function bringUpDataStreams(blueprint: Blueprint, region: string): DataStreams {
  const streams = new DataStreams(region);
  for (const resource of blueprint.ofType('AWS::Kinesis::Stream')) {
    const capacity = streamOfMode(readProperties(blueprint, resource, streamShape));
    streams.create({ name: blueprint.identity(resource).ref, ...capacity });
  }
  return streams;
}
