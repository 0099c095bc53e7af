import { writeFileSync } from 'node:fs';
import { callerOf, tellStory } from './kinesis-story.ts';

/**
 * Writes down what another Kinesis tells, by hand, when the story changes or the other one has a new version:
 *
 *   npx --yes kinesalite@3.3.3 --port 4567        node --import tsx test/local/oracles/record-kinesis.ts kinesalite http://127.0.0.1:4567/
 *   npx --yes kinesis-local@0.6.2                 node --import tsx test/local/oracles/record-kinesis.ts kinesis-local http://127.0.0.1:4568/
 */
const [name = '', origin = ''] = process.argv.slice(2);
const told = await tellStory(callerOf(origin));
writeFileSync(`test/local/oracles/${name}.json`, `${JSON.stringify(told, null, 2)}\n`);
