import * as z from 'zod';
import { releasePublished } from '#events/catalogue/release-published.v1.ts';
import { accept, defineWebhookFence, emit, instant, Refusal } from '#kit/webhook-fence';

const { read: readInstant } = instant();

export default defineWebhookFence({
  id: 'github-releases',
  purpose: 'The catalogue lists each release of our products’ software when it is published.',
  owner: { team: 'developer-platform', contact: 'developer-platform@example.com' },
  partner: { name: 'GitHub', contact: 'https://support.github.com' },
  authority: 'The owners of the repository decide what is released. GitHub reports it.',
  consistency: 'Within a minute. GitHub does not repeat a delivery by itself.',
  schemaVersion: '2022-11-28',
  trust: 'verified',
  tenant: { constant: 'acme' },
  scheme: 'github',
  idempotency: { key: 'delivery-id' },
  sequenceFrom: '/release/published_at',
  secrets: { rotationDays: 365 },
  accepts: [
    accept({
      // Packages have an action of the same name.
      when: [
        { header: 'x-github-event', is: 'release' },
        { field: '/action', is: 'published' },
      ],
      schema: z.object({
        release: z.object({
          tag_name: z.string().min(1),
          name: z.string().nullable(),
          prerelease: z.boolean(),
          html_url: z.url(),
          published_at: z.string(),
        }),
        repository: z.object({ full_name: z.string().min(1) }),
      }),
      events: [releasePublished],
      map: ({ release, repository }) => {
        const publishedAt = readInstant(release.published_at);
        if (publishedAt instanceof Refusal) return publishedAt;
        return emit(releasePublished, {
          repository: repository.full_name,
          tag: release.tag_name,
          title: release.name || null,
          isPrerelease: release.prerelease,
          url: release.html_url,
          publishedAt,
        });
      },
    }),
  ],
  skips: [
    { reason: 'GitHub sends a ping to test a new webhook.', when: { header: 'x-github-event', is: 'ping' } },
    {
      reason:
        'Drafts and corrections of a release are not published facts. GitHub sends "released" in addition to "published".',
      when: {
        field: '/action',
        is: ['created', 'edited', 'deleted', 'prereleased', 'released', 'unpublished'],
      },
    },
  ],
});
