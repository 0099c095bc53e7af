/** What the author of an event imports, besides zod and the values of `events/values/`: `#kit/event`. */
export { defineEvent } from './define-event.ts';
export { pii } from './pii.ts';
