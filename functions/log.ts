/**
 * One log line. Lambda's JSON format takes the object as it is; nothing personal belongs into it: ids, codes and counts,
 * no names, bodies or addresses.
 */
export const logInfo = (fields: Record<string, unknown>): void => console.info(fields)

/** What an operator must see. The stack of an error is kept, its own fields are not: they may hold what is personal. */
export function logError(message: string, fields: Record<string, unknown>, error?: unknown): void {
  console.error({ message, ...fields, ...(error === undefined ? {} : { error: describe(error) }) })
}

/** Where it went wrong and what was behind it. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.cause === undefined ? `${error.stack}` : `${error.stack}\ncaused by ${describe(error.cause)}`
}
