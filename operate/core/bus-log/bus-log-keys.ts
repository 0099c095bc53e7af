/** Objects of the bus log are under `events/<yyyy>/<MM>/<dd>/<HH>/`: the UTC hour at which the oldest event of the object came. */
export const busLogPrefix = 'events/';

/** What Firehose could not write as it should. */
export const busLogErrorPrefix = 'errors/';

/** The folder of the hour of an instant in ISO 8601 UTC. */
export const hourPrefix = (instant: string): string =>
  `${busLogPrefix}${instant.slice(0, 13).replaceAll(/[-T]/g, '/')}/`;
