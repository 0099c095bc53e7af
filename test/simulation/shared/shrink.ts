/** Runs are cheap, but a seed can have hundreds of faults. */
const triesMax = 400;

/** Leaves out ever smaller parts of the list while what is left still fails (delta debugging). Everything, where nothing less fails. */
export async function shrink<T>(
  all: readonly T[],
  fails: (some: readonly T[]) => Promise<boolean>,
): Promise<readonly T[]> {
  let left = all;
  let tries = 0;
  for (let size = Math.ceil(left.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let at = 0; at < left.length && tries < triesMax; ) {
      const less = [...left.slice(0, at), ...left.slice(at + size)];
      tries += 1;
      if (await fails(less)) left = less;
      else at += size;
    }
  }
  return left;
}
