import * as z from 'zod';
import { defineEvent } from '#kit/event';
import { instant } from '../values/instant.ts';

export const releasePublished = defineEvent({
  domain: 'catalogue',
  aggregate: 'release',
  name: 'published',
  version: 1,
  category: 'fact',
  owner: 'developer-platform',
  summary: 'A version of a product’s software was released to everyone who can see its repository.',
  sla: { publishedWithinSeconds: 300 },
  retention: { archiveDays: 400 },
  schema: z.strictObject({
    /** Owner and name, as in its address. */
    repository: z.string().min(1),
    tag: z.string().min(1),
    title: z.string().min(1).nullable(),
    isPrerelease: z.boolean(),
    url: z.url(),
    publishedAt: instant(),
  }),
  aggregateId: ['repository', 'tag'],
  example: {
    repository: 'octo-org/octo-repo',
    tag: 'v1.4.0',
    title: 'Autumn release',
    isPrerelease: false,
    url: 'https://github.com/octo-org/octo-repo/releases/tag/v1.4.0',
    publishedAt: '2026-11-20T09:15:08Z',
  },
});
