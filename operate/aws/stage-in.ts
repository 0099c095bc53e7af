import { settingsOf } from '#shared/aws/settings.ts';
import type { NamedStage } from '#shared/contract/named-stage.ts';

/** The stage of a function of the platform. @throws Error when its environment does not name it */
export const stageIn = (env: NodeJS.ProcessEnv): NamedStage => ({
  name: settingsOf(env, ['STAGE']).STAGE,
  prefix: env.NAME_PREFIX ?? '',
});
