import type { Cloud } from '#cli/demo/cloud.ts';
import { tellProblem, Unsettled } from '#cli/demo/tell-problem.ts';
import { waitSettled } from '#cli/demo/wait-settled.ts';

test('a run goes on without a lane of which a file never settles, and tells of the file', async () => {
  const waiting = Promise.reject(new Unsettled('acme/in/a.csv was not settled'));
  const problems: string[] = [];
  await tellProblem(waiting, problem => problems.push(problem));
  expect(problems).toEqual(['acme/in/a.csv was not settled']);
});

test('a run ends by what is no fault of samples', async () => {
  await expect(tellProblem(Promise.reject(new TypeError('a bug')), () => undefined)).rejects.toThrow('a bug');
});

test('a file that never settles is named by its key', async () => {
  const cloud = { handoffs: async () => [] } as unknown as Cloud;
  const wait = { key: 'acme/in/a.csv', known: new Set<string>(), see: () => undefined, patienceSeconds: 0.1 };
  await expect(waitSettled(cloud, wait)).rejects.toThrow(Unsettled);
});
