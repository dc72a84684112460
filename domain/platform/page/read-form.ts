import type * as z from 'zod'

/** A form as it was typed: browsers end its lines with CR LF and count them as one. */
export const withPlainLines = (form: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(form).map(([name, text]) => [name, text.replaceAll('\r\n', '\n')]))

/**
 * A form as it may be taken, or what is wrong with it: what is too long, else the first of the named fields that is amiss, else
 * `again` for what no button of ours sends.
 */
export function readPageForm<S extends z.ZodType, P extends string>(
  Form: S,
  form: Record<string, string>,
  places: readonly P[],
): z.output<S> | P | 'too-long' | 'again' {
  const trimmed = Object.entries(withPlainLines(form)).map(([name, text]) => [name, text.trim()])
  const parsed = Form.safeParse(Object.fromEntries(trimmed))
  if (parsed.success) return parsed.data
  const { issues } = parsed.error
  if (issues.some(({ code }) => code === 'too_big')) return 'too-long'
  return places.find((place) => issues.some(({ path }) => path[0] === place)) ?? 'again'
}
