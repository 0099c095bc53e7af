import type { FileLane } from '#adapters/file-lane/contract/file-lane.ts';

export const deliveryOf = (options: Partial<FileLane['delivery']> = {}): FileLane['delivery'] => ({
  folder: 'acme',
  name: 'orders_{yyyyMMdd}.csv',
  compression: [],
  startsOn: 'data',
  security: {},
  via: ['s3'],
  retentionDays: 400,
  ...options,
});
