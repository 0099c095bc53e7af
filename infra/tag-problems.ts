/** AWS takes 50 tags for a resource; the suite and CloudFormation have five of their own. Source: AWS General Reference, tag limits. */
const tagsMax = 45;

const key = /^[\p{L}\p{N} _.:/=+@-]{1,128}$/u;
const value = /^[\p{L}\p{N} _.:/=+@-]{0,256}$/u;

/** What is wrong with the tags of one stage. */
export const tagProblems = (at: string, tags: Readonly<Record<string, string>>): readonly string[] => [
  ...(Object.keys(tags).length > tagsMax ? [`${at}: at most ${tagsMax} tags fit`] : []),
  ...Object.entries(tags).flatMap(([name, text]) => {
    if (/^(aws|edge):/i.test(name))
      return [`${at}: "${name}" begins like tags of AWS and of this suite; give it another name`];
    if (!key.test(name)) return [`${at}: "${name}" is no name of a tag`];
    return value.test(text) ? [] : [`${at}.${name}: "${text}" is no value of a tag`];
  }),
];
