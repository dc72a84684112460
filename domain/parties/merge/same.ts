const inOrder = (_key: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value

/** A value as text that is equal for equal values, in whatever order the table answers their fields. */
export const textOf = (value: unknown): string | undefined => JSON.stringify(value, inOrder)

/** True for equal values, in whatever order their fields stand. */
export const same = (a: unknown, b: unknown): boolean => textOf(a) === textOf(b)
