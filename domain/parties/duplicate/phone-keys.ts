/** Asked for once: even of what is loaded an import costs more than reading a number does. */
let reader: Promise<typeof import('./read-phone.ts')> | undefined

/**
 * Telephone numbers in one way of writing (`readPhone`), no two alike; those that cannot be read are left out. The numbering plans
 * of all countries are large, and most requests name no number: they are loaded with the first one.
 */
export async function phoneKeys(phones: readonly string[], country: string | undefined, currency: string): Promise<string[]> {
  if (phones.length === 0) return []
  reader ??= import('./read-phone.ts')
  const { readPhone } = await reader
  return [...new Set(phones.flatMap((phone) => readPhone(phone, country, currency) ?? []))]
}
