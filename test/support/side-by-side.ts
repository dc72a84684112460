/** Does the work of each item, so many of them side by side, group after group; what `before` gives is the group's own. */
export async function inGroups<T, G>(
  items: readonly T[],
  size: number,
  before: () => Promise<G>,
  work: (item: T, group: G) => Promise<void>,
  after: (group: G, items: readonly T[]) => Promise<void>,
): Promise<void> {
  for (let i = 0; i < items.length; i += size) {
    const members = items.slice(i, i + size)
    const group = await before()
    const failed = (await Promise.allSettled(members.map((item) => work(item, group)))).find(({ status }) => status === 'rejected')
    if (failed) throw (failed as PromiseRejectedResult).reason
    await after(group, members)
  }
}
