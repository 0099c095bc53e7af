/** The text with each command that it suggests asking the same stage: else it would ask the local cloud. */
export const forStage = (text: string, stage: string | undefined): string =>
  stage === undefined ? text : text.replaceAll('npm run edge -- ', `npm run edge -- --stage ${stage} `);
